import type { Day } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import type { Ratio } from '../kernel/ratio.ts';
import type { DebtorKind } from './statement.ts';

/** A payment received, or a credit note issued, on one invoice. */
export interface Credit {
  readonly on: Day;
  readonly amount: Money;
  readonly kind: 'payment' | 'credit-note';
  readonly reference?: string;
}

/** An invoice as issued. `dueOn` is the payment date it shows (for a public buyer: the last day of the payment delay). */
export interface ClaimInvoice {
  readonly id: string;
  readonly number: string;
  readonly issuedOn?: Day;
  readonly dueOn: Day;
  /** VAT included */
  readonly amount: Money;
  readonly credits: readonly Credit[];
}

/** What one creditor claims from one debtor. */
export interface Claim {
  readonly debtor: DebtorKind;
  /** the creditor is a natural person not acting for business needs: it decides the column of the legal rate */
  readonly creditorIsConsumer?: boolean;
  readonly invoices: readonly ClaimInvoice[];
  /** annual rate of the contract's late-payment clause */
  readonly contractRate?: Ratio;
  /** the day the debtor received the formal notice */
  readonly noticeReceivedOn?: Day;
  /** interest first is the law (C. civ. 1343-1); principal first needs the creditor's agreement */
  readonly imputation?: 'interest-first' | 'principal-first';
  /** the day of the judgment that opened insolvency proceedings against the debtor */
  readonly insolvencyOpenedOn?: Day;
  /** why the 40 € is not claimed, when it is not (insurance indemnity, waived…): one French sentence, shown in the trace */
  readonly noIndemnityReason?: string;
}

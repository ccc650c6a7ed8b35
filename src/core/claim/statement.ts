import type { Day } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import type { Certainty, TraceStep } from '../kernel/outcome.ts';
import type { Ratio } from '../kernel/ratio.ts';

/** Who owes, as the law of late payment sees it. It decides the regime of interest, the 40 € and the courts. */
export type DebtorKind = 'business' | 'consumer' | 'public';

/** A line of the décompte: a run of days with one rate and one balance. */
export interface InterestLine {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly rate: Ratio;
  readonly base: Money;
  /** days × rate × base / 365, rounded half-up to the cent */
  readonly amount: Money;
  readonly cites: readonly string[];
  readonly certainty: Certainty;
}

/** How one payment or credit note was imputed. */
export interface ImputationLine {
  readonly on: Day;
  readonly kind: 'payment' | 'credit-note';
  readonly reference?: string;
  readonly amount: Money;
  readonly toInterest: Money;
  readonly toPrincipal: Money;
  /** the flat indemnity is paid last: no authority gives its rank */
  readonly toIndemnity: Money;
  /** what exceeds the debt: to give back or to impute elsewhere */
  readonly excess: Money;
  readonly principalLeft: Money;
  readonly interestLeft: Money;
}

/** What one invoice still owes on a day. */
export interface InvoiceStatement {
  readonly invoiceId: string;
  readonly number: string;
  readonly issuedOn?: Day;
  readonly dueOn: Day;
  /** the amount of the invoice, VAT included, as issued */
  readonly amount: Money;
  readonly daysLate: number;
  readonly lines: readonly InterestLine[];
  readonly imputations: readonly ImputationLine[];
  /** principal still due */
  readonly principal: Money;
  /** interest still due (accrued less what payments covered) */
  readonly interest: Money;
  readonly indemnity: Money;
  readonly total: Money;
  /** shown beside, never taken as a maximum: the floor of a clause (3 × legal rate) over the same days, when it can be told */
  readonly clauseFloor?: {
    readonly highest: Ratio;
    readonly contractBelowFloor: boolean;
    /** when the contract is below: the interest of the same days at the floor, and at the default rate (the law does not say which replaces the clause) */
    readonly interestAtFloor?: Money;
    readonly interestAtDefault?: Money;
  };
  readonly trace: readonly TraceStep[];
}

/** The statement of account of a claim (décompte) on a day: every total is the sum of its lines. */
export interface StatementOfAccount {
  readonly asOf: Day;
  readonly debtor: DebtorKind;
  readonly invoices: readonly InvoiceStatement[];
  readonly principal: Money;
  readonly interest: Money;
  readonly indemnity: Money;
  readonly total: Money;
  readonly trace: readonly TraceStep[];
}

export { statementOfAccount } from './account.ts';

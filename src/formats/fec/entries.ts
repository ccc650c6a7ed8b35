import type { AccountingEntry, EntryLine } from './write.ts';

/** The accounts used, with their names; a firm may have its own. */
export interface ChartOfAccounts {
  readonly customers: Account;
  readonly doubtful: Account;
  readonly allowance: Account;
  readonly allowanceCharge: Account;
  readonly loss: Account;
  readonly vat: Account;
  readonly bank: Account;
}

interface Account {
  readonly number: string;
  readonly label: string;
}

/** The general chart: 411 → 416 doubtful, 68174 / 491 on the amount before VAT, loss 654 with VAT 44571. */
export const GENERAL_CHART: ChartOfAccounts = {
  customers: { number: '411', label: 'Clients' },
  doubtful: { number: '416', label: 'Clients douteux ou litigieux' },
  allowance: { number: '491', label: 'Dépréciations des comptes de clients' },
  allowanceCharge: { number: '68174', label: 'Dotations aux dépréciations des créances' },
  loss: { number: '654', label: 'Pertes sur créances irrécouvrables' },
  vat: { number: '44571', label: 'TVA collectée' },
  bank: { number: '512', label: 'Banques' },
};

/** What every entry about one invoice says. Days are ISO. */
export interface EntryOccasion {
  readonly number: string;
  readonly date: string;
  readonly pieceRef: string;
  readonly pieceDate: string;
  /** the customer's own account, and name */
  readonly customer: { readonly account: string; readonly name: string };
  readonly validatedOn?: string;
}

const GENERAL = { journalCode: 'OD', journalLabel: 'Opérations diverses' };
const BANK = { journalCode: 'BQ', journalLabel: 'Banque' };

function entry(occasion: EntryOccasion, journal: typeof GENERAL, label: string, lines: readonly EntryLine[]): AccountingEntry {
  const { customer, ...rest } = occasion;
  return { ...journal, ...rest, label: `${label} ${customer.name}`, lines: lines.filter((line) => line.cents !== 0n) };
}

const general = ({ number, label }: Account, side: EntryLine['side'], cents: bigint): EntryLine => ({
  account: number,
  accountLabel: label,
  side,
  cents,
});

const ofCustomer = (account: Account, { customer }: EntryOccasion, side: EntryLine['side'], cents: bigint): EntryLine => ({
  ...general(account, side, cents),
  auxiliary: customer.account,
  auxiliaryLabel: customer.name,
});

/** A payment came in: the bank is debited, the customer credited. */
export const receiptEntry = (occasion: EntryOccasion, cents: bigint, chart = GENERAL_CHART): AccountingEntry =>
  entry(occasion, BANK, 'Règlement', [
    general(chart.bank, 'debit', cents),
    ofCustomer(chart.customers, occasion, 'credit', cents),
  ]);

/** A claim becomes doubtful: it moves whole, VAT included, from 411 to 416. */
export const doubtfulEntry = (occasion: EntryOccasion, cents: bigint, chart = GENERAL_CHART): AccountingEntry =>
  entry(occasion, GENERAL, 'Client douteux', [
    ofCustomer(chart.doubtful, occasion, 'debit', cents),
    ofCustomer(chart.customers, occasion, 'credit', cents),
  ]);

/** An allowance for a doubtful claim, on its amount before VAT. */
export const allowanceEntry = (occasion: EntryOccasion, netCents: bigint, chart = GENERAL_CHART): AccountingEntry =>
  entry(occasion, GENERAL, 'Dépréciation', [
    general(chart.allowanceCharge, 'debit', netCents),
    ofCustomer(chart.allowance, occasion, 'credit', netCents),
  ]);

/**
 * A claim is lost: its amount before VAT to 654, its VAT to 44571 when it is recovered (0 when it cannot be: the whole is then the loss), out
 * of the doubtful customers, or of the customers when it never was doubtful.
 */
export function writeOffEntry(
  occasion: EntryOccasion,
  { netCents, vatCents, from }: { readonly netCents: bigint; readonly vatCents: bigint; readonly from: 'doubtful' | 'customers' },
  chart = GENERAL_CHART,
): AccountingEntry {
  return entry(occasion, GENERAL, 'Créance irrécouvrable', [
    general(chart.loss, 'debit', netCents),
    general(chart.vat, 'debit', vatCents),
    ofCustomer(chart[from], occasion, 'credit', netCents + vatCents),
  ]);
}

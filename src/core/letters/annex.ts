import type { ImputationLine, InterestLine, InvoiceStatement, StatementOfAccount } from '../claim/statement.ts';
import type { Day } from '../kernel/day.ts';
import { frenchAmount, frenchDay, frenchPercent } from '../kernel/french.ts';
import { type Money, money } from '../kernel/money.ts';
import type { Certainty } from '../kernel/outcome.ts';
import { citation } from '../law/citations.ts';
import { fr, frenchList, NBSP } from './typography.ts';

/** A run of days that bears interest: from, to, days, rate, base, interest. */
export interface InterestRow {
  readonly kind: 'interest';
  readonly cells: readonly [string, string, string, string, string, string];
}

/** A payment or credit note, as it was imputed. */
export interface ImputationRow {
  readonly kind: 'imputation';
  readonly text: string;
  readonly amount: string;
}

export interface AnnexSum {
  readonly label: string;
  readonly amount: string;
  readonly strong: boolean;
}

export interface AnnexInvoice {
  readonly heading: string;
  readonly rows: readonly (InterestRow | ImputationRow)[];
  readonly sums: readonly AnnexSum[];
}

/** The statement of account as it is printed behind a letter. */
export interface StatementAnnex {
  readonly title: string;
  readonly head: readonly string[];
  readonly invoices: readonly AnnexInvoice[];
  /** grand totals, when there are several invoices */
  readonly totals: readonly AnnexSum[];
  readonly totalsTitle: string;
  readonly notes: readonly string[];
}

const MARKS: Readonly<Record<Exclude<Certainty, 'official'>, { readonly mark: string; readonly says: string }>> = {
  secondary: { mark: '*', says: fr`* Taux relevé dans des sources secondaires, sans lecture du texte officiel.` },
  reading: { mark: '**', says: fr`** Point sur lequel aucun texte ne tranche : lecture du créancier.` },
  memory: { mark: '***', says: fr`*** Taux à vérifier auprès de la source officielle.` },
};

/** The statement, written out: each line of interest, each imputation, each sum. Throws a TypeError when its lines do not add up. */
export function statementAnnex(statement: StatementOfAccount): StatementAnnex {
  assertAddsUp(statement);
  const lines = statement.invoices.flatMap((invoice) => invoice.lines);
  return {
    title: fr`Annexe : décompte des sommes dues au ${frenchDay(statement.asOf)}`,
    head: ['Du', 'Au', 'Jours', 'Taux annuel', 'Sur', 'Intérêts'],
    invoices: statement.invoices.map(annexInvoice),
    totalsTitle: fr`Ensemble des factures`,
    totals: statement.invoices.length > 1 ? sums(statement, undefined) : [],
    notes: [...method(statement), ...sources(lines), ...marks(lines)],
  };
}

function annexInvoice(invoice: InvoiceStatement): AnnexInvoice {
  const issued = invoice.issuedOn ? fr` du ${frenchDay(invoice.issuedOn)}` : '';
  const events = [
    ...invoice.lines.map((line) => ({ on: line.to, order: 0, row: interestRow(line) })),
    ...invoice.imputations.map((line) => ({ on: line.on, order: 1, row: imputationRow(line) })),
  ].sort((a, b) => Temporal.PlainDate.compare(a.on, b.on) || a.order - b.order);
  return {
    heading: fr`Facture n° ${invoice.number}${issued}, échue le ${frenchDay(invoice.dueOn)} : ${frenchAmount(invoice.amount)} TTC`,
    rows: events.map((event) => event.row),
    sums: sums(
      invoice,
      total(
        invoice.imputations.map((line) => line.toInterest),
        invoice.interest.currency,
      ),
    ),
  };
}

function interestRow(line: InterestLine): InterestRow {
  const mark = line.certainty === 'official' ? '' : `${NBSP}${MARKS[line.certainty].mark}`;
  return {
    kind: 'interest',
    cells: [
      shortDay(line.from),
      shortDay(line.to),
      String(line.days),
      `${frenchPercent(line.rate)}${mark}`,
      frenchAmount(line.base),
      frenchAmount(line.amount),
    ],
  };
}

function imputationRow(line: ImputationLine): ImputationRow {
  const what = line.kind === 'payment' ? 'paiement' : 'avoir';
  const reference = line.reference ? fr` (${line.reference})` : '';
  const parts = [
    line.toInterest.cents === 0n ? '' : fr`${frenchAmount(line.toInterest)} sur les intérêts`,
    line.toPrincipal.cents === 0n ? '' : fr`${frenchAmount(line.toPrincipal)} sur le principal`,
    line.toIndemnity.cents === 0n ? '' : fr`${frenchAmount(line.toIndemnity)} sur l'indemnité`,
    line.excess.cents === 0n ? '' : fr`${frenchAmount(line.excess)} en excédent`,
  ].filter((part) => part !== '');
  const imputed = parts.length > 0 ? fr` imputé ${frenchList(parts)}` : '';
  return {
    kind: 'imputation',
    text: fr`${shortDay(line.on)} : ${what}${reference}${imputed}`,
    amount: less(line.amount),
  };
}

const less = (amount: Money): string => `−${frenchAmount(amount)}`;

/** The sums of one invoice (`paidInterest` known) or of them all. */
function sums(of: InvoiceStatement | StatementOfAccount, paidInterest: Money | undefined): AnnexSum[] {
  const accrues = of.interest.cents > 0n || (paidInterest?.cents ?? 0n) > 0n;
  const rows: AnnexSum[] = [];
  const row = (label: string, amount: Money, strong = false) => rows.push({ label, amount: frenchAmount(amount), strong });
  row('Principal restant dû, TTC', of.principal);
  if (paidInterest && paidInterest.cents > 0n) {
    row('Intérêts courus', money(of.interest.cents + paidInterest.cents, of.interest.currency));
    rows.push({ label: 'Intérêts couverts par les paiements', amount: less(paidInterest), strong: false });
  }
  if (accrues) row('Intérêts restant dus', of.interest);
  if (of.indemnity.cents > 0n) row('Indemnité forfaitaire pour frais de recouvrement', of.indemnity);
  row('number' in of ? 'Total de la facture' : 'Total dû', of.total, true);
  return rows;
}

function method(statement: StatementOfAccount): string[] {
  const imputations = statement.invoices.flatMap((invoice) => invoice.imputations);
  const payments = imputations.filter((line) => line.kind === 'payment');
  const principalFirst = payments.some((line) => line.toPrincipal.cents > 0n && line.interestLeft.cents > 0n);
  const notes: string[] = [];
  if (statement.invoices.some((invoice) => invoice.lines.length > 0)) {
    notes.push(
      fr`Intérêts d'une ligne : somme × taux × nombre de jours ÷ 365, arrondis au centime le plus proche. Le premier et le dernier jour de la ligne sont comptés ; le jour de l'échéance ne porte pas intérêt.`,
    );
  }
  if (payments.length > 0) {
    notes.push(
      principalFirst
        ? fr`Les paiements partiels ont été imputés d'abord sur le principal, ce que le créancier accepte.`
        : fr`Un paiement partiel s'impute d'abord sur les intérêts, puis sur le principal (article 1343-1 du code civil).`,
    );
  }
  if (imputations.length > payments.length) notes.push(fr`Un avoir réduit d'abord le principal, à sa date.`);
  return notes;
}

/** The texts the lines rest on, each once, with how sure we are when the official text was not read. */
function sources(lines: readonly InterestLine[]): string[] {
  const labels = new Map<string, string>();
  for (const key of lines.flatMap((line) => line.cites)) {
    const found = citation(key);
    labels.set(key, found ? `${found.label}${found.certainty === 'official' ? '' : fr` (source secondaire)`}` : key);
  }
  return labels.size > 0 ? [fr`Textes appliqués : ${[...labels.values()].join(fr` ; `)}.`] : [];
}

function marks(lines: readonly InterestLine[]): string[] {
  return (['secondary', 'reading', 'memory'] as const)
    .filter((certainty) => lines.some((line) => line.certainty === certainty))
    .map((certainty) => MARKS[certainty].says);
}

/** 31/03/2026, for tables */
export const shortDay = (of: Day): string => `${String(of.day).padStart(2, '0')}/${String(of.month).padStart(2, '0')}/${of.year}`;

export const total = (amounts: readonly Money[], currency: string): Money =>
  money(
    amounts.reduce((sum, amount) => sum + amount.cents, 0n),
    currency,
  );

/** A letter never prints a sum that its own lines contradict. */
function assertAddsUp(statement: StatementOfAccount): void {
  const check = (what: string, actual: bigint, expected: bigint) => {
    if (actual !== expected) throw new TypeError(`${what}: ${actual} where the lines make ${expected}`);
  };
  const add = (amounts: readonly Money[]) => total(amounts, 'EUR').cents;
  for (const invoice of statement.invoices) {
    const { number, imputations, lines } = invoice;
    check(
      `interest of ${number}`,
      invoice.interest.cents,
      add(lines.map((l) => l.amount)) - add(imputations.map((l) => l.toInterest)),
    );
    check(`principal of ${number}`, invoice.principal.cents, invoice.amount.cents - add(imputations.map((l) => l.toPrincipal)));
    check(`total of ${number}`, invoice.total.cents, add([invoice.principal, invoice.interest, invoice.indemnity]));
  }
  for (const sum of ['principal', 'interest', 'indemnity', 'total'] as const) {
    check(`${sum} of the statement`, statement[sum].cents, add(statement.invoices.map((invoice) => invoice[sum])));
  }
}

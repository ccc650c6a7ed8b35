import type { PastInvoice } from '#core/forecast/invoices.ts';
import { day } from '#core/kernel/day.ts';
import { toEpochDay } from '#core/kernel/epoch-day.ts';
import { parseAmount } from '#core/kernel/money.ts';
import { ok, type Refusal, type Result } from '#core/kernel/result.ts';
import type { Mapping, Vocabulary } from '#formats/table/columns.ts';
import { readTable, type Table } from '#formats/table/table.ts';
import { decodeText } from '#formats/text/decode.ts';
import { N, NB, quote, refuser } from '#formats/text/refusals.ts';
import { type DayOrder, dayOrderOf, readAmount, readDate } from '#formats/text/values.ts';

/** The columns of a file of past invoices, as the known sets and French exports call them. */
const FIELDS = [
  'number',
  'customer',
  'recorded',
  'settled',
  'due',
  'issued',
  'amount',
  'outstanding',
  'daysFromIssue',
  'disputed',
  'electronic',
  'segment',
  'isOpen',
] as const;
export type PaymentField = (typeof FIELDS)[number];
export const PAYMENT_FIELDS: readonly PaymentField[] = FIELDS;
export const isPaymentField = (name: string): name is PaymentField => (FIELDS as readonly string[]).includes(name);

const VOCABULARY: Vocabulary<PaymentField> = {
  fields: FIELDS,
  headers: {
    number: [/^invoice ?(number|id|no)$/, /^(numero|n°?) ?(de )?(la )?facture$/, /^(numero|number|doc id)$/],
    customer: [
      /^(customer ?id|cust number)$/,
      /^(code|numero|id) ?(du )?client$/,
      /^(vendor name|customer|client|debiteur|name customer)$/,
    ],
    recorded: [/^created$/, /^(saisie|enregistree?|comptabilisee?) ?(le)?$/],
    settled: [
      /^(settled ?date|clear date|payment date|paid (on|date))$/,
      /^(date (de |du )?)?(paiement|reglement|encaissement)$/,
      /^(payee?|reglee?) le$/,
    ],
    due: [/^due( in)? ?date$/, /^(date d'?)?echeance$/],
    issued: [/^(invoice ?date|posting date)$/, /^(date (de |d')?)?(la )?(facture|facturation|emission)$/, /^date$/],
    amount: [/^(invoice ?amount|total open amount|amount)$/, /^(montant|total) ?(ttc)?$/],
    outstanding: [/^outstanding$/, /^(reste|solde) ?(du)?$/],
    daysFromIssue: [/^number of days until payment$/, /^days ?to ?settle$/, /^delai de paiement( jours)?$/],
    disputed: [/^disputed$/, /^(litige|contestee?)$/],
    electronic: [/^paperless ?bill$/, /^electronique$/],
    segment: [/^(country ?code|business code)$/, /^(pays|segment|secteur)$/],
    isOpen: [/^is ?open$/, /^ouverte?$/],
  },
};

const MAX_ROWS = 200_000;
/** Under this nothing can be both learnt and tested. */
const AT_LEAST = 200;

export const refusePayments = refuser({
  'file-not-readable': (f) => `Le fichier ${quote(f.file)} n’a pas pu être ouvert${N}: ${String(f.why)}.`,
  'too-large': (f) =>
    `Le fichier ${quote(f.file)} dépasse la taille permise. Exportez une période plus courte, ou relevez --max-size.`,
  'payments-cut': (f) =>
    `La coupure ne laisse pas de quoi apprendre (50 factures réglées avant) ou vérifier (20 après) dans ${quote(f.file)}. Choisissez-en une autre avec --cut.`,
  'payments-no-header': (f) =>
    `Aucune ligne de titres reconnue dans ${quote(f.file)}. Il faut au moins le client, la date de facture, l’échéance et la date de paiement, une facture par ligne.`,
  'payments-malformed': (f) =>
    `${quote(f.file)} est mal formé${f.line ? `, ligne ${String(f.line)}` : ''}${N}: un guillemet n’est pas fermé, sans doute. Exportez-le de nouveau en CSV.`,
  'payments-too-many-rows': (f) => `${quote(f.file)} compte plus de ${String(f.limit)} lignes. Exportez une période plus courte.`,
  'payments-unknown-column': (f) =>
    `${quote(f.file)} n’a pas de colonne ${quote(String(f.column))}. Colonnes${N}: ${String(f.headers)}.`,
  'payments-missing-columns': (f) =>
    `Il manque à ${quote(f.file)} ${String(f.missing)}. Indiquez la colonne avec --mapping champ=colonne.`,
  'payments-none-settled': (f) =>
    `${quote(f.file)} ne contient que des factures ouvertes${N}: rien n’y dit quand elles ont été payées. Il faut un historique de factures réglées, avec leur date de paiement.`,
  'payments-too-few': (f) =>
    `${quote(f.file)} ne contient que ${String(f.settled)} factures réglées lisibles (il en faut ${AT_LEAST} pour apprendre et vérifier)${f.example ? `. Première ligne écartée${N}: ${String(f.example)}` : ''}.`,
});

/** What a file of past invoices holds. */
export interface PastPayments {
  readonly invoices: readonly PastInvoice[];
  /** rows left out, by reason, in French */
  readonly leftOut: Readonly<Record<string, number>>;
  /** how dates such as 03/04/2026 were read */
  readonly dayOrder: DayOrder;
  /** cells of an optional column that were blank */
  readonly blanks: Readonly<Partial<Record<PaymentField, number>>>;
}

type Cell = (field: PaymentField) => string;

/** A column of real numbers may have turned days and ids into "20200210.0". */
const withoutZeroDecimal = (text: string): string => text.replace(/^(\d+)\.0$/, '$1');

/**
 * Reads invoices of the past and their payments from a CSV: the IBM sample in each of its forms, Cassandra, HighRadius, or a French
 * export. Refuses what nothing can be learnt from; a bad row is left out and counted by its reason.
 */
export function readPastPayments(bytes: Uint8Array, file: string, mapping: Mapping<PaymentField> = {}): Result<PastPayments> {
  const table = readTable(decodeText(bytes), VOCABULARY, mapping, MAX_ROWS);
  if ('problem' in table) return refuseTable(table, file);
  const missing = missingColumns(table);
  if (missing.length > 0) return refusePayments('payments-missing-columns', file, { missing: missing.join(', ') });
  const order = dayOrderIn(table);
  const leftOut = new Map<string, number>();
  const blanks: Partial<Record<PaymentField, number>> = {};
  const seen = new Set<string>();
  const invoices: PastInvoice[] = [];
  let example: string | undefined;
  table.rows.forEach((row, i) => {
    const cell: Cell = (field) => withoutZeroDecimal(row.cells[table.columns.get(field) ?? -1]?.trim() ?? '');
    for (const field of ['electronic', 'segment', 'disputed'] as const)
      if (table.columns.has(field) && cell(field) === '') blanks[field] = (blanks[field] ?? 0) + 1;
    const read = invoiceOf(cell, order, cell('number') || `row ${i + 1}`);
    const reason = typeof read === 'string' ? read : seen.has(keyOf(read)) ? 'ligne répétée à l’identique' : undefined;
    if (reason !== undefined) {
      leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
      example ??= `ligne ${row.line}, ${reason}`;
    } else if (typeof read !== 'string') {
      seen.add(keyOf(read));
      invoices.push(read);
    }
  });
  const settled = invoices.filter((invoice) => invoice.settledOn !== undefined).length;
  if (settled === 0 && invoices.length > 0) return refusePayments('payments-none-settled', file);
  if (settled < AT_LEAST) return refusePayments('payments-too-few', file, { settled, example });
  return ok({ invoices, leftOut: Object.fromEntries(leftOut), dayOrder: order, blanks });
}

function refuseTable(
  problem: Exclude<ReturnType<typeof readTable<PaymentField>>, Table<PaymentField>>,
  file: string,
): { ok: false; refusal: Refusal } {
  switch (problem.problem) {
    case 'malformed':
      return refusePayments('payments-malformed', file, { line: problem.line });
    case 'too-many-rows':
      return refusePayments('payments-too-many-rows', file, { limit: MAX_ROWS });
    case 'no-header':
      return refusePayments('payments-no-header', file);
    case 'unknown-column':
      return refusePayments('payments-unknown-column', file, { column: problem.column, headers: problem.headers.join(', ') });
  }
}

function missingColumns({ columns }: Table<PaymentField>): string[] {
  const missing: string[] = [];
  if (!columns.has('customer')) missing.push('le client (customer)');
  if (!columns.has('issued')) missing.push('la date de facture (issued)');
  if (!columns.has('due')) missing.push('l’échéance (due)');
  if (!columns.has('amount')) missing.push('le montant (amount)');
  // A file that says every invoice is open needs no date of payment to be understood, and refused for it.
  if (!columns.has('settled') && !columns.has('daysFromIssue') && !columns.has('isOpen'))
    missing.push('la date de paiement (settled)');
  return missing;
}

const DATES = ['recorded', 'settled', 'due', 'issued'] as const;

function dayOrderIn({ columns, rows }: Table<PaymentField>): DayOrder {
  const at = DATES.flatMap((field) => columns.get(field) ?? []);
  return dayOrderOf(rows.flatMap((row) => at.map((column) => row.cells[column] ?? '')));
}

const keyOf = (i: PastInvoice): string => [i.id, i.customer, i.knownOn, i.dueOn, i.cents, i.settledOn].join('|');

/** The invoice of a row, or why it is left out. */
function invoiceOf(cell: Cell, order: DayOrder, id: string): PastInvoice | string {
  const dayIn = (field: (typeof DATES)[number]): number | undefined => {
    const read = readDate(cell(field), order);
    return read === undefined ? undefined : toEpochDay(day(read));
  };
  const customer = cell('customer');
  if (customer === '') return 'sans client';
  const issuedOn = dayIn('issued');
  const dueOn = dayIn('due');
  if (issuedOn === undefined) return 'date de facture illisible';
  if (dueOn === undefined) return 'échéance illisible';
  const cents = centsOf(cell('amount'));
  if (cents === undefined) return 'montant illisible';
  if (cents <= 0n) return 'montant nul ou négatif';
  const knownOn = dayIn('recorded') ?? issuedOn;
  const settledOn = settledIn(cell, dayIn('settled'), issuedOn);
  if (settledOn === 'illisible') return 'date de paiement illisible';
  if (settledOn !== undefined && settledOn < knownOn) return 'payée avant d’exister';
  const disputed = yesOrNo(cell('disputed'));
  const electronic = yesOrNo(cell('electronic'));
  const segment = cell('segment');
  return {
    ...{ id, customer, knownOn, issuedOn, dueOn, cents },
    ...(settledOn === undefined ? {} : { settledOn }),
    ...(disputed === undefined ? {} : { disputed }),
    ...(electronic === undefined ? {} : { electronic }),
    ...(segment === '' ? {} : { segment }),
  };
}

/** The day of payment: a date, or a number of days from the invoice; undefined while open. */
function settledIn(cell: Cell, date: number | undefined, issuedOn: number): number | 'illisible' | undefined {
  if (date !== undefined) return date;
  if (cell('settled') !== '') return 'illisible';
  if (/^-?\d+$/.test(cell('daysFromIssue'))) return issuedOn + Number(cell('daysFromIssue'));
  return cell('daysFromIssue') === '' ? undefined : 'illisible';
}

/** Cents, from an amount of any number of decimals, halves away from zero. */
function centsOf(text: string): bigint | undefined {
  const read = readAmount(text, '.');
  const m = read === undefined ? null : /^(-?\d+)(?:\.(\d+))?$/.exec(read);
  const exact = m ? parseAmount(`${m[1]}.${(m[2] ?? '').padEnd(2, '0').slice(0, 2)}`) : undefined;
  if (!exact) return undefined;
  const up = (m?.[2]?.[2] ?? '0') >= '5' ? 1n : 0n;
  return exact.cents < 0n ? exact.cents - up : exact.cents + up;
}

function yesOrNo(text: string): boolean | undefined {
  if (/^(yes|oui|true|vrai|1|electronic|electronique|électronique)$/i.test(text)) return true;
  return /^(no|non|false|faux|0|paper|papier)$/i.test(text) ? false : undefined;
}

/** A line on what was read, in French. */
export function describePayments({ invoices, leftOut, dayOrder }: PastPayments): string {
  const settled = invoices.filter((i) => i.settledOn !== undefined).length;
  const customers = new Set(invoices.map((i) => i.customer)).size;
  const out = Object.entries(leftOut).map(([reason, n]) => `${n}${NB}${reason}`);
  return [
    `${invoices.length} factures, ${customers} clients, ${settled} réglées`,
    dayOrder === 'mdy' ? 'dates lues mois d’abord' : undefined,
    out.length > 0 ? `écartées${N}: ${out.join(', ')}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(`${N}; `);
}

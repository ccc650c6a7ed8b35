import { isValidIBAN } from 'ibantools';
import { isSiren, isSiret, sirenFromVat } from '../../siren.ts';
import { type Row, readTable, type Table as TableOf } from '../../table/table.ts';
import { decodeText } from '../../text/decode.ts';
import { type DayOrder, type DecimalSign, dayOrderOf, decimalSignOf, fold, readAmount, readDate } from '../../text/values.ts';
import type { InvoiceReading, ReadInvoiceResult, ReadParty, RejectedRow } from '../invoice.ts';
import type { ReadLimits } from '../options.ts';
import { refuseInvoice } from '../refusals.ts';
import { type CsvField, type CsvMapping, INVOICE_COLUMNS } from './columns.ts';

type Table = TableOf<CsvField>;

const AMOUNTS = ['total_net', 'total_tax', 'total_gross', 'prepaid', 'payable'] as const;
const DATES = ['issue_date', 'due_date'] as const;
const N = '\u202f';
const OWED = ['payable', 'total_gross', 'total_net'] as const;

const LABELS: Partial<Record<CsvField, string>> = {
  number: 'le numéro de facture',
  issue_date: 'la date de facture',
  due_date: 'l’échéance',
  total_net: 'le montant HT',
  total_tax: 'le montant de TVA',
  total_gross: 'le montant TTC',
  prepaid: 'le montant déjà réglé',
  payable: 'le montant à payer',
};

/** How the whole file writes its numbers and days: one cell is often ambiguous, a column seldom. */
interface Conventions {
  readonly decimal: DecimalSign | undefined;
  readonly order: DayOrder;
}

type Cell = (field: CsvField) => string | null;

const cells =
  (table: Table, row: Row): Cell =>
  (field) => {
    const index = table.columns.get(field);
    return (index === undefined ? undefined : row.cells[index]?.trim()) || null;
  };

function amount(cell: Cell, field: CsvField, conventions: Conventions, problems: string[]): string | null {
  const text = cell(field);
  if (text === null) return null;
  const value = readAmount(text, conventions.decimal);
  if (value !== 'ambiguous' && value !== undefined) return value;
  problems.push(
    value === undefined
      ? `${LABELS[field]} « ${text} » n’est pas un montant`
      : `${LABELS[field]} « ${text} » peut se lire de deux façons (milliers ou décimales)${N}; écrivez-le avec deux décimales`,
  );
  return null;
}

function day(cell: Cell, field: CsvField, conventions: Conventions, problems: string[]): string | null {
  const text = cell(field);
  if (text === null) return null;
  const value = readDate(text, conventions.order);
  if (value === undefined)
    problems.push(`${LABELS[field]} « ${text} » n’est pas une date (attendu${N}: 31/12/2026 ou 2026-12-31)`);
  return value ?? null;
}

/** "Avoir" and "credit note" are 381, "facture" is 380, a code stays what it is; anything else says nothing. */
function typeCode(text: string | null): string | null {
  if (text === null || /^\d{2,3}$/.test(text)) return text;
  if (/avoir|credit/.test(fold(text))) return '381';
  return /facture|invoice/.test(fold(text)) ? '380' : null;
}

/** A SIREN or a SIRET whose key is right gives the SIREN; the cell's text is kept as the legal identifier either way. */
function party(cell: Cell, side: 'buyer' | 'seller'): ReadParty | null {
  const get = (field: string): string | null => cell(`${side}.${field}` as CsvField);
  const id = get('siren');
  const vat = get('vat');
  const digits = id?.replace(/\D/g, '') ?? '';
  const fromVat = vat === null ? null : sirenFromVat(vat);
  const known = isSiret(digits) ? 'siret' : isSiren(digits) ? 'siren' : null;
  const fields = {
    name: get('name'),
    vat,
    tax_number: null,
    legal_id: id,
    legal_scheme: known === 'siret' ? '0009' : known === 'siren' ? '0002' : null,
    siren: known ? digits.slice(0, 9) : fromVat,
    siren_source: known ?? (fromVat ? 'vat' : null),
    street: get('street'),
    postcode: get('postcode'),
    city: get('city'),
    country: get('country'),
    email: get('email'),
  };
  return Object.values(fields).every((v) => v === null) ? null : fields;
}

/** One row as a reading, or everything that is wrong in it. */
function readRow(table: Table, row: Row, conventions: Conventions): InvoiceReading | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const cell = cells(table, row);
  const number = cell('number');
  if (number === null) problems.push('le numéro de facture manque');
  const [total_net, total_tax, total_gross, prepaid, payable] = AMOUNTS.map((field) =>
    amount(cell, field, conventions, problems),
  );
  const [issue_date, due_date] = DATES.map((field) => day(cell, field, conventions, problems));
  if (OWED.every((field) => cell(field) === null)) problems.push('aucun montant');
  const iban = cell('iban')?.replace(/\s/g, '').toUpperCase() ?? null;
  if (iban !== null && !isValidIBAN(iban)) problems.push(`l’IBAN « ${iban} » est faux (sa clé ne tombe pas juste)`);
  if (problems.length > 0) return { problems };
  return {
    format: 'csv',
    container: 'csv',
    guideline: null,
    number,
    type_code: typeCode(cell('type_code')),
    issue_date: issue_date ?? null,
    due_date: due_date ?? null,
    all_due_dates: due_date ? [due_date] : [],
    currency: currency(cell),
    seller: party(cell, 'seller'),
    buyer: party(cell, 'buyer'),
    buyer_reference: null,
    order_reference: cell('order_reference'),
    preceding_invoices: [],
    total_lines: null,
    total_net: total_net ?? null,
    total_tax: total_tax ?? null,
    total_gross: total_gross ?? null,
    prepaid: prepaid ?? null,
    rounding: null,
    payable: payable ?? null,
    iban: iban === null ? [] : [iban],
    bic: [],
    remittance: null,
    payment_terms: [],
    notes: [],
    line_count: null,
    arithmetic_ok: null,
    row: row.line,
  };
}

/** The currency column, or the sign written beside the amount. */
function currency(cell: Cell): string | null {
  const code = cell('currency')?.toUpperCase();
  if (code && /^[A-Z]{3}$/.test(code)) return code;
  const written = `${code ?? ''} ${OWED.map((field) => cell(field) ?? '').join(' ')}`;
  if (/€|eur/i.test(written)) return 'EUR';
  if (/\$|usd/i.test(written)) return 'USD';
  return /£|gbp/i.test(written) ? 'GBP' : null;
}

function conventionsOf(table: Table): Conventions {
  const texts = (fields: readonly CsvField[]): string[] =>
    table.rows.flatMap((row) => fields.flatMap((f) => cells(table, row)(f) ?? []));
  return { decimal: decimalSignOf(texts(AMOUNTS)), order: dayOrderOf(texts(DATES)) };
}

/** What a table must have to hold invoices, in French; undefined when it has it. */
function missing(table: Table): string | undefined {
  const lacks = [
    ...(table.columns.has('number') ? [] : ['la colonne du numéro de facture']),
    ...(OWED.some((field) => table.columns.has(field)) ? [] : ['une colonne de montant (TTC, à payer ou HT)']),
  ];
  return lacks.length > 0 ? lacks.join(' et ') : undefined;
}

/** Reads a CSV of invoices, one a row. Rows that cannot be read are reported beside the others; the file is refused when none can. */
export function readCsvInvoices(bytes: Uint8Array, file: string, mapping: CsvMapping, limits: ReadLimits): ReadInvoiceResult {
  const table = readTable(decodeText(bytes), INVOICE_COLUMNS, mapping, limits.maxCsvRows);
  if ('problem' in table) {
    switch (table.problem) {
      case 'malformed':
        return refuseInvoice('csv-malformed', file, { line: table.line });
      case 'no-header':
        return refuseInvoice('csv-no-header', file);
      case 'too-many-rows':
        return refuseInvoice('csv-too-many-rows', file, { limit: limits.maxCsvRows });
      case 'unknown-column':
        return refuseInvoice('csv-unknown-column', file, { column: table.column, columns: table.headers.join(', ') });
    }
  }
  const lacking = missing(table);
  if (lacking) return refuseInvoice('csv-missing-columns', file, { missing: lacking, columns: table.headers.join(', ') });
  const conventions = conventionsOf(table);
  const readings: InvoiceReading[] = [];
  const rejected: RejectedRow[] = [];
  for (const row of table.rows) {
    const read = readRow(table, row, conventions);
    if (!('problems' in read)) readings.push(read);
    else {
      const problem = `${read.problems.join(`${N}; `)}.`;
      rejected.push({ row: row.line, refusal: refuseInvoice('csv-row', file, { row: row.line, problem }).refusal });
    }
  }
  const [firstRejected] = rejected;
  if (readings.length === 0)
    return firstRejected ? { ok: false, refusal: firstRejected.refusal } : refuseInvoice('empty-file', file);
  return { ok: true, value: readings, ...(rejected.length > 0 ? { rejected_rows: rejected } : {}) };
}

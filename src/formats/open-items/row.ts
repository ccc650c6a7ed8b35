import { parseAmount } from '#core/kernel/money.ts';
import { isSiren, isSiret, sirenFromVat } from '../siren.ts';
import type { Columns } from '../table/columns.ts';
import { N, quote } from '../text/refusals.ts';
import { type DayOrder, type DecimalSign, dayOrderOf, decimalSignOf, fold, readAmount, readDate } from '../text/values.ts';
import type { OpenItemField } from './columns.ts';
import type { OpenItem, RejectedLine } from './item.ts';

/** What the user says of a whole list. */
export interface RowOptions {
  /** the delay to pay of a line without a due date, in days from the invoice; without it such a line is rejected */
  readonly termDays?: number;
}

const DATES = ['issue_date', 'due_date'] as const;
const AMOUNTS = ['total_net', 'total_tax', 'total_gross', 'prepaid', 'payable'] as const;
const LABELS: Readonly<Record<(typeof AMOUNTS | typeof DATES)[number], string>> = {
  total_net: 'le montant HT',
  total_tax: 'le montant de TVA',
  total_gross: 'le montant TTC',
  prepaid: 'le montant déjà réglé',
  payable: 'le reste à payer',
  issue_date: 'la date de facture',
  due_date: 'l’échéance',
};
/** The longest text a cell may bring into the store. */
const LONGEST = 200;
const MOST_CENTS = 10n ** 14n;
/** Dates come back all the time: these many are read once. */
const DAYS_KEPT = 20_000;

/** Reads rows under known columns, by the conventions (decimal sign, order of days) that the first rows show. */
export class RowReader {
  readonly #columns: Columns<OpenItemField>;
  readonly #options: RowOptions;
  readonly #decimal: DecimalSign | undefined;
  readonly #order: DayOrder;
  readonly #days = new Map<string, string | undefined>();

  constructor(columns: Columns<OpenItemField>, sample: readonly (readonly string[])[], options: RowOptions) {
    this.#columns = columns;
    this.#options = options;
    const texts = (fields: readonly OpenItemField[]) =>
      sample.flatMap((cells) => fields.flatMap((field) => cells[columns.get(field) ?? -1] ?? []));
    this.#decimal = decimalSignOf(texts(AMOUNTS));
    this.#order = dayOrderOf(texts(DATES));
  }

  /** One row as an item, or all that is wrong with it. */
  read(line: number, cells: readonly string[], content: () => string): OpenItem | RejectedLine {
    const problems: string[] = [];
    const cell = (field: OpenItemField): string | null => {
      const at = this.#columns.get(field);
      const text = at === undefined ? undefined : cells[at]?.trim();
      return text ? (text.length > LONGEST ? text.slice(0, LONGEST) : text) : null;
    };
    const number = cell('number');
    if (number === null) problems.push('le numéro de facture manque');
    const [issued, due] = DATES.map((field) => this.#day(cell(field), field, problems));
    const [net, tax, gross, prepaid, payable] = AMOUNTS.map((field) => this.#cents(cell(field), field, problems));
    const { termDays } = this.#options;
    const issuedOn = issued ?? due ?? null;
    const dueOn = due ?? (issued && termDays !== undefined ? plusDays(issued, termDays) : null);
    const full = gross ?? (net == null ? (payable ?? null) : net + (tax ?? 0n));
    const open = payable ?? (full === null ? null : full - (prepaid ?? 0n));
    const currency = currencyOf(cell('currency'), problems);
    const buyer = buyerOf(cell);
    if (problems.length === 0) {
      if (dueOn === null) problems.push(issuedOn === null ? 'la date de facture et l’échéance manquent' : 'l’échéance manque');
      if (open === null) problems.push('aucun montant');
      if (buyer.name === null && buyer.key === null && buyer.siren === null) problems.push('le client manque');
    }
    if (problems.length > 0 || number === null || issuedOn === null || dueOn === null || full === null || open === null) {
      const message = `Ligne ${line}${N}: ${problems.join(`${N}; `)}.`;
      return { line, code: 'import.line', message, content: content().slice(0, 500), number };
    }
    return {
      line,
      externalKey: cell('external_key'),
      kind: isCreditNote(cell('type_code'), open, full) ? 'credit-note' : 'invoice',
      number,
      issuedOn,
      dueOn,
      currency,
      netCents: net == null ? null : size(net),
      taxCents: tax == null ? null : size(tax),
      grossCents: size(full),
      openCents: size(open),
      orderReference: cell('order_reference'),
      buyer,
    };
  }

  #day(text: string | null, field: (typeof DATES)[number], problems: string[]): string | null {
    if (text === null) return null;
    let value = this.#days.get(text);
    if (value === undefined && !this.#days.has(text)) {
      value = readDate(text, this.#order);
      if (this.#days.size < DAYS_KEPT) this.#days.set(text, value);
    }
    if (value === undefined)
      problems.push(`${LABELS[field]} ${quote(text)} n’est pas une date (attendu${N}: 31/12/2026 ou 2026-12-31)`);
    return value ?? null;
  }

  #cents(text: string | null, field: (typeof AMOUNTS)[number], problems: string[]): bigint | null {
    if (text === null) return null;
    const cents = plainCents(text, this.#decimal) ?? anyCents(text, this.#decimal);
    if (typeof cents === 'bigint' && cents < MOST_CENTS && cents > -MOST_CENTS) return cents;
    problems.push(`${LABELS[field]} ${quote(text)} ${WHY_NOT[typeof cents === 'string' ? cents : 'none']}`);
    return null;
  }
}

const WHY_NOT = {
  ambiguous: 'peut se lire de deux façons (milliers ou décimales)',
  fraction: 'a plus de deux décimales',
  none: 'n’est pas un montant',
} as const;

const size = (cents: bigint): bigint => (cents < 0n ? -cents : cents);

/** An amount written plainly, the usual case by far: "1234,56", "-12.5", "100". */
function plainCents(text: string, decimal: DecimalSign | undefined): bigint | undefined {
  const m = /^(-?)(\d{1,12})(?:([.,])(\d{1,2}))?$/.exec(text);
  if (!m || (m[3] !== undefined && decimal !== undefined && m[3] !== decimal)) return undefined;
  const cents = BigInt((m[2] as string) + (m[4] ?? '').padEnd(2, '0'));
  return m[1] === '-' ? -cents : cents;
}

function anyCents(text: string, decimal: DecimalSign | undefined): bigint | 'ambiguous' | 'fraction' | undefined {
  const value = readAmount(text, decimal);
  if (value === undefined || value === 'ambiguous') return value;
  const trimmed = value.replace(/(\.\d\d)0+$/, '$1');
  return parseAmount(trimmed)?.cents ?? (/^-?\d+\.\d{3,}$/.test(trimmed) ? 'fraction' : undefined);
}

function currencyOf(text: string | null, problems: string[]): string {
  const code = text?.toUpperCase() ?? 'EUR';
  if (code === '€' || /^EUROS?$/.test(code)) return 'EUR';
  if (!/^[A-Z]{3}$/.test(code)) problems.push(`la devise ${quote(code)} n’est pas un code de trois lettres`);
  return code;
}

function buyerOf(cell: (field: OpenItemField) => string | null): OpenItem['buyer'] {
  const vat = cell('buyer.vat');
  const digits = cell('buyer.siren')?.replace(/\D/g, '') ?? '';
  const known = isSiren(digits) || isSiret(digits);
  const country = cell('buyer.country')?.toUpperCase() ?? '';
  return {
    key: cell('buyer.key'),
    name: cell('buyer.name'),
    siren: known ? digits.slice(0, 9) : vat === null ? null : sirenFromVat(vat),
    vat,
    email: cell('buyer.email'),
    street: cell('buyer.street'),
    postcode: cell('buyer.postcode'),
    city: cell('buyer.city'),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
}

/** What reduces a debt: said so, or owed the other way. */
function isCreditNote(type: string | null, open: bigint, full: bigint): boolean {
  if (type !== null && (/^(?:381|396|261)$/.test(type) || /avoir|credit/.test(fold(type)))) return true;
  return open < 0n || (open === 0n && full < 0n);
}

const plusDays = (iso: string, days: number): string => Temporal.PlainDate.from(iso).add({ days }).toString();

import { parseAmount } from '#core/kernel/money.ts';
import { isSiren, isSiret, sirenFromVat } from '../siren.ts';
import type { Columns } from '../table/columns.ts';
import { type DayOrder, type DecimalSign, dayOrderOf, decimalSignOf, fold, readAmount, readDate } from '../text/values.ts';
import type { OpenItemField } from './columns.ts';
import type { LineProblem, OpenItem, RejectedLine } from './item.ts';

/** What the user says of a whole list. */
export interface RowOptions {
  /** the delay to pay of a line without a due date, in days from the invoice; without it such a line is rejected */
  readonly termDays?: number;
}

const DATES = ['issue_date', 'due_date'] as const;
const AMOUNTS = ['total_net', 'total_tax', 'total_gross', 'prepaid', 'payable'] as const;
/** The longest text a cell may bring into the store. */
const LONGEST = 200;
const MOST_CENTS = 10n ** 14n;
/** Dates come back all the time: these many are read once. */
const DAYS_KEPT = 20_000;

/** Reads rows under known columns, by the conventions (decimal sign, order of days) that the first rows show. */
export class RowReader {
  readonly #columns: Columns<OpenItemField>;
  readonly #headers: readonly string[];
  readonly #options: RowOptions;
  readonly #decimal: DecimalSign | undefined;
  readonly #order: DayOrder;
  readonly #days = new Map<string, string | undefined>();
  #cells: readonly string[] = [];
  #problems: LineProblem[] = [];

  constructor(
    columns: Columns<OpenItemField>,
    headers: readonly string[],
    sample: readonly (readonly string[])[],
    options: RowOptions,
  ) {
    this.#columns = columns;
    this.#headers = headers;
    this.#options = options;
    const texts = (fields: readonly OpenItemField[]) =>
      sample.flatMap((cells) => fields.flatMap((field) => cells[columns.get(field) ?? -1] ?? []));
    this.#decimal = decimalSignOf(texts(AMOUNTS));
    this.#order = dayOrderOf(texts(DATES));
  }

  /** One row as an item, or all that is wrong with it. */
  read(line: number, cells: readonly string[]): OpenItem | RejectedLine {
    this.#cells = cells;
    this.#problems = [];
    const number = this.#cell('number');
    if (number === null) this.#blame('number', 'Le numéro de facture manque.');
    const [issued, due] = DATES.map((field) => this.#day(field));
    const { termDays } = this.#options;
    const issuedOn = issued ?? due ?? null;
    const dueOn = due ?? (issued && termDays !== undefined ? plusDays(issued, termDays) : null);
    if (this.#problems.length === 0 && dueOn === null)
      this.#blame('due_date', issuedOn === null ? 'La date de facture et l’échéance manquent.' : 'L’échéance manque.');
    const amounts = this.#amounts();
    const currency = this.#currency();
    const buyer = this.#buyer();
    if (buyer.name === null && buyer.key === null && buyer.siren === null) this.#blame('buyer.name', 'Le client manque.');
    if (this.#problems.length > 0 || number === null || issuedOn === null || dueOn === null || amounts === null)
      return { line, number, problems: this.#problems };
    return {
      line,
      externalKey: this.#cell('external_key'),
      number,
      issuedOn,
      issuedTold: issued !== null,
      dueOn,
      dueTold: due !== null,
      currency,
      ...amounts,
      orderReference: this.#cell('order_reference'),
      buyer,
    };
  }

  #blame(field: OpenItemField, reason: string): void {
    const at = this.#columns.get(field);
    const value = at === undefined ? undefined : this.#cells[at]?.trim();
    this.#problems.push({
      column: at === undefined ? null : (this.#headers[at] ?? `${at + 1}`),
      value: value ? value.slice(0, LONGEST) : null,
      reason,
    });
  }

  #cell(field: OpenItemField): string | null {
    const at = this.#columns.get(field);
    const text = at === undefined ? undefined : this.#cells[at]?.trim();
    return text ? (text.length > LONGEST ? text.slice(0, LONGEST) : text) : null;
  }

  #day(field: (typeof DATES)[number]): string | null {
    const text = this.#cell(field);
    if (text === null) return null;
    let value = this.#days.get(text);
    if (value === undefined && !this.#days.has(text)) {
      value = readDate(text, this.#order);
      if (this.#days.size < DAYS_KEPT) this.#days.set(text, value);
    }
    if (value === undefined) this.#blame(field, 'Ce n’est pas une date (attendu\u202f: 31/12/2026 ou 2026-12-31).');
    return value ?? null;
  }

  #cents(field: (typeof AMOUNTS)[number]): bigint | null {
    const text = this.#cell(field);
    if (text === null) return null;
    const cents = plainCents(text, this.#decimal) ?? anyCents(text, this.#decimal);
    if (typeof cents === 'bigint' && cents < MOST_CENTS && cents > -MOST_CENTS) return cents;
    this.#blame(field, WHY_NOT[typeof cents === 'string' ? cents : 'none']);
    return null;
  }

  /** The amounts of the document, all positive, and what it is: an invoice, or what reduces a debt. Null when a problem was found. */
  #amounts(): Pick<OpenItem, 'kind' | 'netCents' | 'taxCents' | 'grossCents' | 'openCents'> | null {
    const before = this.#problems.length;
    const [net, tax, gross, prepaid, payable] = AMOUNTS.map((field) => this.#cents(field) ?? null) as (bigint | null)[];
    if (this.#problems.length > before) return null;
    const full = gross ?? (net == null ? payable : tax == null ? (payable ?? net) : net + tax);
    const open = payable ?? (full == null ? null : full - (prepaid ?? 0n));
    if (full == null || open == null) {
      this.#blame(payable === null && this.#columns.has('payable') ? 'payable' : 'total_gross', 'Aucun montant.');
      return null;
    }
    const kind = isCreditNote(this.#cell('type_code'), full, open) ? 'credit-note' : 'invoice';
    if (kind === 'invoice' ? open > full : size(open) > size(full)) {
      this.#blame('payable', 'Le reste à payer dépasse le montant du document.');
      return null;
    }
    return {
      kind,
      netCents: net == null ? null : size(net),
      taxCents: tax == null ? null : size(tax),
      grossCents: size(full),
      openCents: kind === 'invoice' && open < 0n ? 0n : size(open),
    };
  }

  #currency(): string {
    const code = this.#cell('currency')?.toUpperCase() ?? 'EUR';
    if (code === '€' || /^EUROS?$/.test(code)) return 'EUR';
    if (!/^[A-Z]{3}$/.test(code)) this.#blame('currency', 'La devise n’est pas un code de trois lettres (EUR pour l’euro).');
    return code;
  }

  #buyer(): OpenItem['buyer'] {
    const vat = this.#cell('buyer.vat');
    const digits = this.#cell('buyer.siren')?.replace(/\D/g, '') ?? '';
    const known = isSiren(digits) || isSiret(digits);
    if (digits !== '' && !known) this.#blame('buyer.siren', 'Ce numéro SIREN ou SIRET n’est pas valable (clé de contrôle).');
    const country = this.#cell('buyer.country')?.toUpperCase() ?? '';
    return {
      key: this.#cell('buyer.key'),
      name: this.#cell('buyer.name')?.replace(/\s+/g, ' ') ?? null,
      siren: known ? digits.slice(0, 9) : vat === null ? null : sirenFromVat(vat),
      vat,
      email: this.#cell('buyer.email'),
      street: this.#cell('buyer.street'),
      postcode: this.#cell('buyer.postcode'),
      city: this.#cell('buyer.city'),
      country: /^[A-Z]{2}$/.test(country) ? country : null,
    };
  }
}

const WHY_NOT = {
  ambiguous: 'Ce montant peut se lire de deux façons (milliers ou décimales).',
  fraction: 'Ce montant a plus de deux décimales.',
  none: 'Ce n’est pas un montant.',
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

/** What reduces a debt: said so, or owed the other way. An invoice that was paid too much stays an invoice. */
function isCreditNote(type: string | null, full: bigint, open: bigint): boolean {
  if (type !== null && (/^(?:381|396|261)$/.test(type) || /avoir|credit/.test(fold(type)))) return true;
  return full < 0n || (full === open && open < 0n);
}

const plusDays = (iso: string, days: number): string => Temporal.PlainDate.from(iso).add({ days }).toString();

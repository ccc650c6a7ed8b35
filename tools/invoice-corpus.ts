import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadOptions, readInvoiceFile } from '../src/formats/invoice/index.ts';
import { isFrenchVat, isSiren, isSiret } from '../src/formats/siren.ts';

/** Keys that only describe how the collector made the line, not what the invoice says. */
const COLLECTOR_KEYS = new Set([
  'file',
  'sha256',
  'size',
  'validity',
  'source',
  'group',
  'pages',
  'attachments',
  'xml_name',
  'root',
  'ns',
  'error',
  'text_chars',
  'printed_from_xml',
  'expected',
  'expected_by_invoice2data',
  'container',
  'format',
]);

/** The names invoice2data gives to fields we propose. Its other names are about lines, bookings and bank wires. */
const INVOICE2DATA: Readonly<Record<string, string>> = {
  invoice_number: 'number',
  date: 'issue_date',
  date_due: 'due_date',
  amount: 'total_gross',
  amount_untaxed: 'total_net',
  amount_tax: 'total_tax',
  currency: 'currency',
  siren: 'seller.siren',
  iban: 'iban',
  bic: 'bic',
  vat: 'seller.vat',
};

type Json = Readonly<Record<string, unknown>>;

export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly why: string;
}

export interface FileResult {
  readonly file: string;
  /** code of the refusal, when the file was refused */
  readonly refusal: string | null;
  readonly differences: readonly Difference[];
}

export interface Comparison {
  /** files whose line gives values */
  readonly readable: readonly FileResult[];
  /** files whose line says that they hold no invoice */
  readonly toRefuse: readonly FileResult[];
  /** files without anything to compare with */
  readonly unjudged: readonly FileResult[];
  readonly fields: ReadonlyMap<string, { compared: number; right: number }>;
  readonly ignored: ReadonlySet<string>;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line's expected values by field path: "seller.siren". A null party stays one value. */
function flatten(value: Json, prefix = ''): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    if (prefix === '' && COLLECTOR_KEYS.has(key)) continue;
    if (isObject(inner)) for (const [path, leaf] of flatten(inner, `${prefix}${key}.`)) flat.set(path, leaf);
    else flat.set(`${prefix}${key}`, inner);
  }
  return flat;
}

/** Two decimals, for the amounts of invoice2data, which are JSON numbers. */
const money = (value: unknown): unknown => (typeof value === 'number' ? value.toFixed(2) : value);

/** What the collector expects of a file, by field path; undefined when it gives nothing to compare with. */
function expectedOf(line: Json): Map<string, unknown> | undefined {
  if ('number' in line) {
    const flat = flatten(line);
    for (const key of ['format', 'container']) flat.set(key, line[key]);
    return flat;
  }
  if (isObject(line.expected)) return flatten(line.expected);
  if (!isObject(line.expected_by_invoice2data) || line.container !== 'pdf') return undefined;
  const flat = new Map<string, unknown>();
  for (const [key, value] of Object.entries(line.expected_by_invoice2data)) {
    const field = INVOICE2DATA[key];
    if (field) flat.set(field, key === 'iban' || key === 'bic' ? [value] : key === 'siren' ? String(value) : money(value));
  }
  return flat;
}

function at(reading: unknown, path: string): unknown {
  let value = reading;
  for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
  return value;
}

/** Of a reading made from printed words, amounts are compared as amounts: "700.00" is "700". */
const canonical = (value: unknown, printed: boolean): string =>
  JSON.stringify(
    printed && typeof value === 'string'
      ? value.replace(/^(-?\d+)(?:\.0+)$/, '$1').replace(/(\.\d*[1-9])0+$/, '$1')
      : (value ?? null),
  );

/** Why a value differs: what the printed page does not hold cannot be read from it. */
function explain(field: string, expected: unknown, actual: unknown, printed: boolean): string {
  if (!printed && field === 'arithmetic_ok') return 'the sum is checked to the cent here, the collector forgives a cent';
  if (!printed && field === 'notes') return 'a note without a text is left out';
  if (!printed) return 'read otherwise from the same XML';
  const text = String(expected).replace(/\s/g, '');
  const numbered = /^\d{9}$|^\d{14}$|^FR/.test(text);
  if (
    /\.(siren|legal_id|vat)$/.test(field) &&
    numbered &&
    (actual ?? null) === null &&
    !isSiren(text) &&
    !isSiret(text) &&
    !isFrenchVat(text)
  ) {
    return 'invented number whose key is wrong: never proposed';
  }
  if (/\.(siren_source|legal_scheme|legal_id)$/.test(field))
    return 'the page does not print the scheme, or its number has a wrong key';
  if (/\.(country|trading_name)$/.test(field)) return 'not printed as such on the page';
  if (field === 'type_code') return 'the page only says "facture"';
  if (actual === null || actual === undefined || (Array.isArray(actual) && actual.length === 0)) return 'not found on the page';
  return 'read otherwise from the page';
}

async function readOne(
  folder: string,
  file: string,
  options: ReadOptions,
): Promise<{ refusal: string | null; reading: unknown }> {
  const result = await readInvoiceFile(readFileSync(join(folder, file)), file, options);
  return result.ok ? { refusal: null, reading: result.value[0] } : { refusal: result.refusal.code, reading: null };
}

/** Compares the reader with each line of FOLDER/expected.jsonl. */
export async function compareFolder(folder: string, options: ReadOptions = {}): Promise<Comparison> {
  const readable: FileResult[] = [];
  const toRefuse: FileResult[] = [];
  const unjudged: FileResult[] = [];
  const fields = new Map<string, { compared: number; right: number }>();
  const ignored = new Set<string>();
  const lines = readFileSync(join(folder, 'expected.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const text of lines) {
    const line = JSON.parse(text) as Json;
    const file = String(line.file);
    for (const key of Object.keys(line)) if (COLLECTOR_KEYS.has(key) && key !== 'format' && key !== 'container') ignored.add(key);
    const { refusal, reading } = await readOne(folder, file, options);
    const expected = expectedOf(line);
    if (!expected) {
      (line.format === 'pdf-without-xml' || line.container === 'txt' ? unjudged : toRefuse).push({
        file,
        refusal,
        differences: [],
      });
      continue;
    }
    const printed = at(reading, 'format') === 'pdf-text' || line.format === 'pdf-without-xml';
    const differences: Difference[] = [];
    for (const [field, value] of expected) {
      const actual = at(reading, field);
      const count = fields.get(field) ?? { compared: 0, right: 0 };
      fields.set(field, count);
      count.compared += 1;
      if (canonical(value, printed) === canonical(actual, printed)) count.right += 1;
      else
        differences.push({
          field,
          expected: value,
          actual,
          why: refusal ? `refused: ${refusal}` : explain(field, value, actual, printed),
        });
    }
    readable.push({ file, refusal, differences });
  }
  return { readable, toRefuse, unjudged, fields, ignored };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readStatementFile, type Statement, type StatementEntry } from '#formats/bank/index.ts';
import { fromUnits, toUnits } from '#formats/text/decimal.ts';

/** Comparison of the bank samples with the values an independent reader found: expected.jsonl, and the YAML of the MT940 project. */

export interface Difference {
  readonly field: string;
  readonly expected: string;
  readonly read: string;
}

export interface SampleResult {
  readonly file: string;
  /** "camt.053, 2 statements, 3 entries", or the code of the refusal */
  readonly outcome: string;
  readonly refusal: string | null;
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** codes of the warnings */
  readonly warnings: readonly string[];
  readonly statements: readonly Statement[];
}

interface ExpectedCamt {
  readonly statements: readonly {
    readonly iban: string | null;
    readonly other_account: string | null;
    readonly balances: readonly { type: string; amount: string; sign: string; date: string }[];
    readonly entries: readonly {
      amount: string;
      currency: string;
      sign: string;
      status: string;
      booking_date: string | null;
      value_date: string | null;
      end_to_end: string[];
      debtor: string[];
      debtor_iban: string[];
      creditor: string[];
      remittance_unstructured: string[];
      remittance_structured: string[];
      transactions: number;
      return_reason: string[];
    }[];
    readonly signed_sum: string;
  }[];
}

interface CfonbRow {
  bank: string;
  branch: string;
  account: string;
  currency: string;
  date_ddmmyy: string;
  amount: string;
  value_date_ddmmyy: string;
  label: string;
  reference: string;
}

interface ExpectedCfonb {
  readonly operations: readonly CfonbRow[];
  readonly old_balances: readonly CfonbRow[];
  readonly new_balances: readonly CfonbRow[];
}

const decimal = (text: string): string => fromUnits(toUnits(text) ?? 0n);
const signed = (amount: string, sign: string): string => decimal(sign === 'DBIT' || sign === 'D' ? `-${amount}` : amount);
const bare = (text: string): string => text.replace(/\s+/g, ' ').trim();
const day = (ddmmyy: string): string => `20${ddmmyy.slice(4)}-${ddmmyy.slice(2, 4)}-${ddmmyy.slice(0, 2)}`;

/** Collects what was compared and what differs. */
class Sheet {
  compared = 0;
  readonly differences: Difference[] = [];

  same(field: string, expected: unknown, read: unknown): void {
    this.compared += 1;
    const [a, b] = [String(expected ?? null), String(read ?? null)];
    if (a !== b) this.differences.push({ field, expected: a, read: b });
  }

  holds(field: string, expected: string, read: string): void {
    this.compared += 1;
    if (!bare(read).includes(bare(expected))) this.differences.push({ field, expected, read });
  }
}

const sumOf = (entries: readonly StatementEntry[]): string =>
  fromUnits(entries.reduce((sum, e) => sum + (toUnits(e.amount) ?? 0n), 0n));
/** Everything that is said of an entry and of its payments. */
const wordsOf = (entry: StatementEntry): string =>
  [entry, ...entry.payments].map((p) => [p.text, p.reference, p.name, p.iban].join(' ')).join(' ');

function compareCamt(sheet: Sheet, expected: ExpectedCamt, statements: readonly Statement[]): void {
  sheet.same('statements', expected.statements.length, statements.length);
  expected.statements.forEach((one, s) => {
    const read = statements[s];
    const balance = (type: string) => one.balances.find((b) => b.type === type);
    sheet.same('account', one.iban ?? one.other_account, read?.account);
    for (const [type, field] of [
      ['OPBD', 'opening'],
      ['CLBD', 'closing'],
    ] as const) {
      const found = balance(type);
      sheet.same(field, found ? signed(found.amount, found.sign) : null, read?.[field]);
      sheet.same(`${field}On`, found?.date.slice(0, 10) ?? null, read?.[`${field}On`]);
    }
    sheet.same('entries', one.entries.length, read?.entries.length);
    sheet.same('sum', decimal(one.signed_sum), sumOf(read?.entries ?? []));
    one.entries.forEach((entry, e) => {
      const found = read?.entries[e];
      if (!found) return;
      const words = wordsOf(found);
      const others = entry.sign === 'CRDT' ? entry.debtor : entry.creditor;
      sheet.same('amount', signed(entry.amount, entry.sign), found.amount);
      sheet.same('currency', entry.currency, found.currency);
      sheet.same('bookedOn', entry.booking_date?.slice(0, 10) ?? null, found.bookedOn);
      sheet.same('valueOn', entry.value_date?.slice(0, 10) ?? null, found.valueOn);
      // The collector did not look into the status of version 8, which stands one level deeper.
      if (entry.status !== '') sheet.same('status', entry.status === 'PDNG' ? 'pending' : 'booked', found.status);
      sheet.same('payments', entry.transactions > 1 ? entry.transactions : 0, found.payments.length);
      for (const text of entry.remittance_unstructured) sheet.holds('text', text, words);
      for (const text of entry.remittance_structured) sheet.holds('reference', text, words);
      if (entry.remittance_structured.length === 0) {
        for (const text of entry.end_to_end) if (text !== 'NOTPROVIDED') sheet.holds('reference', text, words);
      }
      for (const name of others) sheet.holds('name', name, words);
      if (entry.sign === 'CRDT') for (const iban of entry.debtor_iban) sheet.holds('iban', iban, words);
      for (const reason of new Set(entry.return_reason)) sheet.same('returnReason', reason, found.returnReason);
    });
  });
}

function compareCfonb(sheet: Sheet, expected: ExpectedCfonb, statements: readonly Statement[]): void {
  const entries = statements.flatMap((s) => s.entries.map((entry) => ({ entry, account: s.account })));
  sheet.same('entries', expected.operations.length, entries.length);
  expected.operations.forEach((operation, i) => {
    const found = entries[i];
    if (!found) return;
    sheet.same('amount', decimal(operation.amount), found.entry.amount);
    sheet.same('currency', operation.currency, found.entry.currency);
    sheet.same('bookedOn', day(operation.date_ddmmyy), found.entry.bookedOn);
    sheet.same('valueOn', day(operation.value_date_ddmmyy), found.entry.valueOn);
    sheet.same('account', operation.account, found.account?.slice(10));
    sheet.holds('text', operation.label, found.entry.text ?? '');
    if (operation.reference) sheet.same('reference', operation.reference, found.entry.reference);
  });
  const balances = (rows: readonly CfonbRow[], side: 'opening' | 'closing'): void => {
    const withBalance = statements.filter((s) => s[side] !== null);
    sheet.same(`${side} balances`, rows.length, withBalance.length);
    rows.forEach((row, i) => {
      const found = withBalance[i];
      sheet.same(side, decimal(row.amount), found?.[side]);
      sheet.same(`${side}On`, day(row.date_ddmmyy), found?.[`${side}On`]);
      if (side === 'opening') sheet.same('account', `${row.bank}${row.branch}${row.account}`, found?.account);
    });
  };
  balances(expected.old_balances, 'opening');
  balances(expected.new_balances, 'closing');
}

interface YamlAmount {
  amount: { amount: [string]; currency: string };
  date: [Uint8Array];
  status: string;
}

interface YamlMovement {
  amount: { amount: [string]; currency?: string };
  date: [Uint8Array];
  entry_date?: [Uint8Array];
  /** an object when it was an undated number */
  customer_reference?: unknown;
  bank_reference?: string | null;
  applicant_name?: string | null;
}

interface YamlMt940 {
  data: Partial<Record<'final_opening_balance' | 'final_closing_balance', YamlAmount>> & { account_identification?: string };
  transactions: { data: YamlMovement }[];
}

/** The day a Python date was pickled as: two bytes of year, then month and day. */
const pickled = ([bytes]: [Uint8Array]): string =>
  Temporal.PlainDate.from({ year: (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0), month: bytes[2] ?? 1, day: bytes[3] ?? 1 }).toString();

function compareMt940(sheet: Sheet, expected: YamlMt940, statements: readonly Statement[]): void {
  const entries = statements.flatMap((s) => s.entries);
  // The project merges all the messages of a file: its balances and account are those of the last one that has them.
  const last = (side: 'opening' | 'closing') => statements.findLast((s) => s[side] !== null);
  for (const [side, key] of [
    ['opening', 'final_opening_balance'],
    ['closing', 'final_closing_balance'],
  ] as const) {
    const balance = expected.data[key];
    if (!balance) continue;
    sheet.same(side, signed(balance.amount.amount[0], balance.status), last(side)?.[side]);
    sheet.same(`${side}On`, pickled(balance.date), last(side)?.[`${side}On`]);
    sheet.same('currency', balance.amount.currency, last(side)?.currency);
  }
  if (expected.data.account_identification)
    sheet.same('account', expected.data.account_identification, statements.at(-1)?.account);
  sheet.same('entries', expected.transactions.length, entries.length);
  expected.transactions.forEach(({ data }, i) => {
    const found = entries[i];
    if (!found) return;
    sheet.same('amount', decimal(data.amount.amount[0]), found.amount);
    sheet.same('valueOn', pickled(data.date), found.valueOn);
    if (data.entry_date) sheet.same('bookedOn', pickled(data.entry_date), found.bookedOn);
    if (data.bank_reference && data.bank_reference !== 'NONREF')
      sheet.same('bankReference', data.bank_reference, found.bankReference);
    const reference = typeof data.customer_reference === 'string' ? data.customer_reference.trim() : '';
    if (reference && reference !== 'NONREF' && found.reference !== null) sheet.holds('reference', reference, found.reference);
    if (data.applicant_name) sheet.same('name', data.applicant_name, found.name);
  });
}

interface Line {
  readonly file: string;
  readonly kind: string;
  readonly expected: unknown;
  readonly expected_by_source?: string;
}

async function compareOne(folder: string, line: Line): Promise<SampleResult> {
  const result = await readStatementFile(readFileSync(join(folder, line.file)), line.file);
  if (!result.ok) {
    const { code } = result.refusal;
    return {
      file: line.file,
      outcome: `refused: ${code}`,
      refusal: code,
      compared: 0,
      differences: [],
      warnings: [],
      statements: [],
    };
  }
  const { statements, format } = result.value;
  const sheet = new Sheet();
  if (line.kind === 'camt' && line.expected) compareCamt(sheet, line.expected as ExpectedCamt, statements);
  if (line.kind === 'cfonb') compareCfonb(sheet, line.expected as ExpectedCfonb, statements);
  if (line.kind === 'mt940' && line.expected_by_source) {
    const yaml: unknown = parse(readFileSync(join(folder, line.expected_by_source), 'utf8'), {
      logLevel: 'silent',
      customTags: ['binary'],
    });
    compareMt940(sheet, yaml as YamlMt940, statements);
  }
  const entries = statements.reduce((sum, s) => sum + s.entries.length, 0);
  return {
    file: line.file,
    outcome: `${format}, statements: ${statements.length}, entries: ${entries}`,
    refusal: null,
    compared: sheet.compared,
    differences: sheet.differences,
    warnings: statements.flatMap((s) => s.warnings.map((w) => w.code)),
    statements,
  };
}

/** Reads every sample that FOLDER/expected.jsonl names, in its order. */
export async function compareBankSamples(folder: string): Promise<SampleResult[]> {
  const results: SampleResult[] = [];
  for (const text of readFileSync(join(folder, 'expected.jsonl'), 'utf8').split('\n')) {
    if (text.trim() !== '') results.push(await compareOne(folder, JSON.parse(text) as Line));
  }
  return results;
}

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { STATEMENT_REFUSAL_CODES } from '#formats/bank/index.ts';
import { compareBankSamples, type Difference, type SampleResult } from './support/bank-corpus.ts';

const root = resolve(import.meta.dirname, '..');
const samples = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'data/bank');
const absent = existsSync(join(samples, 'expected.jsonl'))
  ? false
  : `NOT CHECKED: ${samples} is absent (set QUITUS_SHARED to the reference material)`;

/** Differences that were looked into one by one: the sample, the field, and who is right. Any other fails the test. */
const EXPLAINED: readonly { file: RegExp; fields: readonly string[]; why: string }[] = [
  {
    file: /camt052\.v6/,
    fields: ['name'],
    why: 'the entry is a debit, its only payment says credit: the other side is then its debtor, and the creditor is the owner of the account',
  },
  {
    file: /jejik__abnamro/,
    fields: ['opening', 'openingOn', 'closing', 'closingOn'],
    why: 'two messages: the project keeps the balances of the first (:60F:), the comparison takes the last (:60M:); each message is a statement here',
  },
  {
    file: /jejik__postfinance/,
    fields: ['opening', 'openingOn'],
    why: 'two pages: the project keeps the opening of the first one, each page is a statement here',
  },
  {
    file: /jejik__postfinance/,
    fields: ['reference'],
    why: 'the project lets the bank reference after // run into the customer reference',
  },
  { file: /jejik__rabobank/, fields: ['account'], why: 'the currency glued to the account number is taken apart' },
  {
    file: /raphaelm/,
    fields: ['closing', 'currency'],
    why: 'the closing balance has no currency: the project takes the first three digits of the amount for one',
  },
];

/** Why a sample must be refused. */
const INVALID: Readonly<Record<string, { code: string; why: string }>> = {
  'camt053.v2.wrong.xml': { code: 'no-statement', why: 'holds no Stmt' },
  'new_statement_without_previous_ended.txt': {
    code: 'broken-statement',
    why: 'a statement starts before the one before has ended',
  },
  'operation_out_of_statement.txt': { code: 'broken-statement', why: 'a movement before the old balance' },
  'operation_unstarted.txt': { code: 'broken-statement', why: 'complements of no movement' },
  'original_currency_no_header.csv': { code: 'table-no-header', why: 'no header: it is read with a mapping' },
  'betterplace__currency_in_25.sta': { code: 'no-statement', why: 'one field alone, neither balance nor movement' },
  'betterplace__empty_86.sta': { code: 'no-statement', why: 'one field alone, neither balance nor movement' },
  'cmxl__account_identification_legacy.sta': { code: 'no-statement', why: 'one field alone, neither balance nor movement' },
  'cmxl__available_balance.sta': { code: 'no-statement', why: 'one field alone, neither booked balance nor movement' },
  'cmxl__statement_number.sta': { code: 'no-statement', why: 'one field alone, neither balance nor movement' },
};

/** What the samples without expected values hold, read by eye: amounts in order, then opening and closing of each statement. */
const BY_EYE: Readonly<
  Record<string, { amounts: readonly string[]; balances: readonly (readonly [string | null, string | null])[] }>
> = {
  'test-camt053.zip': {
    amounts: ['-754.25', '-594.05', '1405.31', '-754.25', '-594.05', '1405.31'],
    balances: [
      ['15568.27', '15121.12'],
      ['15568.27', '15121.12'],
    ],
  },
  'balance.csv': { amounts: ['-33.50', '1533.50'], balances: [['10.00', '1510.00']] },
  'debit_credit.csv': { amounts: ['-33.50', '1533.50'], balances: [['10.00', '1510.00']] },
  'empty_statement_en.csv': { amounts: [], balances: [[null, null]] },
  'empty_statement_en.xlsx': { amounts: [], balances: [[null, null]] },
  'multi_currency.csv': {
    amounts: ['-33.50', '1525.00'],
    balances: [
      [null, null],
      [null, null],
    ],
  },
  'original_currency.csv': { amounts: ['1525.00'], balances: [[null, null]] },
  'sample_statement_credit_card_inverse_sign_en.csv': {
    amounts: ['33.50', '-1525.00'],
    balances: [
      [null, null],
      [null, null],
    ],
  },
  'sample_statement_en_empty_values.xlsx': { amounts: ['-579.68', '-544.00', '-1084.00'], balances: [['9705.75', '7498.07']] },
  'test_ofx.ofx': {
    amounts: ['-80.00', '-90.00', '-100.00', '-90.00'],
    balances: [
      [null, '2156.56'],
      [null, '-562.00'],
    ],
  },
  'test_ofx_iban.ofx': {
    amounts: ['-80.00', '-90.00', '-100.00', '-90.00'],
    balances: [
      [null, '2156.56'],
      [null, '-562.00'],
    ],
  },
  'test_qif.qif': { amounts: ['-1000.00', '-75.46', '-379.00', '-20.28', '-421.35'], balances: [[null, null]] },
};

/** Samples whose own figures do not add up, as their makers left them: the reader must say so, and of no other. */
const UNBALANCED = [
  'test-camt053.xml',
  'test-camt053.zip',
  'bank_statement.cfo',
  'jejik__abnamro.sta',
  'jejik__knab.sta',
  'jejik__postfinance.sta',
  'jejik__rabobank.sta',
  'jejik__triodos.sta',
  'mBank__with_newline_in_tnr.sta',
  'self-provided__malformed_details.sta',
  'self-provided__overly_long_details.sta',
  'self-provided__whitespace.sta',
];

const nameOf = (file: string): string => file.split('/').at(-1) ?? file;
const why = (file: string, { field }: Difference): string | undefined =>
  EXPLAINED.find((e) => e.file.test(file) && e.fields.includes(field))?.why;
const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

test('every bank sample is read as expected, or refused because it is invalid', { skip: absent }, async (t) => {
  const results = await compareBankSamples(samples);
  assert.equal(results.length, 70);
  let compared = 0;
  for (const result of results) {
    compared += result.compared;
    t.diagnostic(`${result.file}: ${result.outcome}${result.compared > 0 ? `, values compared: ${result.compared}` : ''}`);
    for (const d of result.differences) {
      t.diagnostic(
        `    differs: ${d.field}, expected ${cut(d.expected)}, read ${cut(d.read)} (${why(result.file, d) ?? 'NOT EXPLAINED'})`,
      );
    }
    const invalid = INVALID[nameOf(result.file)];
    if (invalid) t.diagnostic(`    refused because it is invalid: ${invalid.why}`);
    await t.test(result.file, () => checkSample(result));
  }
  t.diagnostic(`values compared: ${compared}`);
  assert.ok(compared > 850, `only ${compared} values compared`);
});

function checkSample(result: SampleResult): void {
  const name = nameOf(result.file);
  assert.equal(result.refusal, INVALID[name]?.code ?? null);
  assert.deepEqual(
    result.differences.filter((d) => why(result.file, d) === undefined),
    [],
  );
  assert.equal(result.warnings.includes('balance-mismatch'), UNBALANCED.includes(name), `balances of ${name}`);
  const seen = BY_EYE[name];
  if (seen) {
    assert.deepEqual(
      result.statements.flatMap((s) => s.entries.map((e) => e.amount)),
      seen.amounts,
    );
    assert.deepEqual(
      result.statements.map((s) => [s.opening, s.closing]),
      seen.balances,
    );
  }
  assert.ok(result.refusal || result.compared > 0 || seen, `${name} is checked against nothing`);
}

test('the documentation lists every refusal of a bank file, and no other', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Bank files')) ?? '';
  const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map((m) => m[1]);
  assert.deepEqual(documented.sort(), [...STATEMENT_REFUSAL_CODES].sort());
});

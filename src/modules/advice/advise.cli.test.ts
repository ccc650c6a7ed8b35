import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** The verb in a process of its own: it reads stdin and sets the exit code. */
const PROGRAM = `
import { Command } from 'commander';
import { registerAdvise } from '#modules/advice/advise.cli.ts';
const program = new Command('quitus');
registerAdvise(program);
await program.parseAsync(['node', 'quitus', ...process.argv.slice(1)]);
`;

const LF = Buffer.from('\n');
function run(args: readonly string[], input: string | Uint8Array = '') {
  const child = spawnSync(
    process.execPath,
    ['--import', './tools/tsx-hook.mjs', '--input-type=module', '-e', PROGRAM, '--', 'advise', ...args],
    { cwd: root, encoding: 'utf8', input, maxBuffer: 64 * 1024 * 1024 },
  );
  return { code: child.status, out: child.stdout, err: child.stderr };
}
const lines = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('one answer a line, in order; a malformed line has its own error and the others are answered', () => {
  const input = [
    '{"id":"a","amount":8000,"ageDays":75,"solvency":"good","evidence":2,"hist":{"emails":2,"calls":2,"med":true,"silent":5,"plan":"refused"}}',
    'not JSON',
    '{"amount":8000}',
    '{"amount":"8000","ageDays":3}',
    '{"amount":8000,"ageDays":3,"hist":{"signal":"maybe"}}',
    '{"amount":8000,"ageDays":3,"colour":"red"}',
    '{"amount":8000,"ageDays":3,"hist":{"emails":7}}',
    '{"amount":100.001,"ageDays":3}',
    '{"amount":8000,"ageDays":3,"params":{"hourlyRate":-1}}',
    '',
    '[]',
    '\ufeff{"id":"z","amount":5000,"ageDays":90,"solvency":"published","vat":"debits"}',
  ].join('\n');
  const { code, out } = run(['--json'], input);
  assert.equal(code, 0);
  const answers = lines(out);
  assert.equal(answers.length, 12);
  const [first, ...rest] = answers;
  assert.equal(first?.id, 'a');
  assert.equal(first?.best, 'IP');
  for (const key of [
    'best',
    'tie',
    'value',
    'q',
    'p10',
    'p50',
    'p90',
    'pPositive',
    'belief',
    'evpi',
    'course',
    'breakEven',
    'reasons',
    'blocked',
  ])
    assert.ok(first && key in first, key);
  const errors = rest.slice(0, -1).map((a) => a.error as { code: string; field: string; message: string });
  assert.deepEqual(
    errors.map((e) => e.field),
    ['', 'ageDays', 'amount', 'hist.signal', 'colour', 'hist.emails', 'amount', 'hourlyRate', '', ''],
  );
  for (const error of errors) assert.match(error.message, /\.$/);
  assert.equal(rest.at(-1)?.best, 'DECLARE');
});

test('whatever a line holds, it gets one answer that says what is wrong, and the next line its own', () => {
  const good = Buffer.from('{"amount":8000,"ageDays":75,"hist":{"emails":1,"calls":1,"med":true,"silent":3}}');
  const bad: readonly (readonly [line: string | Uint8Array, field: string, says: RegExp])[] = [
    ['', '', /vide/],
    [Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]), '', /UTF-8/],
    ['['.repeat(100_000), '', /objet JSON/],
    ['x'.repeat(9 * 1024 * 1024), '', /trop longue/],
    ['{"amount":NaN,"ageDays":3}', '', /objet JSON/],
    ['{"amount":1e400,"ageDays":3}', 'amount', /nombre/],
    ['{"amount":1e300,"ageDays":3}', 'amount', /montant/],
    ['{"amount":-5,"ageDays":3}', 'amount', /positif/],
    ['{"amount":8000,"ageDays":1e9}', 'ageDays', /36\u202f500/],
    ['{"amount":8000,"ageDays":-1e15}', 'ageDays', /36\u202f500/],
    ['{"amount":8000,"ageDays":3,"evidence":3}', 'evidence', /0, 1, 2/],
    ['{"amount":8000,"ageDays":3,"hourlyRate":1e300}', 'hourlyRate', /million/],
    ['{"amount":8000,"ageDays":3,"hist":null}', 'hist', /objet JSON/],
  ];
  const { code, out } = run(['--json'], Buffer.concat(bad.flatMap(([line]) => [Buffer.from(line), LF, good, LF])));
  assert.equal(code, 0);
  const answers = lines(out);
  assert.equal(answers.length, 2 * bad.length);
  for (const [i, [, field, says]] of bad.entries()) {
    const { error, line } = answers[2 * i] as { error: { field: string; message: string }; line: number };
    assert.equal(error.field, field, `line ${line}`);
    assert.match(error.message, says);
    assert.equal(line, 2 * i + 1);
    assert.ok('best' in (answers[2 * i + 1] ?? {}), `after line ${line}`);
  }
});

test('only a line feed ends a line: other separators may stand in a text', () => {
  const { out } = run(['--json'], '{"id":"a\u2028b","amount":8000,"ageDays":75,"hist":{"ip":"title"}}\r\n');
  assert.deepEqual(
    lines(out).map(({ id, best }) => [id, best]),
    [['a\u2028b', 'ENFORCE']],
  );
});

test('dates and qualities are asked of the law: limitation by the calendar, courts by the parties', () => {
  const old = { amount: 10000, ageDays: 1790, hist: { emails: 2, calls: 2, med: true, silent: 5, plan: 'refused' } };
  const input = [
    old,
    { ...old, asOf: '2026-11-21', performedOn: '2021-11-20' },
    { ...old, ageDays: 80, amount: 3000, creditor: 'company', debtor: 'company' },
  ]
    .map((claim) => JSON.stringify(claim))
    .join('\n');
  const [near, barred, traders] = lines(run(['--json'], input).out) as Record<string, never>[];
  const rule = (answer: Record<string, unknown> | undefined, action: string) =>
    (answer?.blocked as { action: string; rule: string }[]).find((b) => b.action === action)?.rule;
  assert.equal(rule(near, 'IP'), 'limitation');
  assert.equal(rule(near, 'REFERE'), undefined);
  assert.equal(rule(barred, 'REFERE'), 'limitation');
  assert.equal(rule(traders, 'PSR'), 'procedure-options');
});

test('for a person: the reasons, a table, what is closed; from options or from a file', () => {
  const flags = [
    '--amount',
    '8000',
    '--age',
    '75',
    '--solvency',
    'good',
    '--evidence',
    '2',
    '--emails',
    '2',
    '--calls',
    '2',
    '--notice',
    '--silent',
    '5',
    '--plan',
    'refused',
  ];
  const { code, out } = run(flags);
  assert.equal(code, 0);
  assert.match(
    out,
    /^Injonction de payer\u202f: 4\u202f788\u00a0€ nets attendus, contre 4\u202f718\u00a0€ avec une société de recouvrement\u202f;/,
  );
  assert.match(out, /→ Injonction de payer +4\u202f788/);
  assert.match(out, /Étapes fermées/);
  const folder = mkdtempSync(join(tmpdir(), 'quitus-advise-'));
  try {
    const path = join(folder, 'claim.json');
    writeFileSync(
      path,
      '{"amount":8000,"ageDays":75,"solvency":"good","evidence":2,"hist":{"emails":2,"calls":2,"med":true,"silent":5,"plan":"refused"}}',
    );
    assert.equal(run(['--file', path]).out, out);
    const missing = run(['--file', join(folder, 'none.json')]);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /ne se lit pas/);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const wrong = run(['--amount', 'beaucoup', '--age', '3']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /^--amount\u202f: «\u00a0beaucoup\u00a0» ne convient pas, il faut un nombre/);
  assert.match(run(['--age', '3']).err, /^--amount\u202f: il faut un nombre/);
  assert.match(
    run(['--amount', '10', '--age', '3', '--plan', 'x']).err,
    /^--plan\u202f: «\u00a0x\u00a0» ne convient pas, il faut/,
  );
  assert.match(run(['--amount', '10', '--age', '3', '--hourly-rate', '-1']).err, /^--hourly-rate\u202f: /);
  assert.equal(run([]).code, 2);
});

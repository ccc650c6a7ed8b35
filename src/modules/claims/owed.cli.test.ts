import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const PROGRAM = `
import { Command } from 'commander';
import { registerOwed } from '#modules/claims/owed.cli.ts';
const program = new Command('quitus');
registerOwed(program, { today: () => Temporal.PlainDate.from('2026-11-21') });
await program.parseAsync(['node', 'quitus', 'owed', ...process.argv.slice(1)]);
`;

function owed(...args: readonly string[]) {
  const child = spawnSync(
    process.execPath,
    ['--import', './tools/tsx-hook.mjs', '--input-type=module', '-e', PROGRAM, '--', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return { code: child.status, out: child.stdout, err: child.stderr };
}
const INVOICE = ['--amount', '4800.00', '--due', '2026-03-31', '--debtor', 'business'] as const;

test('the account of an invoice, for programs', () => {
  const { code, out } = owed(...INVOICE, '--as-of', '2026-11-21', '--paid', '2026-08-01:1000.00', '--json');
  assert.equal(code, 0);
  const answer = JSON.parse(out) as Record<string, unknown>;
  assert.deepEqual(
    [answer.principal, answer.interest, answer.indemnity, answer.total],
    ['3997.58', '152.11', '40.00', '4189.69'],
  );
  const rows = (
    answer.lines as { from: string; to: string; days: number; ratePercent: string; base: string; amount: string }[]
  ).map((l) => [l.from, l.to, l.days, l.ratePercent, l.base, l.amount].join(' '));
  assert.deepEqual(rows, [
    '2026-04-01 2026-06-30 91 12.15 4800.00 145.40',
    '2026-07-01 2026-08-01 32 12.40 4800.00 52.18',
    '2026-08-02 2026-11-21 112 12.40 3997.58 152.11',
  ]);
  assert.deepEqual(answer.clauseFloor, { highestPercent: '8.25', contractBelowFloor: false });
});

test('the same for people, aligned, today when no day is given', () => {
  const { code, out } = owed(...INVOICE);
  assert.equal(code, 0);
  assert.match(out, /Décompte au 21.novembre.2026/u);
  assert.match(out, /Total dû .*5.220,22.€/u);
});

test('contract rate, notice, credit note, order, insolvency', () => {
  const total = (...args: readonly string[]): string =>
    (JSON.parse(owed(...args, '--as-of', '2026-11-21', '--json').out) as { total: string }).total;
  assert.equal(total(...INVOICE, '--rate', '8.5'), '5102.68');
  assert.equal(total('--amount', '1500', '--due', '2025-12-31', '--debtor', 'consumer', '--notice', '2026-02-16'), '1530.70');
  assert.equal(total(...INVOICE, '--credit', '2026-04-15:4800.00'), '0.00');
  assert.equal(total('--amount', '9000', '--due', '2026-08-31', '--debtor', 'business', '--insolvency', '2026-10-05'), '9147.01');
});

test('bad input names its option and leaves with a code that is not zero', () => {
  for (const [args, said] of [
    [['--amount', '4 800', '--due', '2026-03-31', '--debtor', 'business'], /--amount/],
    [['--amount', '-1', '--due', '2026-03-31', '--debtor', 'business'], /--amount/],
    [['--amount', '1', '--due', '2026-02-30', '--debtor', 'business'], /--due/],
    [['--amount', '1', '--due', '2026-03-31', '--debtor', 'ami'], /--debtor/],
    [[...INVOICE, '--paid', '2026-08-01'], /--paid/],
    [[...INVOICE, '--rate', '120'], /--rate/],
    [[...INVOICE, '--as-of', '2027-03-01'], /31.décembre.2026/u],
  ] as const) {
    const wrong = owed(...args);
    assert.notEqual(wrong.code, 0, args.join(' '));
    assert.match(wrong.err, said);
  }
});

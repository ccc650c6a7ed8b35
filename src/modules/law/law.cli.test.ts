import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** The two verbs of this test, in a process of their own: they read stdin and set the exit code. */
const PROGRAM = `
import { Command } from 'commander';
import { registerLaw } from '#modules/law/law.cli.ts';
const program = new Command('quitus');
registerLaw(program, { today: () => Temporal.PlainDate.from('2026-11-21') });
await program.parseAsync(['node', 'quitus', ...process.argv.slice(1)]);
`;

function law(
  args: readonly string[],
  input?: string,
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const child = spawnSync(
    process.execPath,
    ['--import', './tools/tsx-hook.mjs', '--input-type=module', '-e', PROGRAM, '--', 'law', ...args],
    {
      cwd: root,
      encoding: 'utf8',
      input: input ?? '',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return { code: child.status, out: child.stdout, err: child.stderr };
}
const lines = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const CLAIM = {
  debtor: 'business',
  amount: '10000.00',
  dueOn: '2026-04-30',
  asOf: '2026-08-31',
  rate: null,
  noticeOn: null,
  payments: [],
};

test('one answer a line, in order; a malformed line has its own error and the others are answered', () => {
  const input = [
    '\ufeff{"from":"2026-03-02","days":15,"months":null,"zone":"metropole"}',
    'not json',
    '{"from":"2026-02-30","days":1,"zone":"metropole"}',
    '',
    '{"from":"2026-03-02","zone":"metropole"}',
    '{"from":"2026-01-31","days":null,"months":1,"zone":"reunion"}',
  ];
  const { code, out } = law(['ask', 'deadline'], `${input.join('\r\n')}\n`);
  assert.equal(code, 0);
  const answers = lines(out);
  assert.deepEqual(
    answers.map((a) => a.status ?? (a.error as { code: string }).code),
    ['computed', 'law.facts-malformed', 'law.facts-malformed', 'missing', 'computed'],
  );
  assert.deepEqual(answers[0]?.value, { raw: '2026-03-17', shifted: '2026-03-17' });
  assert.deepEqual(answers[4]?.value, { raw: '2026-02-28', shifted: '2026-03-02' });
});

test('a thousand questions in less than two seconds', () => {
  const input = Array.from({ length: 1000 }, (_, i) =>
    JSON.stringify({ ...CLAIM, amount: `${i + 1}.37`, payments: [{ on: '2026-07-15', amount: '10.00' }] }),
  );
  const start = performance.now();
  const { out } = law(['ask', 'late-interest'], input.join('\n'));
  const took = performance.now() - start;
  assert.equal(lines(out).length, 1000);
  assert.ok(took < 2000, `${took.toFixed(0)} ms`);
});

test('a person asks with options and reads French; wrong options say so on stderr', () => {
  const asked = law([
    'ask',
    'late-interest',
    '--debtor',
    'business',
    '--amount',
    '10000.00',
    '--due-on',
    '2026-04-30',
    '--as-of=2026-08-31',
  ]);
  assert.equal(asked.code, 0);
  assert.match(asked.out, /"total": "10453.68"/);
  assert.match(asked.out, /C\. com\., art\. L441-10, II/u);
  const json = law(['ask', 'advance-payment', '--paid', '300.00', '--consumer', '--json']);
  assert.equal(lines(json.out)[0]?.status, 'computed');
  for (const [args, said] of [
    [['ask', 'no-such-rule'], /no-such-rule/],
    [['ask', 'late-interest', '--nonsense', '1'], /--nonsense/],
    [['ask', 'late-interest', '--amount'], /--amount/],
    [['ask', 'late-interest', '--payments', '[oops'], /--payments/],
    [
      ['ask', 'late-interest', '--debtor', 'business', '--amount', '4 800', '--due-on', '2026-04-30', '--as-of', '2026-08-31'],
      /amount/,
    ],
    [['status', '--as-of', 'demain'], /--as-of/],
    [['rules', 'no-such-rule'], /no-such-rule/],
  ] as const) {
    const wrong = law(args);
    assert.equal(wrong.code, 2, args.join(' '));
    assert.match(wrong.err, said);
    assert.equal(wrong.out, '');
  }
});

test('an answer that is no value leaves with code 1', () => {
  const unknown = law(['ask', 'default-rate', '--debtor', 'business', '--on', '2027-02-01']);
  assert.equal(unknown.code, 1);
  assert.match(unknown.out, /31.décembre.2026/u);
});

test('rules and status for programs', () => {
  const [all] = JSON.parse(`[${law(['rules', '--json']).out}]`) as {
    name: string;
    inputs: Record<string, { type: string; meaning: string }>;
    articles: { link: string }[];
  }[][];
  const late = all?.find((rule) => rule.name === 'late-interest');
  assert.deepEqual([late?.inputs.amount?.type, late?.inputs.payments?.type], ['amount', 'list']);
  assert.match(late?.articles[0]?.link ?? '', /^https:/);
  const status = lines(law(['status', '--json']).out)[0] as {
    expiries: { id: string; daysLeft: number }[];
    openQuestions: unknown[];
  };
  assert.deepEqual(status.expiries[0], {
    id: 'semester-reference',
    title: 'Taux de la BCE au premier jour du semestre',
    knownUntil: '2026-12-31',
    daysLeft: 40,
  });
  assert.ok(status.openQuestions.length > 10);
});

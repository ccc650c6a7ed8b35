import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Command } from 'commander';
import { extractText } from 'unpdf';
import { day } from '#core/kernel/day.ts';
import { closePdf } from '#platform/pdf/pdf.ts';
import { registerLetter } from './letter.cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'quitus letter '));
after(() => {
  closePdf();
  rmSync(folder, { recursive: true });
});

const FACTS = {
  creditor: {
    name: 'Atelier des Brumes',
    legalForm: 'SARL',
    capital: '8000.00',
    siren: '900000001',
    register: 'RCS Nantes',
    address: { lines: ['14 quai des Tanneurs'], postcode: '44000', city: 'Nantes' },
    iban: 'FR7630006000011234567890189',
    signatory: { name: 'Camille Moreau', title: 'gérante' },
  },
  debtor: {
    kind: 'business',
    name: 'Brasserie du Vieux Port',
    siren: '900000019',
    address: { lines: ['27 boulevard de la Liberté'], postcode: '13001', city: 'Marseille' },
  },
  invoices: [
    {
      number: 'F-2026-031',
      issuedOn: '2026-03-01',
      dueOn: '2026-03-31',
      amount: '4800.00',
      payments: [{ on: '2026-08-01', amount: '1000.00' }],
    },
  ],
  reference: 'D-2026-0007',
  deadline: '2026-12-04',
};

/** Runs the verb as the command line does, in this process: what it printed and its exit code. */
async function run(args: readonly string[], facts: object | string = FACTS) {
  const file = join(folder, 'facts.json');
  writeFileSync(file, typeof facts === 'string' ? facts : JSON.stringify(facts));
  const printed: string[] = [];
  const complained: string[] = [];
  const { log, error } = console;
  console.log = (text: string) => printed.push(text);
  console.error = (text: string) => complained.push(text);
  process.exitCode = undefined;
  const program = new Command('quitus').exitOverride().configureOutput({ writeErr: (text) => complained.push(text) });
  registerLetter(program, {
    today: () => day('2026-11-21'),
    open: () => Promise.reject(new Error('no store in these tests')),
  });
  for (const command of program.commands.flatMap((c) => [c, ...c.commands]))
    command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync(['node', 'quitus', 'letter', 'formal-notice', '--facts', file, ...args]);
    return { code: process.exitCode ?? 0, out: printed.join('\n'), err: complained.join('\n') };
  } catch (failure) {
    return { code: (failure as { exitCode?: number }).exitCode, out: printed.join('\n'), err: complained.join('\n') };
  } finally {
    Object.assign(console, { log, error });
    process.exitCode = undefined;
  }
}

test('a notice is written from a file of facts, its amounts computed by law', async () => {
  const out = join(folder, 'notice.pdf');
  const { code, out: said } = await run(['--out', out]);
  assert.equal(code, 0);
  assert.match(said, /Mise en demeure écrite/);
  const { text } = await extractText(new Uint8Array(readFileSync(out)), { mergePages: true });
  const plain = text.replace(/[\s\u00a0\u202f]+/g, ' ');
  // 145,40 € until 30 June and 52,18 € until 1 August are paid first; 3 997,58 € of principal remain, and 152,11 € since.
  for (const word of ['F-2026-031', '3 997,58 €', '152,11 €', '40,00 €', '4 189,69 €', 'FR76 3000 6000 0112 3456 7890 189']) {
    assert.ok(plain.includes(word), word);
  }
});

test('the model of the letter comes as JSON, without a PDF', async () => {
  const { code, out } = await run(['--model', '--deadline', '2026-12-10']);
  assert.equal(code, 0);
  const model = JSON.parse(out);
  assert.equal(model.kind, 'formal-notice');
  assert.equal(model.deadline, '2026-12-10');
  assert.match(model.payment.epc, /^BCD\n002\n1\nSCT\n\nAtelier des Brumes\nFR7630006000011234567890189\nEUR4189\.69\n/);
});

test('what is missing is listed with its key in the file', async () => {
  const { iban: _iban, ...creditor } = FACTS.creditor;
  const { deadline: _deadline, ...undated } = FACTS;
  const answer = await run(['--model', '--json'], { ...undated, creditor });
  assert.equal(answer.code, 1);
  assert.deepEqual(
    JSON.parse(answer.out).facts.map((fact: { key: string }) => fact.key),
    ['creditor.iban', 'deadline'],
  );
  assert.match(answer.err, /Il manque[\s\S]*IBAN[\s\S]*\(creditor\.iban\)/);
});

test('a misspelt or wrong field is told in French, with its place', async () => {
  const { code, err } = await run(['--model'], {
    ...FACTS,
    creditor: { ...FACTS.creditor, nom: 'x' },
    invoices: [{ number: '1', dueOn: '2026-02-31', amount: 12 }],
  });
  assert.equal(code, 1);
  assert.match(err, /creditor.*"nom"/);
  assert.match(err, /invoices\.0\.dueOn.*2026-02-31/);
  assert.match(err, /invoices\.0\.amount/);
});

test('files that are not JSON, not there, not writable, not pictures: a message and exit 1', async () => {
  assert.match((await run(['--model'], '{')).err, /n’est pas du JSON/);
  assert.match(
    (await run(['--model', '--facts', join(folder, 'nowhere.json')])).err,
    /nowhere\.json ne peut pas être lu \(ENOENT\)/,
  );
  const unwritable = await run(['--out', join(folder, 'no', 'such', 'folder.pdf')]);
  assert.equal(unwritable.code, 1);
  assert.match(unwritable.err, /ne peut pas être écrit \(ENOENT\)/);
  assert.match(
    (await run(['--out', join(folder, 'x.pdf'), '--logo', join(folder, 'none.png')])).err,
    /none\.png ne peut pas être lu/,
  );
});

test('an invoice that is not late is refused with its code', async () => {
  const answer = await run(['--model', '--json'], {
    ...FACTS,
    invoices: [{ number: '1', dueOn: '2026-12-31', amount: '10.00' }],
  });
  assert.equal(answer.code, 1);
  assert.equal(JSON.parse(answer.out).code, 'letter.not-due');
});

test('a rate that the law data do not know yet is said so', async () => {
  const answer = await run(['--model', '--json', '--date', '2031-01-05', '--deadline', '2031-01-20']);
  assert.equal(answer.code, 1);
  assert.equal(JSON.parse(answer.out).code, 'facts.not-computable');
});

test('wrong options leave with exit 2', async () => {
  const nothing = await run([]);
  assert.equal(nothing.code, 2);
  assert.match(nothing.err, /--out/);
  assert.match((await run(['--model', '--deadline', 'demain'])).err, /demain.*n’est pas un jour/);
});

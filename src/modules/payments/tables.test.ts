import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aCase, done } from '../../../test/support/cases.ts';
import { assertSound, drop, IBAN, lines, PORT, see, setUp, TWO } from '../../../test/support/money-in.ts';
import { dropStatements } from './dropping.ts';
import { matchPending, receiveStatement } from './index.ts';
import { previewTable, takeTable } from './tables.ts';

const file = (text: string, name = 'export.csv') => new File([text], name);
const UNKNOWN = `Quand;Qui;Quoi;Combien
16/11/2026;${PORT};VIR FACTURE F-2026-101;1000,00
17/11/2026;EDF;PRLV;-80,10
`;
/** What the page sends: a rank for each column, nothing for the others. */
const ANSWERS = { booked: '1', name: '2', text: '3', amount: '4', debit: '', credit: '', value: '', header: '1' };

describe('a table whose columns are not known', () => {
  test('is kept, guessed at, taken as answered, and the next one of the bank needs no answer', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const dropped = await dropStatements(deps, tenantId, [file(UNKNOWN)], undefined);
    const [sha256 = '', ...more] = dropped.tables;
    assert.deepEqual([dropped.files, more.length, dropped.refusals[0]?.code], [0, 0, 'table-no-header']);
    const guessed = await previewTable(deps, tenantId, sha256, {});
    assert.ok(guessed?.read.ok);
    assert.deepEqual([guessed.answers.header, guessed.answers.ranks.booked, guessed.answers.ranks.amount], [0, 1, 4]);
    assert.equal((await lines(deps, tenantId)).length, 0, 'a preview adds nothing');
    done(await takeTable(deps, tenantId, sha256, ANSWERS));
    assert.deepEqual(
      (await lines(deps, tenantId)).map((l) => [l.bookedOn.toString(), l.name, l.amountCents]),
      [
        ['2026-11-17', 'EDF', -8010n],
        ['2026-11-16', PORT, 100_000n],
      ],
    );
    await matchPending(deps, tenantId);
    assert.equal((await see(deps, tenantId, caseId)).balances['F-2026-101'], 0n);
    const next = UNKNOWN.replaceAll('/11/', '/10/').replace('Quoi', 'QUOI ');
    assert.deepEqual((await dropStatements(deps, tenantId, [file(next)], undefined)).tables, []);
    assert.equal((await lines(deps, tenantId)).length, 4);
    await assertSound(deps, tenantId);
  });

  test('says what is wrong with the answers, and takes nothing meanwhile', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const [sha256 = ''] = (await dropStatements(deps, tenantId, [file(UNKNOWN)], undefined)).tables;
    const refused = async (typed: object) => {
      const taken = await takeTable(deps, tenantId, sha256, { ...ANSWERS, ...typed });
      return taken.ok ? 'taken' : taken.refusal.code;
    };
    assert.equal(await refused({ text: '4' }), 'bank.column-twice');
    assert.equal(await refused({ amount: '' }), 'table-missing-columns');
    assert.equal(await refused({ booked: '2', name: '' }), 'bad-value');
    assert.equal(await refused({ amount: '9' }), 'table-unknown-column');
    const foreign = await takeTable(deps, tenantId, 'f'.repeat(64), ANSWERS);
    assert.ok(!foreign.ok && foreign.refusal.code === 'bank.unknown-table');
    assert.equal((await lines(deps, tenantId)).length, 0);
  });

  test('asks whose it is as soon as there is an account, and may open another', async (t) => {
    const { deps, tenantId } = await setUp(t);
    await drop(deps, tenantId, [{ on: '2026-11-16', amount: '5.00', text: 'X', iban: IBAN }]);
    const [sha256 = ''] = (await dropStatements(deps, tenantId, [file(UNKNOWN)], undefined)).tables;
    const silent = await takeTable(deps, tenantId, sha256, ANSWERS);
    assert.ok(!silent.ok && silent.refusal.code === 'bank.which-account');
    const taken = done(
      await takeTable(deps, tenantId, sha256, { ...ANSWERS, whose: 'nouveau', whoseNumber: 'Livret de la boutique' }),
    );
    assert.equal(taken.statements[0]?.accountName, 'Livret de la boutique');
    assert.equal(new Set((await lines(deps, tenantId)).map((l) => l.accountId)).size, 2);
  });

  test('without names only proposes what was answered before; the account a file names is its account', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const bare = '16/11/2026;VIR A;-12,00\n17/11/2026;VIR B;30,00\n';
    const [sha256 = ''] = (await dropStatements(deps, tenantId, [file(bare)], undefined)).tables;
    const answers = { booked: '1', text: '2', amount: '3', header: '0', invertSign: 'oui' };
    done(await takeTable(deps, tenantId, sha256, answers));
    assert.deepEqual(
      (await lines(deps, tenantId)).map((l) => l.amountCents),
      [-3000n, 1200n],
    );
    const other = bare.replaceAll('/11/', '/10/');
    const [again = ''] = (await dropStatements(deps, tenantId, [file(other)], undefined)).tables;
    const preview = await previewTable(deps, tenantId, again, {});
    assert.deepEqual([preview?.recalled, preview?.answers.invertSign, preview?.answers.ranks.amount], [true, true, 3]);
    const [first] = await lines(deps, tenantId);
    const named = file('Date;Libellé;Montant;Compte\n18/11/2026;C;1,00;AUTRE1234\n');
    const bytes = new Uint8Array(await named.arrayBuffer());
    const received = await receiveStatement(deps, tenantId, { name: 'c.csv', bytes }, { accountId: first?.accountId ?? '' });
    assert.notEqual(done(received).statements[0]?.accountId, first?.accountId);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { viewCase } from '#modules/cases/index.ts';
import { bankCsv } from '../../../test/support/bank.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { assertSound, camt, drop, IBAN, lines, PORT, see, setUp, TODAY, TWO } from '../../../test/support/money-in.ts';
import {
  applyMatch,
  declareComplete,
  freshness,
  ignoreLine,
  listAliases,
  matchPending,
  placeLine,
  receiveStatement,
  rejectMatch,
  undoMatch,
} from './index.ts';

describe('a bank statement', () => {
  test('read twice, or overlapping, or in another format, adds a movement once', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const first = [
      { on: '2026-11-16', amount: '120.00', name: 'ALPHA SARL', text: 'FACT 1' },
      { on: '2026-11-17', amount: '50.00', name: 'BETA', text: 'ABONNEMENT' },
      { on: '2026-11-17', amount: '50.00', name: 'BETA', text: 'ABONNEMENT' },
      { on: '2026-11-18', amount: '-9.90', name: 'BANQUE', text: 'FRAIS' },
    ];
    const received = done(await receiveStatement(deps, tenantId, camt(first, '2026-11-16', '2026-11-18')));
    assert.deepEqual(
      received.statements.map((s) => [s.lines, s.added]),
      [[4, 4]],
    );
    const again = done(await receiveStatement(deps, tenantId, camt(first, '2026-11-16', '2026-11-18')));
    assert.ok(again.again);
    const more = [...first.slice(1), { on: '2026-11-18', amount: '50.00', name: 'BETA', text: 'ABONNEMENT' }];
    const overlapping = done(await receiveStatement(deps, tenantId, camt(more, '2026-11-17', '2026-11-20')));
    assert.deepEqual(
      overlapping.statements.map((s) => [s.lines, s.added]),
      [[4, 1]],
    );
    const csv = bankCsv([...first, { on: '2026-11-20', amount: '7.00', name: 'GAMMA', text: 'X' }]);
    const [account] = (await lines(deps, tenantId)).map((line) => line.accountId);
    const other = done(await receiveStatement(deps, tenantId, { name: 'export.csv', bytes: csv }, { accountId: account ?? '' }));
    assert.deepEqual(
      other.statements.map((s) => [s.lines, s.added]),
      [[5, 1]],
    );
    assert.equal((await lines(deps, tenantId)).length, 6);
  });

  test('says until when the account is complete; a hole stops it until it is filled', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const fresh = () => deps.db.tenant(tenantId, (tx) => freshness(tx, tenantId, day(TODAY)));
    assert.equal((await fresh()).status, 'no-account');
    await drop(deps, tenantId, [], '2026-11-02', '2026-11-06');
    // a week-end, then a whole week missing (the 11th is a holiday, the others are not)
    await drop(deps, tenantId, [], '2026-11-16', '2026-11-20');
    let seen = await fresh();
    assert.equal(seen.accounts[0]?.completeUntil?.toString(), '2026-11-06');
    assert.deepEqual(
      [seen.status, seen.accounts[0]?.gaps.map((g) => `${g.from}/${g.until}`)],
      ['stale', ['2026-11-07/2026-11-15']],
    );
    assert.match(seen.reason ?? '', /il manque du 7/);
    const id = seen.accounts[0]?.accountId ?? '';
    done(await declareComplete(deps, tenantId, id, { from: day('2026-11-07'), until: day('2026-11-15') }));
    seen = await fresh();
    assert.deepEqual([seen.status, seen.accounts[0]?.completeUntil?.toString()], ['fresh', '2026-11-20']);
    const tomorrow = await declareComplete(deps, tenantId, id, { from: day(TODAY), until: day('2026-11-22') });
    assert.ok(!tomorrow.ok && tomorrow.refusal.code === 'bank.future');
  });

  test('of an unreadable or foreign file is refused, and nothing is kept', async (t) => {
    const { deps, tenantId } = await setUp(t);
    for (const text of [
      '',
      'bonjour',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Document/>',
      `%PDF-1.4\n${'x'.repeat(200)}`,
    ]) {
      const refused = await receiveStatement(deps, tenantId, { name: 'x.xml', bytes: Buffer.from(text) });
      assert.ok(!refused.ok, text);
    }
    const { rows } = await deps.db.tenant(tenantId, (tx) =>
      sql`select from files union all select from bank_accounts`.execute(tx),
    );
    assert.equal(rows.length, 0);
  });
});

describe('matching', () => {
  test('what is certain is applied and closes the case; what is not is proposed, and holds the case meanwhile', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const sure = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const lake = await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [{ number: 'F-2026-200', issuedOn: '2026-09-01', dueOn: '2026-09-30', amount: '840.00' }],
    });
    const { matched } = await drop(deps, tenantId, [
      { on: '2026-11-18', amount: '500.00', name: PORT, iban: IBAN, text: 'VIR FACTURE F-2026-102' },
      { on: '2026-11-19', amount: '300.00', name: 'CINEMA DU LAC', text: 'ACOMPTE' },
      { on: '2026-11-19', amount: '77.00', name: 'INCONNU', text: 'DIVERS' },
      { on: '2026-11-19', amount: '-42.00', name: 'ASSURANCE', text: 'PRIME' },
    ]);
    assert.deepEqual(
      [matched.applied, matched.proposed + matched.unmatched, matched.setAside, matched.closedCases],
      [1, 2, 1, [sure]],
    );
    assert.equal((await see(deps, tenantId, sure)).stage, 'closed');
    assert.equal((await see(deps, tenantId, lake)).stage, 'money-to-place', 'nothing leaves while money of this payer waits');
    await assertSound(deps, tenantId);

    const [waiting] = await lines(deps, tenantId, 'waiting');
    assert.equal(waiting?.payer?.name, 'Cinéma du Lac');
    const [best] = waiting.readings;
    assert.ok(best && best.evidence.length > 0);
    const decided = done(await applyMatch(deps, tenantId, best.matchId));
    assert.ok(decided.paymentId);
    const after = await see(deps, tenantId, lake);
    assert.deepEqual([after.stage, after.balances['F-2026-200']], ['overdue', 54_000n]);
    const twice = await applyMatch(deps, tenantId, best.matchId);
    assert.ok(!twice.ok && twice.refusal.code === 'match.decided');
    const aliases = await deps.db.tenant(tenantId, (tx) => listAliases(tx, tenantId));
    assert.deepEqual(
      aliases.map((a) => [a.kind, a.partyName, a.confirmed]),
      [['name', 'Cinéma du Lac', 1]],
    );

    done(await undoMatch(deps, tenantId, best.matchId, 'erreur'));
    const undone = await see(deps, tenantId, lake);
    assert.deepEqual([undone.stage, undone.balances['F-2026-200']], ['money-to-place', 84_000n]);
    await matchPending(deps, tenantId);
    const still = (await lines(deps, tenantId, 'waiting')).find((line) => line.id === waiting.id);
    assert.ok(
      !still?.readings.some((r) => r.parts.some((p) => p.number === 'F-2026-200')),
      'what was undone is not offered again',
    );
    done(await ignoreLine(deps, tenantId, waiting.id, 'autre contrat'));
    assert.equal((await see(deps, tenantId, lake)).stage, 'overdue');
    await assertSound(deps, tenantId);
  });

  test('a payment of an invoice of another company of the user is said so, and pays nothing here', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const other = await aCompany(deps, { name: 'Atelier du Quai' });
    await aCase(deps, other, {
      invoices: [{ number: 'AQ-2026-031', issuedOn: '2026-09-01', dueOn: '2026-09-30', amount: '500.00' }],
    });
    const { matched } = await drop(deps, tenantId, [
      { on: '2026-11-18', amount: '500.00', name: PORT, text: 'VIR FACTURE AQ-2026-031' },
    ]);
    assert.deepEqual([matched.applied, matched.proposed], [0, 1]);
    const [waiting] = await lines(deps, tenantId, 'waiting');
    const [reading] = waiting?.readings ?? [];
    assert.equal(reading?.kind, 'wrong-entity');
    assert.match(reading.evidence[0]?.says ?? '', /AQ-2026-031, émise par Atelier du Quai/);
    assert.equal((await see(deps, tenantId, caseId)).balances['F-2026-102'], 50_000n);
    await assertSound(deps, tenantId);
  });

  test('principal, interest and the 40 € in one transfer settle the case to the cent', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(0, 1) });
    const on = day('2026-11-18');
    const due = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today(), on));
    assert.ok(due?.statement.status === 'computed');
    const cents = due.statement.value.total.cents;
    const { matched } = await drop(deps, tenantId, [
      {
        on: '2026-11-18',
        amount: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
        name: PORT,
        iban: IBAN,
        text: 'F-2026-101 ET PENALITES',
      },
    ]);
    if (matched.applied === 0) {
      const [line] = await lines(deps, tenantId, 'waiting');
      done(await applyMatch(deps, tenantId, line?.readings[0]?.matchId ?? ''));
    }
    const { stage, total } = await see(deps, tenantId, caseId);
    assert.deepEqual([stage, total], ['closed', 0n]);
    await assertSound(deps, tenantId);
  });

  test('a line nobody can read is placed by hand, and teaches who pays', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    await drop(deps, tenantId, [{ on: '2026-11-18', amount: '321.00', name: 'HOLDING ZED', iban: IBAN, text: 'SOLDE' }]);
    const [line] = await lines(deps, tenantId, 'waiting');
    assert.ok(line);
    const { ids } = await see(deps, tenantId, caseId);
    const none = await placeLine(deps, tenantId, line.id, []);
    assert.ok(!none.ok && none.refusal.code === 'match.no-invoice');
    done(await placeLine(deps, tenantId, line.id, ids.slice(1)));
    assert.deepEqual((await see(deps, tenantId, caseId)).balances, { 'F-2026-101': 100_000n, 'F-2026-102': 17_900n });
    const aliases = await deps.db.tenant(tenantId, (tx) => listAliases(tx, tenantId));
    assert.deepEqual(aliases.map((a) => a.kind).sort(), ['iban', 'name']);
    await drop(
      deps,
      tenantId,
      [{ on: '2026-11-20', amount: '179.00', name: 'HOLDING ZED', iban: IBAN, text: 'SOLDE 2' }],
      '2026-11-19',
    );
    const held = (await see(deps, tenantId, caseId)).stage;
    const applied = (await lines(deps, tenantId, 'applied')).length === 2;
    assert.ok(applied || held === 'money-to-place', 'the payer is known now');
    await assertSound(deps, tenantId);
  });

  test('a refused payment is taken back by the bank’s own debit; undoing that enters it again', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    await drop(deps, tenantId, [{ on: '2026-11-16', amount: '500.00', name: PORT, iban: IBAN, text: 'PRLV F-2026-102' }]);
    assert.equal((await see(deps, tenantId, caseId)).stage, 'closed');
    await drop(
      deps,
      tenantId,
      [{ on: '2026-11-20', amount: '-500.00', name: PORT, iban: IBAN, text: 'REJET PRLV IMPAYE F-2026-102' }],
      '2026-11-20',
    );
    let debit = (await lines(deps, tenantId)).find((line) => line.amountCents < 0n);
    if (debit?.state === 'proposed') done(await applyMatch(deps, tenantId, debit.readings[0]?.matchId ?? ''));
    debit = (await lines(deps, tenantId)).find((line) => line.amountCents < 0n);
    assert.equal(debit?.state, 'applied');
    const bounced = await see(deps, tenantId, caseId);
    assert.deepEqual([bounced.stage, bounced.balances['F-2026-102']], ['not-due', 50_000n]);
    await assertSound(deps, tenantId);
    done(await undoMatch(deps, tenantId, debit.readings[0]?.matchId ?? '', 'ce rejet concernait un autre'));
    assert.equal((await see(deps, tenantId, caseId)).balances['F-2026-102'], 0n);
    await assertSound(deps, tenantId);
  });

  test('a refused proposal does not come back; another company sees nothing', async (t) => {
    const { deps, tenantId } = await setUp(t);
    await aCase(deps, tenantId, { invoices: TWO });
    await drop(deps, tenantId, [{ on: '2026-11-18', amount: '400.00', name: PORT, text: 'ACOMPTE' }]);
    const [line] = await lines(deps, tenantId, 'waiting');
    const matchId = line?.readings[0]?.matchId ?? '';
    const other = await aCompany(deps);
    const stranger = await applyMatch(deps, other, matchId);
    assert.ok(!stranger.ok && stranger.refusal.code === 'match.unknown');
    for (let round = 0; round < 6; round += 1) {
      const [still] = await lines(deps, tenantId, 'waiting');
      const [reading] = still?.readings ?? [];
      if (!reading) break;
      done(await rejectMatch(deps, tenantId, reading.matchId));
    }
    await matchPending(deps, tenantId);
    const [after] = await lines(deps, tenantId, 'waiting');
    assert.deepEqual([after?.state, after?.readings], ['unmatched', []]);
    assert.equal((await lines(deps, other)).length, 0);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, type TestContext, test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { formatAmount } from '#core/kernel/money.ts';
import { adviceWitness, advisedSteps } from '#modules/advice/index.ts';
import {
  type ActionKind,
  act,
  announcedMoney,
  listCases,
  noteMistake,
  portfolio,
  takePaymentBack,
  viewCase,
} from '#modules/cases/index.ts';
import { confirmReading, draftOf, receiveFile } from '#modules/intake/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { draftNotice, markPosted, prepareNotice, recordOutcome } from '#modules/letters/index.ts';
import type { Typed } from '#platform/form.ts';
import { closePdf } from '#platform/pdf/pdf.ts';
import { freshDeps } from '../support/app.ts';
import { aCase, aCompany, CREDITOR, done, story } from '../support/cases.ts';

after(closePdf);

/** A company, and what its user does and sees, day after day. */
async function begin(t: TestContext, start: string) {
  const { deps, on } = story(await freshDeps(t, { today: start }), start);
  const tenantId = await aCompany(deps, { ...CREDITOR, name: 'Menuiserie Corbeau' });
  const view = async (caseId: string) => {
    const found = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
    assert.ok(found);
    return found;
  };
  return {
    deps,
    tenantId,
    on,
    view,
    intact: async () => assert.ok((await verifyJournal(deps.db, tenantId)).intact),
    async drop(name: string): Promise<string> {
      const bytes = readFileSync(new URL(`../fixtures/invoices/${name}`, import.meta.url));
      const [item] = await receiveFile(deps, tenantId, { name, bytes });
      assert.ok(item?.reading);
      const confirmed = done(await confirmReading(deps, tenantId, item.id, draftOf(item.reading).typed));
      assert.ok(confirmed.caseId);
      return confirmed.caseId;
    },
    act: async (caseId: string, kind: ActionKind, typed: Typed) => done(await act(deps, tenantId, caseId, kind, typed)),
    async notice(caseId: string, deadlineOn: string): Promise<string> {
      const choices = { deadlineOn: day(deadlineOn), instalments: true, mediation: true };
      return done(await prepareNotice(deps, tenantId, caseId, choices)).letterId;
    },
    /** « stage, next thing to do, amount »: what the first screen says of the case */
    async sees(caseId: string): Promise<string> {
      const { state, statement } = await view(caseId);
      const toDo = await deps.db.tenant(tenantId, (tx) =>
        listCases(tx, tenantId, { which: 'to-do' }, deps.clock.today(), { limit: 10, offset: 0 }),
      );
      const asked = toDo.some((row) => row.id === caseId) ? (state.next ?? 'rien') : 'rien';
      return `${state.stage}, ${asked}, ${statement.status === 'computed' ? formatAmount(statement.value.total) : statement.status}`;
    },
  };
}

type App = Awaited<ReturnType<typeof begin>>;

/** A story, from a day on; whatever happens in it, the journal is intact at the end. */
function tell(title: string, start: string, play: (app: App) => Promise<void>): void {
  test(title, async (t) => {
    const app = await begin(t, start);
    await play(app);
    await app.intact();
  });
}

tell('Le client qui ne répond pas : de la facture déposée au délai expiré', '2026-02-10', async (app) => {
  const caseId = await app.drop('ubl-invoice.xml');
  assert.equal(await app.sees(caseId), 'not-due, rien, 119.00');
  app.on('2026-02-14');
  assert.equal(await app.sees(caseId), 'not-due, rien, 119.00');
  app.on('2026-02-15');
  // one day at 12,15 % on 119 €, and the 40 €
  assert.equal(await app.sees(caseId), 'to-contact, contact, 159.04');
  await app.act(caseId, 'contact', { on: '2026-02-15', channel: 'email', text: 'Facture renvoyée.' });
  assert.equal(await app.sees(caseId), 'overdue, rien, 159.04');
  app.on('2026-02-22');
  assert.equal(await app.sees(caseId), 'overdue, formal-notice, 159.32');

  const choices = { deadlineOn: day('2026-03-10'), instalments: true, mediation: true };
  const draft = done(await draftNotice(app.deps, app.tenantId, caseId, choices));
  assert.deepEqual(
    draft.status === 'missing' && draft.facts.map((f) => f.key),
    ['debtor.address'],
    'the invoice gave no address',
  );
  const { party } = await app.view(caseId);
  const { editDebtor } = await import('#modules/cases/debtor.ts');
  done(
    await editDebtor(app.deps, app.tenantId, caseId, {
      kind: party.kind,
      name: party.name,
      siren: party.siren ?? '',
      street: '2 digue du Large',
      postcode: '29900',
      city: 'Concarneau',
    }),
  );
  const letterId = await app.notice(caseId, '2026-03-10');
  assert.equal(await app.sees(caseId), 'notice-prepared, post-letter, 159.32');
  app.on('2026-02-24');
  done(await markPosted(app.deps, app.tenantId, letterId, { postedOn: '2026-02-24', trackingNumber: '1A 123' }));
  assert.equal(await app.sees(caseId), 'notice-running, rien, 159.40');
  app.on('2026-03-10');
  assert.equal(await app.sees(caseId), 'notice-running, rien, 159.95');
  app.on('2026-03-11');
  done(await recordOutcome(app.deps, app.tenantId, letterId, { outcome: 'unclaimed', outcomeOn: '2026-03-11' }));
  assert.equal(await app.sees(caseId), 'notice-expired, choose-road, 159.99');
  const kinds = (await app.view(caseId)).facts.map((f) => f.kind);
  assert.deepEqual(kinds, ['case-opened', 'invoice-added', 'contact-made', 'letter-prepared', 'letter-posted', 'letter-outcome']);
});

tell('Une contestation suspend tout, jusqu’à ce qu’elle soit réglée', '2026-03-01', async (app) => {
  const caseId = await app.drop('ubl-invoice.xml');
  assert.equal(await app.sees(caseId), 'to-contact, contact, 159.59');
  await app.act(caseId, 'dispute', { on: '2026-03-01', text: 'La porte ferme mal.' });
  assert.match(await app.sees(caseId), /^disputed, contact,/);
  await app.act(caseId, 'contact', { on: '2026-03-01', channel: 'letter', text: 'Répondu, photos jointes.' });
  assert.match(await app.sees(caseId), /^disputed, rien,/);
  app.on('2026-03-08');
  assert.match(await app.sees(caseId), /^disputed, settle-dispute,/);
  await app.act(caseId, 'dispute-settled', { text: 'Porte réglée, bon signé.' });
  assert.match(await app.sees(caseId), /^overdue, formal-notice,/);
});

tell('Une promesse tenue, une promesse rompue, un chèque rejeté', '2026-03-01', async (app) => {
  const caseId = await app.drop('ubl-invoice.xml');
  await app.act(caseId, 'promise', { on: '2026-03-01', amount: '60', payBy: '2026-03-10' });
  assert.match(await app.sees(caseId), /^promised, rien,/);
  app.on('2026-03-10');
  await app.act(caseId, 'payment', { on: '2026-03-10', amount: '60' });
  assert.match(await app.sees(caseId), /^to-contact, contact,|^overdue, formal-notice,/);
  await app.act(caseId, 'promise', { on: '2026-03-10', amount: '59', payBy: '2026-03-20' });
  app.on('2026-03-21');
  assert.match(await app.sees(caseId), /^promise-broken, contact,/);
  await app.act(caseId, 'payment', { on: '2026-03-21', amount: '59' });
  assert.match(await app.sees(caseId), /^settled, close,/);
  const { facts } = await app.view(caseId);
  const cheque = facts.findLast((f) => f.kind === 'payment-recorded');
  assert.ok(cheque);
  done(await takePaymentBack(app.deps, app.tenantId, caseId, cheque.payload.paymentId, 'Chèque sans provision'));
  assert.match(await app.sees(caseId), /^promise-broken, contact,/);
});

tell(
  'Une promesse et un échéancier notés sur le mauvais dossier : tout revient, l’histoire garde tout',
  '2026-03-01',
  async (app) => {
    const caseId = await app.drop('ubl-invoice.xml');
    await app.act(caseId, 'contact', { on: '2026-03-01', channel: 'email', text: 'Relance.' });
    app.on('2026-03-09');
    const advised = async () => (await advisedSteps(app.deps, app.tenantId, [caseId], app.deps.clock.today())).get(caseId);
    const taken = async (typed: Typed, kind: 'promise' | 'plan', stage: string) => {
      const [sees, step, { facts }] = [await app.sees(caseId), await advised(), await app.view(caseId)];
      done(await act(app.deps, app.tenantId, caseId, kind, typed, adviceWitness(app.deps)));
      assert.match(await app.sees(caseId), new RegExp(`^${stage}, rien,`));
      assert.equal((await advised())?.action, 'WAIT');
      const noted = (await app.view(caseId)).facts;
      assert.ok(announcedMoney(noted, app.deps.clock.today()).length > 0);
      const entry = noted.findLast((f) => f.kind === 'promise-made' || f.kind === 'plan-agreed')?.seq;
      done(await noteMistake(app.deps, app.tenantId, caseId, entry ?? 0n, 'Autre client.'));
      assert.equal(await app.sees(caseId), sees);
      assert.deepEqual(await advised(), step);
      assert.deepEqual((await app.view(caseId)).facts, facts, 'nor does the decision kept with it count any more');
    };
    await taken({ on: '2026-03-09', amount: '100', payBy: '2026-03-20' }, 'promise', 'promised');
    await taken({ on: '2026-03-09', amount: '100', instalments: '2', firstOn: '2026-03-20' }, 'plan', 'plan-running');
    const kinds = (await app.view(caseId)).story.slice(-5).map((f) => f.kind);
    assert.deepEqual(kinds, ['promise-made', 'noted-by-mistake', 'advice-decided', 'plan-agreed', 'noted-by-mistake']);
  },
);

tell('Un échéancier respecté deux fois, puis rompu, puis la lettre', '2026-03-01', async (app) => {
  const caseId = await aCase(app.deps, app.tenantId, {
    invoices: [{ number: 'F-7', issuedOn: '2026-01-02', dueOn: '2026-02-01', amount: '900.00' }],
  });
  await app.act(caseId, 'plan', { on: '2026-03-01', amount: '900', instalments: '3', firstOn: '2026-03-31' });
  for (const [paidOn, looked] of [
    ['2026-03-30', '2026-04-01'],
    ['2026-04-30', '2026-05-01'],
  ] as const) {
    app.on(paidOn);
    await app.act(caseId, 'payment', { on: paidOn, amount: '300' });
    app.on(looked);
    assert.match(await app.sees(caseId), /^plan-running, rien,/, looked);
  }
  app.on('2026-05-31');
  assert.match(await app.sees(caseId), /^plan-running, rien,/);
  app.on('2026-06-01');
  assert.match(await app.sees(caseId), /^plan-broken, contact,/);
  await app.act(caseId, 'contact', { on: '2026-06-01', channel: 'call', text: 'Injoignable.' });
  app.on('2026-06-08');
  assert.match(await app.sees(caseId), /^plan-broken, formal-notice,/);
  const letterId = await app.notice(caseId, '2026-06-23');
  app.on('2026-06-09');
  done(await markPosted(app.deps, app.tenantId, letterId, { postedOn: '2026-06-09' }));
  assert.match(await app.sees(caseId), /^notice-running, rien,/);
});

tell('Un particulier : les intérêts courent de la réception de la mise en demeure', '2026-03-01', async (app) => {
  const caseId = await aCase(app.deps, app.tenantId, {
    kind: 'consumer',
    name: 'M. Jean Lebrun',
    invoices: [{ number: 'F-8', issuedOn: '2026-01-02', dueOn: '2026-02-01', amount: '2000.00' }],
  });
  assert.equal(await app.sees(caseId), 'overdue, formal-notice, 2000.00');
  const letterId = await app.notice(caseId, '2026-03-16');
  done(await markPosted(app.deps, app.tenantId, letterId, { postedOn: '2026-03-01' }));
  app.on('2026-03-05');
  assert.equal(await app.sees(caseId), 'notice-running, rien, 2000.00');
  done(await recordOutcome(app.deps, app.tenantId, letterId, { outcome: 'delivered', outcomeOn: '2026-03-04' }));
  const { statement } = await app.view(caseId);
  assert.ok(statement.status === 'computed');
  const [line] = statement.value.invoices[0]?.lines ?? [];
  assert.equal(line?.from.toString(), '2026-03-05', 'the day of receipt is not counted');
  assert.equal(statement.value.indemnity.cents, 0n, 'no 40 € against a consumer');
  assert.ok(statement.value.interest.cents > 0n);
});

tell('Une liquidation : deux mois pour déclarer, et plus aucune lettre', '2026-03-20', async (app) => {
  const caseId = await app.drop('ubl-invoice.xml');
  await app.act(caseId, 'insolvency', { on: '2026-03-18', judgmentOn: '2026-03-10', proceeding: 'liquidation' });
  // interest stops on the day of the judgment: 24 days
  assert.equal(await app.sees(caseId), 'insolvent, declare-claim, 159.95');
  assert.equal((await app.view(caseId)).state.deadline?.toString(), '2026-05-18');
  const refused = await draftNotice(app.deps, app.tenantId, caseId, {
    deadlineOn: day('2026-04-10'),
    instalments: false,
    mediation: false,
  });
  assert.ok(!refused.ok && refused.refusal.code === 'letter.stopped');
  app.on('2026-04-02');
  await app.act(caseId, 'declaration', { on: '2026-04-02', text: 'Recommandé 1A 77' });
  assert.equal(await app.sees(caseId), 'insolvent, rien, 159.95');
});

tell('Un avoir éteint la moitié de la facture, un virement l’autre, le dossier se ferme', '2026-02-10', async (app) => {
  const caseId = await app.drop('ubl-invoice.xml');
  assert.equal(await app.drop('ubl-credit-note.xml'), caseId);
  assert.equal(await app.sees(caseId), 'not-due, rien, 59.00');
  await app.act(caseId, 'payment', { on: '2026-02-10', amount: '59,00' });
  assert.equal(await app.sees(caseId), 'closed, rien, 0.00');
  const totals = await app.deps.db.tenant(app.tenantId, (tx) => portfolio(tx, app.tenantId, app.deps.clock.today()));
  assert.deepEqual([totals.owedCents, totals.openCases, totals.casesToDo], [0n, 0n, 0n]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  company,
  debtors,
  euros,
  goldenFacts,
  invoice,
  noticeFacts,
  paid,
  soleTrader,
} from '../../../test/support/notice-facts.ts';
import { day } from '../kernel/day.ts';
import { percent } from '../kernel/ratio.ts';
import type { FormalNoticeFacts } from './facts.ts';
import { composeFormalNotice } from './formal-notice.ts';
import type { FormalNotice } from './formal-notice-model.ts';
import { dailyInterest } from './formal-notice-words.ts';

const one = { debtor: 'business', invoices: [invoice('F-1', '2026-03-01', '2026-03-31', '4800.00')] } as const;

function composed(facts: FormalNoticeFacts): FormalNotice {
  const outcome = composeFormalNotice(facts);
  assert.ok(outcome.status === 'composed', JSON.stringify(outcome));
  return outcome.letter;
}
/** Every word of the letter, plain spaces. */
const words = (of: FormalNotice | undefined): string =>
  JSON.stringify(of)
    .replace(/[\u00a0\u202f]/g, ' ')
    .replaceAll('’', "'");
const refusalOf = (facts: FormalNoticeFacts): string => {
  const outcome = composeFormalNotice(facts);
  return outcome.status === 'refused' ? outcome.refusal.code : outcome.status;
};
const { deadline: _deadline, ...undated } = noticeFacts(one);

test('the notice between professionals holds what the law sheet recommends', () => {
  const facts = goldenFacts()['business-one-invoice'];
  assert.ok(facts);
  const text = words(composed(facts));
  const expected = [
    'mise en demeure',
    'article 1344 du code civil',
    'F-2026-031',
    'Devis n° D-2026-012 du 14 janvier 2026',
    'SIREN 900 000 001',
    'SIREN 900 000 019',
    '5 220,22 €',
    '380,22 €',
    '12,15 % puis 12,40 %',
    '40,00 €',
    'articles L441-10, II et D441-5',
    'au plus tard le 4 décembre 2026',
    'FR76 3000 6000 0112 3456 7890 189',
    'la possibilité de saisir le juge',
    'articles 1405 et 1406',
    'Si vous contestez tout ou partie',
    'un échéancier précis',
    'Médiateur des entreprises',
    'Camille Moreau',
    'RCS Nantes',
  ];
  for (const phrase of expected) assert.ok(text.includes(phrase), phrase);
});

test('one more day is told to the cent: 4 800 € at 12,40 % is 1,63 €', () => {
  const facts = noticeFacts(one);
  assert.equal(dailyInterest(facts.statement)?.cents, 163n);
  assert.ok(words(composed(facts)).includes('à raison de 1,63 € par jour au taux actuel'));
});

test('a consumer is asked the principal: no 40 €, no rate of professionals, no cost', () => {
  const text = words(composed(goldenFacts().consumer as FormalNoticeFacts));
  assert.ok(text.includes("au taux légal, actuellement de 2,75 % l'an, à compter de la réception de cette lettre"));
  assert.ok(text.includes('articles 1231-6 et 1344-1 du code civil'));
  assert.ok(text.includes('Aucuns frais de recouvrement ne vous sont demandés'));
  assert.ok(text.includes('conciliateur de justice'));
  assert.ok(text.includes('de votre domicile (articles 1405 et 1406'));
  for (const wrong of ['40,00', '40 €', 'L441-10', 'Banque centrale', 'Médiateur des entreprises', 'indemnité']) {
    assert.equal(text.includes(wrong), false, wrong);
  }
});

test('a consumer who already received a notice owes interest at the legal rate since then', () => {
  const claim = { ...one, debtor: 'consumer', noticeReceivedOn: day('2026-05-02') } as const;
  const letter = composed(noticeFacts(claim));
  assert.ok(words(letter).includes('La somme due produit intérêt au taux légal'));
  assert.ok(letter.demand.parts.some((part) => part.label.startsWith('Intérêts')));
});

test('a public buyer hears of moratory interest and of the administrative judge, never of a payment order or a mediator', () => {
  const text = words(composed(noticeFacts({ ...one, debtor: 'public' }, { mediation: true })));
  for (const phrase of [
    'intérêts moratoires',
    'R2192-31',
    'majoré de huit points',
    'D2192-35',
    'quarante-cinq jours',
    'juge administratif',
  ]) {
    assert.ok(text.includes(phrase), phrase);
  }
  for (const wrong of ['injonction', '1405', 'édiateur', 'onciliateur', 'L441-10'])
    assert.equal(text.includes(wrong), false, wrong);
});

test('abroad, no French payment order is announced', () => {
  const address = { ...debtors.business.address, country: 'BE' };
  const text = words(composed(noticeFacts(one, { debtor: { ...debtors.business, address } })));
  assert.ok(text.includes('de saisir le juge compétent.') && text.includes('BELGIQUE'));
  assert.equal(text.includes('injonction'), false);
});

test('an agreed rate is called agreed and does not pretend to move', () => {
  const text = words(composed(noticeFacts({ ...one, contractRate: percent('9.5') })));
  assert.ok(text.includes("au taux convenu entre les parties, soit 9,50 % l'an"));
  assert.equal(text.includes('Banque centrale'), false);
  assert.equal(text.includes('au taux actuel'), false);
});

test('a sole trader says « je » and bears the mention EI; a company says « nous »', () => {
  const [mine, ours] = [words(composed(noticeFacts(one, { creditor: soleTrader }))), words(composed(noticeFacts(one)))];
  assert.ok(mine.includes('Camille Moreau EI') && mine.includes('je vous demande') && mine.includes('je me réserve'));
  assert.equal(/\bnous\b|\bnos\b/i.test(mine), false);
  assert.ok(ours.includes('nous vous demandons') && ours.includes('nos salutations'));
  assert.equal(/\bje\b|\bmes\b/i.test(ours), false);
});

test('no letter threatens or speaks of what the law does not give', () => {
  for (const [name, facts] of Object.entries(goldenFacts())) {
    const text = words(composed(facts)).toLowerCase();
    for (const wrong of [
      'huissier',
      'saisie',
      'poursuite',
      'contrainte',
      'pénal',
      'dernier avis',
      'contentieux',
      'fichage',
      'sous peine',
    ]) {
      assert.equal(text.includes(wrong), false, `${name}: ${wrong}`);
    }
  }
});

test('instalments and mediation are offered only when the creditor offers them', () => {
  const text = words(composed(noticeFacts(one, { instalments: false, mediation: false })));
  assert.equal(/échéancier|Médiateur/.test(text), false);
  assert.ok(text.includes('Si vous contestez'));
});

test('accessories alone: the principal was paid late', () => {
  const late = invoice('F-2', '2026-01-01', '2026-01-31', '1000.00', [paid('2026-06-30', '1000.00')]);
  const letter = composed(noticeFacts({ debtor: 'business', invoices: [late] }));
  // Interest first (C. civ. 1343-1): the 1 000 € leave some principal.
  assert.ok(letter.demand.parts.length > 1);
  const waived = noticeFacts({ debtor: 'business', invoices: [late], imputation: 'principal-first' });
  const text = words(composed(waived));
  assert.ok(text.includes('a été réglée après son échéance'));
  assert.ok(text.includes("imputés d'abord sur le principal"));
  assert.equal(text.includes('continuent de courir'), false);
});

test('an invoice that owes nothing any more is not in the letter', () => {
  const settled = invoice('F-0', '2026-01-01', '2026-01-31', '500.00', [paid('2026-01-20', '500.00')]);
  const letter = composed(noticeFacts({ debtor: 'business', invoices: [settled, ...one.invoices] }));
  assert.deepEqual(
    letter.table.rows.map((row) => row.number),
    ['F-1'],
  );
  assert.equal(letter.demand.amount.value, composed(noticeFacts(one)).demand.amount.value);
});

test('what is missing is listed with where to complete it, in the order of the page', () => {
  const { legalForm: _l, siren: _s, iban: _i, signatory: _g, ...bare } = company;
  const creditor = { ...bare, address: { lines: [], postcode: '', city: '' } };
  const debtor = { name: ' ', address: { lines: ['x'], postcode: '', city: 'Lyon' } };
  const outcome = composeFormalNotice({ ...undated, creditor, debtor, reference: '' });
  assert.ok(outcome.status === 'missing');
  assert.deepEqual(
    outcome.facts.map((fact) => fact.key),
    [
      'creditor.legalForm',
      'creditor.siren',
      'creditor.address',
      'creditor.signatory',
      'creditor.iban',
      'debtor.name',
      'debtor.address',
      'reference',
      'deadline',
    ],
  );
  assert.ok(outcome.facts.every((fact) => fact.label !== '' && fact.where !== ''));
});

test('a wrong IBAN, a wrong BIC, a deadline already past are missing facts too', () => {
  const creditor = { ...company, iban: 'FR7630006000011234567890188', bic: 'AGRI' };
  const outcome = composeFormalNotice(noticeFacts(one, { creditor, deadline: day('2026-11-21') }));
  assert.ok(outcome.status === 'missing');
  assert.deepEqual(
    outcome.facts.map((fact) => fact.key),
    ['creditor.iban', 'creditor.bic', 'deadline'],
  );
});

test('no notice for what is not late, not due, in another currency, made later, or owed by an insolvent', () => {
  const early = invoice('F-9', '2026-11-01', '2026-12-15', '100.00');
  assert.equal(refusalOf(noticeFacts({ debtor: 'business', invoices: [...one.invoices, early] })), 'letter.not-due');
  const settled = invoice('F-0', '2026-01-01', '2026-01-31', '500.00', [paid('2026-01-20', '500.00')]);
  assert.equal(refusalOf(noticeFacts({ debtor: 'business', invoices: [settled] })), 'letter.nothing-due');
  assert.equal(refusalOf(noticeFacts(one, { date: day('2026-11-20') })), 'letter.after');
  assert.equal(refusalOf(noticeFacts(one, { insolvencyOpenedOn: day('2026-10-01') })), 'letter.insolvent');
  const { statement } = noticeFacts(one);
  const dollars = { ...statement, total: { cents: 1n, currency: 'USD' } };
  assert.equal(refusalOf(noticeFacts(one, { statement: dollars })), 'letter.currency');
});

test('a statement whose lines do not make its sums is never printed', () => {
  const facts = noticeFacts(one);
  const wrong = { ...facts.statement, interest: euros('380.23') };
  assert.throws(() => composeFormalNotice({ ...facts, statement: wrong }), /interest of the statement: 38023/);
});

test('what is printed adds up: parts make the sum, rows make the totals', () => {
  const cents = (text: string): number =>
    Math.round(
      Number(
        text
          .replace(/[^\d,−]/g, '')
          .replace('−', '-')
          .replace(',', '.'),
      ) * 100,
    );
  for (const [name, facts] of Object.entries(goldenFacts())) {
    const { demand, table, annex } = composed(facts);
    const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + cents(text), 0);
    assert.equal(sum(demand.parts.map((part) => part.value)), cents(demand.amount.value), name);
    if (table.total) assert.equal(sum(table.rows.map((row) => row.left)), cents(table.total[3]), name);
    const totals = annex.invoices.map((invoice) => invoice.sums.at(-1)?.amount ?? '');
    assert.equal(sum(totals), cents(demand.amount.value), name);
    for (const { rows, sums } of annex.invoices) {
      const interest = rows.flatMap((row) => (row.kind === 'interest' ? [row.cells[5]] : []));
      const accrued = sums.find((s) => s.label === 'Intérêts courus') ?? sums.find((s) => s.label === 'Intérêts restant dus');
      assert.equal(sum(interest), cents(accrued?.amount ?? ''), name);
    }
  }
});

test('advice: an unusual deadline, a debtor without SIREN, a company without capital, signs that cannot be printed', () => {
  const { siren: _s, ...debtor } = debtors.business;
  const { capital: _c, ...creditor } = company;
  const outcome = composeFormalNotice(
    noticeFacts(one, { debtor: { ...debtor, name: 'Chez 🙂' }, creditor, deadline: day('2026-11-24') }),
  );
  assert.ok(outcome.status === 'composed');
  assert.deepEqual(
    outcome.advice.map((advice) => advice.key),
    ['deadline', 'debtor.siren', 'creditor.capital', 'unprintable'],
  );
  assert.equal(outcome.letter.recipient[0], 'Chez ☐');
});

test('a debt that may be barred is said before signing, as the letter speaks of going to court; a public buyer’s limitation is not encoded', () => {
  const said = (debtor: 'business' | 'consumer' | 'public', issued: string): string => {
    const facts = { debtor, invoices: [invoice('F-9', issued, issued, '470.15')] };
    const outcome = composeFormalNotice(noticeFacts(facts));
    assert.ok(outcome.status === 'composed', JSON.stringify(outcome));
    return outcome.advice.find((advice) => advice.key === 'limitation')?.message.replace(/[\u00a0\u202f]/g, ' ') ?? '';
  };
  assert.match(said('business', '2017-11-13'), /cinq ans.*L110-4.*F-9, depuis le 14 novembre 2022/);
  assert.match(said('consumer', '2024-01-02'), /deux ans.*L218-2.*F-9, depuis le 3 janvier 2026/);
  assert.equal(said('business', '2024-01-02'), '');
  assert.equal(said('public', '2017-11-13'), '');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, day } from '#core/kernel/day.ts';
import { invoice, line, party, readLine, shown } from '../../../test/support/matching.ts';
import { learn } from './learning.ts';
import { matchStatement } from './match.ts';
import type { KnownParty, OpenInvoice } from './model.ts';

/** Small books as a bookkeeper meets them: round amounts, few clients, words that say more than figures. */

const IBAN = 'FR7630006000011234567890189';
const FOREIGN = 'DE89370400440532013000';
const acme = party('acme', 'Agence Boréale SARL', IBAN);
const crowd = Array.from({ length: 200 }, (_, i): KnownParty => party(`k${i}`, `Maison Unique${i} Zed${i}`));
const of = (parties: readonly KnownParty[], invoices: readonly OpenInvoice[], ...lines: Parameters<typeof line>[]) =>
  readLine({ parties, invoices, lines: lines.map((one) => line(...one)) }, lines.at(-1)?.[0] ?? '');
const says = (match: { evidence: readonly { says: string }[] } | undefined): string =>
  match?.evidence.map((e) => e.says).join(' ') ?? '';

/** A price a month, issued on the first and due on the 15th. */
const monthly = (cents: bigint, settled = 0): OpenInvoice[] =>
  Array.from({ length: 6 }, (_, i) =>
    invoice(`S2026-0${i + 11}`, 'acme', i < settled ? 0n : cents, {
      issuedOn: day(`2026-0${i + 1}-01`),
      dueOn: day(`2026-0${i + 1}-15`),
    }),
  );

test('what a client gives back, or pays ahead, is not the payment of an invoice that it does not quote', () => {
  const one = [invoice('F2026-001', 'acme', 120_00n)];
  for (const text of ['VIR AGENCE BOREALE REMBOURSEMENT AVOIR AV-221', 'REMBT TROP PERCU', 'RESTITUTION CAUTION']) {
    const answer = of([acme], one, ['l', 120_00n, text, { iban: IBAN }]);
    assert.equal(answer.certain, undefined, text);
    assert.match(says(answer.first), /Le libellé parle peut-être d’autre chose/, text);
  }
  assert.equal(shown(of([acme], one, ['l', 120_00n, 'REMBOURSEMENT F2026-001', { iban: IBAN }]).certain), 'F2026-001 12000');
  const note = [...one, invoice('AV1', 'acme', -20_00n)];
  const deducted = of([acme], note, ['l', 100_00n, 'FACTURE MOINS AVOIR', { iban: IBAN }]);
  assert.equal(shown(deducted.certain), 'AV1 -2000, F2026-001 12000', 'a credit note that is deducted');
  const odd = [invoice('F2026-001', 'acme', 1234_57n), invoice('F2026-002', 'acme', 871_33n)];
  assert.equal(of([acme], odd, ['l', 617_28n, 'ACOMPTE NOUVELLE COMMANDE', { iban: IBAN }]).certain, undefined);
  const ahead = [...one, invoice('F2026-009', 'acme', 120_00n, { issuedOn: day('2026-03-10') })];
  assert.equal(of([acme], ahead, ['l', 120_00n, 'ACOMPTE DEVIS 77', { iban: IBAN }]).certain, undefined);
});

test('a round part of the only debt may be a deposit for something else', () => {
  const one = [invoice('F2026-001', 'acme', 1000_00n)];
  for (const cents of [500_00n, 300_00n, 980_00n])
    assert.equal(of([acme], one, ['l', cents, 'VIREMENT', { iban: IBAN }]).certain, undefined, String(cents));
  const odd = [invoice('F2026-001', 'acme', 1043_27n)];
  assert.equal(of([acme], odd, ['l', 312_98n, 'VIREMENT', { iban: IBAN }]).certain?.kind, 'partial');
});

test('a month or a year in the words, when it is of another invoice', () => {
  const quoted = monthly(49_00n)
    .slice(0, 3)
    .map((one, i) => line(`q${i}`, 49_00n, one.number, { iban: IBAN, bookedOn: addDays(one.dueOn, 2) }));
  const late = (text: string) => line('l', 49_00n, text, { iban: IBAN, bookedOn: day('2026-05-17') });
  const habit = (text: string) =>
    readLine({ parties: [acme], invoices: monthly(49_00n), lines: [...quoted, late(text)] }, 'l').certain;
  assert.equal(shown(habit('VIREMENT')), 'S2026-015 4900', 'as usual, without a word');
  assert.equal(habit('VIREMENT MENSUALITE AVRIL 2026'), undefined);
  assert.equal(habit('ABONNEMENT 04/2026'), undefined);
  assert.equal(shown(habit('MENSUALITE MAI')), 'S2026-015 4900');
  const rest = monthly(49_00n, 1).slice(0, 2);
  const alone = (text: string, parties = [acme]) =>
    of(parties, rest, ['l', 49_00n, text, { iban: IBAN, bookedOn: day('2026-02-20') }]).certain;
  assert.equal(alone('LOYER JANVIER 2026'), undefined, 'the one of January is settled');
  assert.equal(shown(alone('LOYER FEVRIER')), 'S2026-012 4900');
  assert.equal(shown(alone('REGLE LE 20 JANVIER')), 'S2026-012 4900', 'a date');
  assert.equal(alone('LOYER NOVEMBRE'), undefined, 'of nothing known');
  assert.equal(shown(alone('VIR JANVIER', [party('acme', 'Boulangerie Janvier', IBAN)])), 'S2026-012 4900', 'a name');
  assert.equal(alone('HONORAIRES 4E TRIMESTRE 2025'), undefined, 'of nothing known');
  assert.equal(shown(alone('HONORAIRES T1 2026')), 'S2026-012 4900');
  const yearly = [
    invoice('M25', 'acme', 0n, { issuedOn: day('2025-03-01'), dueOn: day('2025-03-31') }),
    invoice('M26', 'acme', 300_00n),
  ];
  assert.equal(of([acme], yearly, ['l', 300_00n, 'MAINTENANCE 2025', { iban: IBAN }]).certain, undefined);
  assert.equal(shown(of([acme], yearly, ['l', 300_00n, 'MAINTENANCE 2026', { iban: IBAN }]).certain), 'M26 30000');
});

test('the end of the number of an invoice settled before', () => {
  const invoices = [invoice('F2026-141', 'acme', 0n), invoice('F2026-142', 'acme', 600_00n)];
  assert.equal(of([acme], invoices, ['l', 600_00n, 'VIR FACTURE 141', { iban: IBAN }]).certain, undefined);
  assert.equal(shown(of([acme], invoices, ['l', 600_00n, 'VIR FACTURE 142', { iban: IBAN }]).certain), 'F2026-142 60000');
  const first = [invoice('F2026-001', 'acme', 0n), invoice('F2026-002', 'acme', 600_00n)];
  for (const text of ['FACTURE 1', 'FAC 001', 'Fact. n° 1'])
    assert.equal(of([acme], first, ['l', 600_00n, text, { iban: IBAN }]).certain, undefined, text);
  assert.equal(shown(of([acme], first, ['l', 600_00n, 'VIREMENT DU 01/03', { iban: IBAN }]).certain), 'F2026-002 60000');
});

test('an unknown payer is not recognised by round amounts, nor by a day that looks like a number', () => {
  const owed = [90_00n, 150_00n, 210_00n].map((cents, i) => invoice(`F200${i}`, 'k7', cents));
  const stranger = owed.map(
    (one, i): Parameters<typeof line> => [`l${i}`, one.balanceCents, 'VIR', { iban: FOREIGN, name: 'LEROY ALAIN' }],
  );
  assert.equal(of(crowd, owed, ...stranger).certain, undefined, 'prices of a list');
  const dated = [invoice('F2026-1012', 'k7', 151_37n)];
  assert.equal(of(crowd, dated, ['l', 151_37n, 'VIREMENT PERMANENT 1012', { name: 'LEROY ALAIN' }]).certain, undefined);
  const round = [invoice('F2026-4012', 'k7', 120_00n)];
  assert.equal(of(crowd, round, ['l', 120_00n, 'REF 4012', { name: 'ORANGE SA' }]).certain, undefined);
});

test('a name that goes on is another firm’s; a wife is not her husband', () => {
  const owed = [invoice('F2026-001', 'acme', 1200_00n)];
  const text = (words: string) => of([acme], owed, ['l', 1200_00n, words]);
  assert.equal(text('VIR SEPA AGENCE BOREALE CONSEIL MOTIF ACOMPTE').certain, undefined);
  const found = text('VIR INST AGENCE BOREALE SOLDE').certain;
  assert.equal(shown(found), 'F2026-001 120000');
  assert.match(says(found), /Le libellé nomme «\u202fAgence Boréale SARL\u202f»/);
  for (const name of ['Martin SARL', 'Avril']) {
    const single = party('acme', name);
    for (const words of ['VIR MARTIN DUPONT', 'VIR DUPONT MARTIN', 'VIREMENT LOYER AVRIL'])
      assert.equal(of([single], owed, ['l', 1200_00n, words]).certain, undefined, `${name}, ${words}`);
  }
  const alone = of([party('acme', 'Martin SARL')], owed, ['l', 1200_00n, 'VIR INST MARTIN SOLDE FACTURE']);
  assert.equal(shown(alone.certain), 'F2026-001 120000');
  const marcel = party('m', 'Dupuis Marcel');
  const his = [invoice('F2026-001', 'm', 80_00n)];
  assert.equal(of([marcel], his, ['l', 80_00n, 'VIR', { name: 'DUPUIS MARCELLE' }]).certain, undefined);
  assert.equal(of([marcel], his, ['l', 80_00n, 'VIR', { name: 'DUPUIS MARCEL' }]).certain?.by, 'payer-name');
});

test('a payer whose days are always the same does not pay a week early while an older invoice is open', () => {
  const quoted = monthly(49_00n)
    .slice(0, 3)
    .map((one, i) => line(`q${i}`, 49_00n, one.number, { iban: IBAN, bookedOn: addDays(one.dueOn, 2) }));
  const early = line('l', 49_00n, 'VIREMENT', { iban: IBAN, bookedOn: day('2026-05-07') });
  assert.equal(readLine({ parties: [acme], invoices: monthly(49_00n), lines: [...quoted, early] }, 'l').certain, undefined);
});

test('an IBAN that once paid for one of two firms of a like name says nothing of the other’s debt', () => {
  const group = [party('north', 'Garage Nolan Nord'), party('south', 'Garage Nolan Sud')];
  const invoices = [
    invoice('F2026-001', 'north', 450_20n),
    invoice('F2026-002', 'north', 312_70n),
    invoice('F2026-003', 'south', 312_70n),
  ];
  const payer = { iban: FOREIGN, name: 'GARAGE NOLAN' };
  const answer = of(group, invoices, ['l1', 450_20n, 'F2026-001', payer], ['l2', 312_70n, 'VIREMENT', payer]);
  assert.equal(answer.certain, undefined);
  assert.equal(answer.ranked.length, 2);
});

test('a number of another client, whose invoice this may also pay, is no slip for the payer’s own', () => {
  const beta = party('beta', 'Studio Kumquat SAS');
  const owed = (cents: bigint) => [invoice('F2026-013', 'beta', cents), invoice('F2026-011', 'acme', 500_00n)];
  const quoting = (cents: bigint) => of([acme, beta], owed(cents), ['l', 500_00n, 'FACTURE F2026-013', { iban: IBAN }]);
  assert.equal(quoting(500_00n).certain, undefined, 'both are worth the amount');
  assert.equal(quoting(0n).certain, undefined, 'settled before: paid twice, perhaps');
  assert.equal(shown(quoting(77_70n).certain), 'F2026-011 50000');
});

test('round amounts that add up are the oldest debts only when nothing older is left out', () => {
  const debt = (number: string, cents: bigint, month: string) =>
    invoice(number, 'acme', cents, { issuedOn: day(`2025-${month}-01`), dueOn: day(`2025-${month}-28`) });
  const rest = [debt('F2', 500_00n, '10'), debt('F3', 1000_00n, '11'), debt('F4', 1200_00n, '12')];
  const paid = (invoices: readonly OpenInvoice[]) => of([acme], invoices, ['l', 1500_00n, 'VIREMENT', { iban: IBAN }]).certain;
  assert.equal(shown(paid(rest)), 'F2 50000, F3 100000');
  assert.equal(paid([debt('F1', 2000_00n, '09'), ...rest]), undefined);
  assert.equal(paid([debt('F1', 2000_00n, '09'), ...rest.slice(0, 2)]), undefined, 'three quarters of the oldest, as well');
});

test('an account of a third, seen to pay for one client once, says nothing while another owes the same', () => {
  const beta = party('beta', 'Studio Kumquat SAS');
  const payer = { iban: FOREIGN, name: 'LUMEA HOLDING' };
  const invoices = [invoice('F1001', 'acme', 612_40n), invoice('F1002', 'acme', 300_10n), invoice('F1003', 'beta', 300_10n)];
  const first: Parameters<typeof line> = ['l1', 612_40n, 'F1001', payer];
  const silent = (more: typeof payer): Parameters<typeof line> => ['l2', 300_10n, 'FINANCEMENT', more];
  const doubtful = of([acme, beta], invoices, first, silent(payer));
  assert.equal(doubtful.certain, undefined);
  assert.match(
    says(doubtful.first),
    /factures d’Agence Boréale.* n’a payé qu’une fois pour Agence Boréale SARL, et un autre client/,
  );
  assert.equal(shown(of([acme, beta], invoices.slice(0, 2), first, silent(payer)).certain), 'F1002 30010');
  const own = { ...payer, name: 'AGENCE BOREALE' };
  assert.equal(shown(of([acme, beta], invoices, first, silent(own)).certain), 'F1002 30010', 'its own name');
});

test('an invoice of the amount, and another less a credit note, are two explanations', () => {
  const invoices = [invoice('F1', 'acme', 120_00n), invoice('AV1', 'acme', -20_00n), invoice('F2', 'acme', 100_00n)];
  assert.equal(of([acme], invoices, ['l', 100_00n, 'VIREMENT', { iban: IBAN }]).certain, undefined);
});

test('a name without its accents is the same name', () => {
  const { certain } = of([acme], [invoice('F1', 'acme', 120_00n)], ['l', 120_00n, 'VIR', { name: 'AGENCE BOREALE SARL' }]);
  assert.match(says(certain), /Le payeur s’appelle « AGENCE BOREALE SARL »/);
});

test('what we buy from a client, or pay it, takes none of its payments back', () => {
  const paid = line('l', 500_00n, 'VIR F1', { iban: IBAN });
  const after = (text: string) => {
    const out = line('out', -500_00n, text, { iban: IBAN, bookedOn: day('2026-03-15') });
    return matchStatement({ parties: [acme], invoices: [invoice('F1', 'acme', 500_00n)], lines: [paid, out] }).matches;
  };
  for (const text of [
    'VIR EMIS AGENCE BOREALE FACTURE 7781 RETOUR MATERIEL',
    'VIR AGENCE BOREALE FRAIS DE REPRESENTATION',
    'VIR SEPA EMIS AGENCE BOREALE IMPAYE JANVIER',
    'AGENCE BOREALE CONTRAT ANNULE',
  ])
    assert.deepEqual(after(text).map(shown), ['F1 50000'], text);
  for (const text of ['RETOUR PRELEVEMENT AM04', 'ANNULATION VIR RECU', 'CHQ RETOURNE', 'VIREMENT RECU REPRESENTE'])
    assert.deepEqual(
      after(text).map((m) => m.kind),
      ['annulled', 'bounced'],
      text,
    );
  const idle = [line('l', 300_50n, 'VIR', { iban: IBAN }), line('out', -300_50n, 'VIR EMIS DOUBLE VITRAGE', { iban: IBAN })];
  assert.deepEqual(matchStatement({ parties: [acme], invoices: [], lines: idle }).matches, []);
});

test('a payment service, a factor, a public accountant: what one line pays says nothing of the next', () => {
  const invoices = [invoice('F1001', 'acme', 612_40n), invoice('F1002', 'acme', 300_10n)];
  for (const name of [
    'STRIPE PAYMENTS EUROPE',
    'BNP PARIBAS FACTOR',
    'DRFIP BRETAGNE',
    'REMISE DE CHEQUES',
    'Trésorerie de Vitré',
  ]) {
    const payer = { iban: FOREIGN, name };
    const answer = of([acme], invoices, ['l1', 612_40n, 'F1001', payer], ['l2', 300_10n, 'VIREMENT', payer]);
    assert.equal(answer.certain, undefined, name);
    assert.equal(shown(answer.first), 'F1002 30010', 'it is still proposed');
    assert.deepEqual(learn([], [{ partyId: 'acme', ...payer }]), [], name);
  }
  assert.equal(learn([], [{ partyId: 'acme', iban: FOREIGN, name: 'LEROY ALAIN' }]).length, 2);
});

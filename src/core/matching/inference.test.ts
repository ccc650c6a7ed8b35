import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, type Day, day } from '#core/kernel/day.ts';
import { invoice, line, party, readLine, shown } from '../../../test/support/matching.ts';
import { type MatchingInput, matchStatement } from './match.ts';
import type { KnownParty, OpenInvoice, StatementLine } from './model.ts';

/** What lines say together that none says alone: who pays, when, and which of two equal invoices. */

const IBAN = 'FR7630006000011234567890189';
const UNKNOWN = 'FR1420041010050500013M02606';
const acme = party('acme', 'Menuiserie Verdier SARL', IBAN);
const crowd = Array.from({ length: 400 }, (_, i): KnownParty => party(`c${i}`, `Client ${i} Numéro${i}`));
const says = (match: { evidence: readonly { says: string }[] } | undefined): string =>
  match?.evidence.map((e) => e.says).join(' ') ?? '';

/** A year of one price a month, due on the 15th. */
const monthly = (partyId: string, price: bigint): OpenInvoice[] =>
  Array.from({ length: 8 }, (_, i) =>
    invoice(`S2026-00${i + 11}`, partyId, price, {
      issuedOn: day(`2026-0${i + 1}-01`),
      dueOn: day(`2026-0${i + 1}-15`),
    }),
  );

test('an unknown IBAN whose amounts one customer only owes, all of them, is his; chance is counted', () => {
  const owed = [123_45n, 678_91n, 234_56n].map((cents, i) => invoice(`F2026-010${i}`, 'c7', cents));
  const lines = owed.map((one, i) => line(`l${i}`, one.balanceCents, 'VIREMENT', { iban: UNKNOWN }));
  const input: MatchingInput = { parties: crowd, invoices: owed, lines };
  const answer = matchStatement(input);
  assert.deepEqual(answer.matches.map(shown), ['F2026-0100 12345', 'F2026-0101 67891', 'F2026-0102 23456']);
  assert.match(says(answer.matches[0]), /verse 3 montants différents dus au centime par Client 7 Numéro7/);
  const [one] = lines;
  assert.equal(readLine({ ...input, lines: one ? [one] : [] }, 'l0').certain, undefined, 'one amount proves nothing');
  const rivals = owed.map((o) => ({ ...o, id: `${o.id}b`, number: `${o.number}9`, partyId: 'c8' }));
  assert.equal(matchStatement({ ...input, invoices: [...owed, ...rivals] }).matches.length, 0, 'two customers owe the same');
  const few = matchStatement({ ...input, parties: crowd.slice(7, 8), lines: lines.slice(0, 1) });
  assert.equal(few.matches.length, 0, 'and being the only customer proves nothing either');
});

test('the end of a number and its amount tell who an unknown payer is', () => {
  const invoices = [invoice('F2026-01723', 'c7', 123_45n), invoice('F2026-01724', 'c8', 300_00n)];
  const known = readLine({ parties: crowd, invoices, lines: [line('l', 123_45n, 'FAC 1723', { name: 'GROUPE ORION' })] }, 'l');
  assert.equal(shown(known.certain), 'F2026-01723 12345');
  assert.match(says(known.certain), /cite la fin du numéro d’une facture de Client 7/);
  const wrong = readLine({ parties: crowd, invoices, lines: [line('l', 123_45n, 'FAC 1724', { name: 'GROUPE ORION' })] }, 'l');
  assert.equal(wrong.certain, undefined, 'the number of another');
});

test('a trade name seen beside a quoted number pays the silent lines, unless two customers bear it', () => {
  const invoices = [invoice('F2026-0123', 'acme', 1200_00n), invoice('F2026-0124', 'acme', 350_40n)];
  const lines = [
    line('l1', 1200_00n, 'F2026-0123', { name: 'GROUPE ORION' }),
    line('l2', 350_40n, 'VIREMENT', { name: 'Groupe Orion' }),
  ];
  const silent = readLine({ parties: [acme], invoices, lines }, 'l2').certain;
  assert.equal(shown(silent), 'F2026-0124 35040');
  assert.match(says(silent), /Un payeur nommé .* paie aussi d’autres factures de Menuiserie Verdier SARL/);
  const both = [...invoices, invoice('F2026-0125', 'beta', 10_10n)];
  const shared = [...lines, line('l3', 10_10n, 'F2026-0125', { name: 'GROUPE ORION' })];
  const doubtful = readLine({ parties: [acme, party('beta', 'Transports Lormont')], invoices: both, lines: shared }, 'l2');
  assert.equal(doubtful.certain, undefined);
});

test('the name in « /DE … /MOTIF » counts as a name; one that the IBAN’s owner may bear does not contradict it', () => {
  const invoices = [invoice('F2026-0124', 'acme', 350_40n)];
  const named = line('l', 350_40n, 'VIR SEPA RECU /DE MENUIS VERDIER /MOTIF SOLDE /REF 998877');
  assert.equal(shown(readLine({ parties: [acme], invoices, lines: [named] }, 'l').certain), 'F2026-0124 35040');
  const parties = [acme, party('beta', 'Verdier SAS')];
  const short = line('l', 350_40n, 'VIR INST MENUIS VERDIER SOLDE', { iban: IBAN });
  assert.equal(readLine({ parties, invoices, lines: [short] }, 'l').certain?.by, 'payer-iban');
});

const paid = (invoices: readonly OpenInvoice[], late: number, text: (one: OpenInvoice) => string): StatementLine[] =>
  invoices.map((one, i) => {
    const bookedOn: Day = addDays(one.dueOn, late + (i % 3));
    return line(`l${i}`, one.balanceCents, text(one), { iban: IBAN, bookedOn });
  });

test('of equal invoices, the one that this payer pays as usual; none where the habit is unknown or fits two', () => {
  const all = monthly('acme', 49_00n);
  const quoted = paid(all.slice(0, 3), 20, (one) => one.number);
  // The fourth is never paid; the fifth is, in silence, when two are open.
  const [silent] = paid(all.slice(4, 5), 21, () => 'VIREMENT').map((one) => ({ ...one, id: 'silent' }));
  assert.ok(silent);
  const input = { parties: [acme], invoices: all, lines: [...quoted, silent] };
  const usual = readLine(input, 'silent').certain;
  assert.equal(shown(usual), 'S2026-0015 4900');
  assert.match(
    says(usual),
    /seule S2026-0015 est payée comme ce client paie d’habitude \(3\u202fpaiements sûrs, entre 20 jours après et 22 jours après/,
  );
  assert.equal(readLine({ ...input, lines: [...quoted.slice(0, 2), silent] }, 'silent').certain, undefined, 'two make no habit');
  const twice = all.map((one, i) => (i === 3 ? { ...one, dueOn: day('2026-05-13') } : one));
  assert.equal(readLine({ ...input, invoices: twice }, 'silent').certain, undefined, 'two are as usual');
});

test('of equal invoices, the one that is not due so late that nobody pays it yet, once enough payments show it', () => {
  const dueSoon = invoice('S2026-0011', 'acme', 49_00n, { issuedOn: day('2026-01-01'), dueOn: day('2026-01-31') });
  const dueLate = invoice('S2026-0012', 'acme', 49_00n, { issuedOn: day('2026-02-01'), dueOn: day('2026-03-03') });
  const others = crowd.slice(0, 250).map((one, i) => invoice(`F2026-0${i + 1000}`, one.id, BigInt(10_007 + 31 * i)));
  const paidOnTime = others.map((one, i) => line(`o${i}`, one.balanceCents, one.number, { bookedOn: addDays(one.dueOn, i % 9) }));
  const silent = line('silent', 49_00n, 'VIREMENT', { iban: IBAN, bookedOn: day('2026-02-05') });
  const of = (sure: number, open = [dueSoon, dueLate]) => {
    const lines = [...paidOnTime.slice(0, sure), silent];
    return readLine({ parties: [acme, ...crowd], invoices: [...open, ...others], lines }, 'silent').certain;
  };
  assert.equal(shown(of(250)), 'S2026-0011 4900');
  assert.match(says(of(250)), /presque aucun client ne paie les autres si tôt \(250\u202fvirements sûrs/);
  assert.equal(of(150), undefined, 'too few to know');
  assert.equal(of(250, [dueSoon, { ...dueLate, dueOn: day('2026-02-04') }]), undefined, 'both are due');
});

test('a direct debit is of the invoice due that day; what the bank sends back is the latest of them', () => {
  const all = monthly('acme', 49_00n);
  const debits = paid(all.slice(0, 6), 0, () => 'PRLV SEPA').map((one, i) => ({
    ...one,
    bookedOn: all[i]?.dueOn ?? one.bookedOn,
  }));
  const known = debits.slice(0, 3).map((one, i) => ({ ...one, text: `PRLV SEPA ${all[i]?.number}` }));
  const lines = [...known, ...debits.slice(4)];
  const input = { parties: [acme], invoices: all, lines };
  assert.equal(shown(readLine(input, 'l4').certain), 'S2026-0015 4900', 'not the one before, which was not collected');
  const back = line('back', -49_00n, 'REJET PRLV SEPA AM04 PROVISION INSUFFISANTE', {
    iban: IBAN,
    bookedOn: addDays(day('2026-06-15'), 4),
  });
  const answer = matchStatement({ ...input, lines: [...lines, back] });
  const returned = answer.matches.find((m) => m.lineId === 'back');
  assert.deepEqual([returned?.kind, returned?.counterpart], ['bounced', 'l5']);
  const contested = { ...back, text: 'REJET PRLV SEPA MD06 CONTESTATION' };
  const slow = matchStatement({ ...input, lines: [...lines, contested] });
  assert.equal(
    slow.matches.find((m) => m.lineId === 'back'),
    undefined,
    'a customer may contest an older one',
  );
});

test('a number cut by the bank or mistyped may be another’s: the payer and the amount tell', () => {
  const invoices = [
    invoice('F2026-000124', 'beta', 77_70n),
    invoice('F2026-012431', 'acme', 350_40n),
    invoice('F2026-000777', 'acme', 19_19n),
  ];
  const parties = [acme, party('beta', 'Transports Lormont')];
  const of = (text: string, cents = 350_40n) =>
    readLine({ parties, invoices, lines: [line('l', cents, text, { iban: IBAN })] }, 'l');
  for (const text of [
    'VIR SEPA RECU /DE MENUISERIE VERDIER /MOTIF REGLEMENT FACT F2026-0124 /REF 12',
    'REGLEMENT FACTURE F2026-0124',
  ]) {
    const cut = of(text).certain;
    assert.equal(shown(cut), 'F2026-012431 35040', text);
    assert.match(says(cut), /coupé par la banque/);
  }
  assert.equal(of('F2026-0124 DU 12/01/2026').certain, undefined, 'words follow: it was not cut');
  assert.equal(of('REGLEMENT FACTURE F2026-000777').certain, undefined, 'his own number, of another amount');
  const slips = [invoice('F2026-000142', 'beta', 77_70n), invoice('F2026-000124', 'acme', 350_40n)];
  const slipped = readLine({ parties, invoices: slips, lines: [line('l', 350_40n, 'F2026-000142', { iban: IBAN })] }, 'l');
  assert.equal(shown(slipped.certain), 'F2026-000124 35040');
});

test('nothing quoted: a discount or a usual share to the cent, never a fee; a share of all that is owed', () => {
  const invoices = [
    invoice('F2026-0001', 'acme', 1234_57n),
    invoice('F2026-0002', 'acme', 871_33n),
    invoice('F2026-0003', 'acme', 402_19n),
  ];
  const of = (cents: bigint, owed = invoices, text = 'VIREMENT') =>
    readLine({ parties: [acme], invoices: owed, lines: [line('l', cents, text, { iban: IBAN })] }, 'l');
  const discount = of(1209_88n).certain;
  assert.deepEqual([discount?.kind, discount?.shortCents, shown(discount)], ['less-discount', 24_69n, 'F2026-0001 120988']);
  assert.match(says(discount), /escompte de 2\u00a0%.*Aucune autre facture ouverte de ce client/);
  const share = of(261_40n).certain;
  assert.deepEqual([share?.kind, shown(share)], ['partial', 'F2026-0002 26140']);
  assert.match(says(share), /exactement 30\u00a0%/);
  assert.equal(of(1209_88n, invoices, 'F2026-0999').certain, undefined, 'it quotes something else');
  const fee = of(1222_07n, invoices.slice(0, 1));
  assert.deepEqual(
    [fee.certain, fee.first?.kind],
    [undefined, 'less-fee'],
    'a fee is no figure to the cent, and would be given up',
  );
  assert.equal(of(700_00n, invoices.slice(0, 1)).certain, undefined, 'any amount may be for something else');
  const round = [invoice('R1', 'acme', 1200_00n), invoice('R2', 'acme', 900_00n)];
  assert.equal(of(360_00n, round).certain, undefined, 'round amounts are shares of one another by chance');
  assert.equal(of(360_00n, round.slice(0, 1)).certain, undefined, 'even of the only one');
});

test('a list that was cut: the sum holds what it quotes, and there is one way', () => {
  const invoices = [
    invoice('F2026-000101', 'acme', 411_13n),
    invoice('F2026-000102', 'acme', 86_27n),
    invoice('F2026-010344', 'acme', 918_55n),
    invoice('F2026-010345', 'acme', 77_77n),
    invoice('F2026-000103', 'beta', 55_00n),
  ];
  const parties = [acme, party('beta', 'Transports Lormont')];
  const of = (text: string) => readLine({ parties, invoices, lines: [line('l', 1415_95n, text, { iban: IBAN })] }, 'l');
  assert.equal(of('FACTURES F2026-000101 F2026-000102 F2026-0103').certain?.parts.length, 3);
  assert.equal(of('FACTURE F2026-010345 ET AUTRES').certain, undefined, 'what it quotes is not in the sum');
});

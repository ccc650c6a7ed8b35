import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { invoice, line, party, readLine, shown } from '../../../test/support/matching.ts';
import { learn } from './learning.ts';
import { type MatchingInput, matchStatement } from './match.ts';
import type { StatementLine } from './model.ts';

const IBAN = 'FR7630006000011234567890189';
const OTHER = 'FR1420041010050500013M02606';
const acme = party('acme', 'Menuiserie Verdier SARL', IBAN);
const beta = party('beta', 'Transports Lormont SAS');
const F123 = invoice('F2026-0123', 'acme', 1200_00n);
const F124 = invoice('F2026-0124', 'acme', 350_40n);
const F125 = invoice('F2026-0125', 'acme', 99_99n);
const F200 = invoice('F2026-0200', 'beta', 777_70n);

function batch(one: StatementLine, more: Partial<MatchingInput> = {}): MatchingInput {
  return { invoices: [F123, F124, F125, F200], parties: [acme, beta], lines: [one], ...more };
}
const read = (one: StatementLine, more: Partial<MatchingInput> = {}) => readLine(batch(one, more), one.id);

test('a structured reference: RF, 27 digits, end-to-end identifier, reference of the case', () => {
  const references = ['RF18539007547034', '210000000003139471430009017', 'E2E-778120', 'D-2026-0007'];
  const invoices = [{ ...F123, references }, F124, F200];
  const ways = ['RF18 5390 0754 7034', '21 00000 00003 13947 14300 09017', 'D 2026 7', 'dossier d2026-0007'];
  for (const text of ways) {
    const { certain } = read(line('l', 1200_00n, text), { invoices });
    assert.equal(shown(certain), 'F2026-0123 120000', text);
    assert.equal(certain?.by, 'reference');
  }
  assert.equal(read(line('l', 1200_00n, 'VIREMENT', { reference: 'E2E-778120' }), { invoices }).certain?.by, 'reference');
  assert.equal(read(line('l', 1200_00n, 'RF19 5390 0754 7034'), { invoices }).certain, undefined, 'another reference');
});

test('a reference of a case that holds several invoices: all of it, or one; a part is proposed, oldest first', () => {
  const references = ['D-2026-0007'];
  const invoices = [
    { ...F123, references },
    { ...F124, references },
  ];
  assert.equal(shown(read(line('l', 1550_40n, 'D-2026-0007'), { invoices }).certain), 'F2026-0123 120000, F2026-0124 35040');
  assert.equal(shown(read(line('l', 350_40n, 'D-2026-0007', { iban: IBAN }), { invoices }).certain), 'F2026-0124 35040');
  const part = read(line('l', 1300_00n, 'D-2026-0007', { iban: IBAN }), { invoices });
  assert.equal(part.certain, undefined);
  assert.equal(shown(part.first), 'F2026-0123 120000, F2026-0124 10000');
});

test('a number, in the ways people write it', () => {
  const ways = [
    'F2026-0123',
    'FACTURE F2026-0123 DU 15/01/2026',
    'fact. f2026 0123',
    'F 2026 0123',
    'F.2026.0123',
    'F20260123',
    'F2026-123',
    'F26-0123',
    'FACT 20260123',
    '2026-0123',
    'F2O26-O123',
    'F2026-0I23',
    'VIR SEPA RECU /DE X /MOTIF REGLT F2026/0123 /REF 99887',
  ];
  for (const text of ways) assert.equal(shown(read(line('l', 1200_00n, text)).certain), 'F2026-0123 120000', text);
});

test('beside it: a number that is not ours, or of another customer, is never applied by itself', () => {
  const never = ['F2026-01234', 'F2026-0999', 'AF2026-0132', 'FACTURE 123', 'F2025-0123', 'TEL 0612345678'];
  for (const text of never) assert.equal(read(line('l', 1200_00n, text)).certain, undefined, text);
  const contradicted = read(line('l', 777_70n, 'F2026-0200', { iban: IBAN }));
  assert.equal(contradicted.certain, undefined, 'the IBAN is of another customer than the number');
  assert.equal(shown(contradicted.first), 'F2026-0200 77770');
  assert.ok(contradicted.first?.evidence.some((e) => e.about === 'payer' || e.about === 'doubt'));
});

test('the end of a number decides only for a known payer', () => {
  assert.equal(shown(read(line('l', 350_40n, 'facture 124', { iban: IBAN })).certain), 'F2026-0124 35040');
  assert.equal(read(line('l', 350_40n, 'facture 124')).certain, undefined);
});

test('a number cut by the bank: proposed with its reason; not taken for a shorter number', () => {
  const invoices = [invoice('F2026-1', 'beta', 50_00n), invoice('F2026-1308', 'acme', 50_00n)];
  const cut = read(line('l', 50_00n, 'REGLEMENT FACTURE F2026-1'), { invoices });
  assert.equal(cut.certain, undefined);
  const known = read(line('l', 50_00n, 'REGLEMENT FACTURE N F2026-13', { iban: IBAN }), { invoices });
  assert.equal(shown(known.certain), 'F2026-1308 5000', 'the payer and the amount are known, the cut number agrees');
  assert.ok(known.certain?.evidence.some((e) => e.says.includes('coupé par la banque')));
});

test('several numbers: one by one, by their ends, as a range', () => {
  const all = 'F2026-0123 120000, F2026-0124 35040, F2026-0125 9999';
  const ways = [
    'F2026-0123/124/125',
    'F2026-0123, 0124 et 0125',
    'F2026-0123 F2026-0124 F2026-0125',
    'DU F2026-0123 AU F2026-0125',
    'F2026-0123 A 125',
  ];
  for (const text of ways) assert.equal(shown(read(line('l', 1650_39n, text)).certain), all, text);
  const short = read(line('l', 1600_00n, 'F2026-0123/124/125', { iban: IBAN }));
  assert.equal(short.certain, undefined, 'the total is not theirs');
  assert.equal(shown(read(line('l', 1650_39n, 'F2026-0123 ET AUTRES', { iban: IBAN })).certain), all, 'one way to complete it');
});

test('a part payment goes to the number it quotes; without a known payer, or with a rival, it is proposed', () => {
  const part = read(line('l', 500_00n, 'acompte F2026-0123', { iban: IBAN }));
  assert.equal(part.certain?.kind, 'partial');
  assert.equal(shown(part.certain), 'F2026-0123 50000');
  assert.equal(part.certain?.shortCents, 700_00n);
  assert.equal(read(line('l', 500_00n, 'acompte F2026-0123')).certain, undefined);
  const rival = read(line('l', 350_40n, 'F2026-0123', { iban: IBAN }));
  assert.equal(rival.certain, undefined, 'exactly what another invoice of this customer is worth');
  assert.equal(rival.ranked.length > 1, true);
});

test('less a bank fee or a discount: the difference is explained and stays due', () => {
  const fee = read(line('l', 1187_50n, 'F2026-0123', { iban: IBAN })).certain;
  assert.deepEqual([fee?.kind, fee?.shortCents, shown(fee)], ['less-fee', 12_50n, 'F2026-0123 118750']);
  const discount = read(line('l', 1176_00n, 'F2026-0123', { iban: IBAN })).certain;
  assert.equal(discount?.kind, 'less-discount');
  assert.ok(discount?.evidence.some((e) => e.says.includes('escompte de 2\u00a0%')));
  const silent = read(line('l', 1187_50n, 'VIREMENT', { iban: IBAN }));
  assert.equal(silent.certain, undefined, 'without a number it is only proposed');
  assert.equal(silent.first?.kind, 'less-fee');
});

test('principal, interest and 40 €: beyond the balance only what may be claimed that day', () => {
  const accessories = () => ({ interestCents: 18_27n, indemnityCents: 40_00n });
  const invoices = [{ ...F123, accessories }, F124, F125];
  const whole = read(line('l', 1258_27n, 'F2026-0123'), { invoices }).certain;
  assert.equal(shown(whole), 'F2026-0123 120000+5827');
  assert.equal(shown(read(line('l', 1240_00n, 'F2026-0123'), { invoices }).certain), 'F2026-0123 120000+4000');
  const more = read(line('l', 1258_28n, 'F2026-0123', { iban: IBAN }), { invoices });
  assert.equal(more.certain, undefined);
  assert.deepEqual([more.first?.kind, more.first?.surplusCents], ['overpaid', 58_28n]);
  const silent = read(line('l', 1258_27n, 'VIREMENT', { iban: IBAN }), { invoices });
  assert.equal(shown(silent.certain), 'F2026-0123 120000+5827', 'to the cent, of the only invoice it can be');
  assert.equal(read(line('l', 1258_27n, 'F2026-0999', { iban: IBAN }), { invoices }).certain, undefined, 'another number');
  const alike = [...invoices, { ...F123, id: 'other', number: 'F2026-0126', accessories }];
  const two = read(line('l', 1258_27n, 'VIREMENT', { iban: IBAN }), { invoices: alike });
  assert.deepEqual([two.certain, two.first?.kind], [undefined, 'with-accessories']);
});

test('exact amount and IBAN; beside it the same amount twice, a sum as likely, a number that contradicts', () => {
  const { certain } = read(line('l', 350_40n, 'VIREMENT', { iban: IBAN.replace(/(.{4})/g, '$1 ') }));
  assert.deepEqual([shown(certain), certain?.by], ['F2026-0124 35040', 'payer-iban']);
  const twice = [F123, F124, { ...F125, balanceCents: 350_40n }];
  const ambiguous = read(line('l', 350_40n, 'VIREMENT', { iban: IBAN }), { invoices: twice });
  assert.deepEqual([ambiguous.certain, ambiguous.ranked.length], [undefined, 2]);
  const sum = [invoice('A1', 'acme', 300_00n), invoice('A2', 'acme', 100_00n), invoice('A3', 'acme', 200_00n)];
  assert.equal(read(line('l', 300_00n, 'VIREMENT', { iban: IBAN }), { invoices: sum }).certain, undefined);
  assert.equal(read(line('l', 350_40n, 'F2026-0200', { iban: IBAN })).certain, undefined);
  assert.equal(read(line('l', 350_40n, 'F2026-0999', { iban: IBAN })).certain, undefined);
  const later = [{ ...F124, issuedOn: day('2026-03-20'), dueOn: day('2026-04-20') }];
  assert.equal(read(line('l', 350_40n, 'VIREMENT', { iban: IBAN }), { invoices: later }).certain, undefined, 'not issued yet');
});

test('exact amount and name; beside it a twin, and a name that only resembles', () => {
  for (const name of [
    'MENUISERIE VERDIER',
    'SARL Menuiserie Verdier',
    'Menuiserie-Verdier',
    'MENUISERIE VERDIE',
    'MENUIS VERDIER',
  ])
    assert.equal(shown(read(line('l', 350_40n, 'VIREMENT', { name })).certain), 'F2026-0124 35040', name);
  assert.equal(shown(read(line('l', 350_40n, 'VIR SEPA RECU /DE MENUISERIE VERDIER /MOTIF SOLDE')).certain), 'F2026-0124 35040');
  for (const name of ['VERDIER', 'MENUISERIE VERNIER BOIS', 'MENUISERIE DUVAL', 'J VERDIER'])
    assert.equal(read(line('l', 350_40n, 'VIREMENT', { name })).certain, undefined, name);
  const twin = party('twin', 'Menuiserie Verdier SAS');
  const unsaid = line('l', 350_40n, 'VIREMENT', { name: 'MENUISERIE VERDIER' });
  const parties = [acme, beta, twin];
  const one = read(unsaid, { parties }).certain;
  assert.equal(shown(one), 'F2026-0124 35040', 'the twin never owed that');
  assert.ok(one?.evidence.some((e) => e.says.startsWith('Plusieurs clients')));
  assert.ok(one?.evidence.some((e) => e.says.includes('seul Menuiserie Verdier SARL (facture F2026-0124) doit')));
  const twins = read(unsaid, { parties, invoices: [F123, F124, F125, F200, invoice('F2026-0300', 'twin', 350_40n)] });
  assert.equal(twins.certain, undefined, 'both owe it');
  assert.ok(twins.first?.evidence.some((e) => e.says.startsWith('Plusieurs clients')));
});

test('a sum of the payer’s invoices, when there is one way only', () => {
  assert.equal(shown(read(line('l', 450_39n, 'VIREMENT', { iban: IBAN })).certain), 'F2026-0124 35040, F2026-0125 9999');
  const round = ['A', 'B', 'C'].map((n) => invoice(n, 'acme', 100_00n));
  const ambiguous = read(line('l', 200_00n, 'VIREMENT', { iban: IBAN }), { invoices: round });
  assert.equal(ambiguous.certain, undefined);
  assert.ok(ambiguous.ranked.length > 1);
  assert.equal(
    shown(read(line('l', 300_00n, 'VIREMENT', { iban: IBAN }), { invoices: round }).certain),
    'A 10000, B 10000, C 10000',
  );
  const creditNote = [F123, { ...F124, balanceCents: -200_00n }];
  assert.equal(
    shown(read(line('l', 1000_00n, 'VIREMENT', { iban: IBAN }), { invoices: creditNote }).certain),
    'F2026-0123 120000, F2026-0124 -20000',
  );
});

test('a number already settled is not paid twice, nor does its payment slip to another invoice', () => {
  const invoices = [
    { ...F123, balanceCents: 0n },
    { ...F124, balanceCents: 1200_00n },
  ];
  const { certain, first } = read(line('l', 1200_00n, 'F2026-0123', { iban: IBAN }), { invoices });
  assert.equal(certain, undefined);
  assert.equal(shown(first), 'F2026-0124 120000');
});

test('two lines for one invoice: the second is not applied', () => {
  const again = line('l2', 1200_00n, 'F2026-0123', { iban: IBAN });
  const answer = matchStatement(
    batch(line('l1', 1200_00n, 'F2026-0123', { iban: IBAN }), { lines: [again, { ...again, id: 'l1' }] }),
  );
  assert.deepEqual(
    answer.matches.map((m) => m.lineId),
    ['l1'],
  );
  assert.equal(answer.unmatched[0]?.partyId, 'acme', 'its money holds the case of the payer');
  assert.ok(answer.unmatched[0]?.evidence.some((e) => e.says.includes('déjà soldée')));
});

test('another currency is never compared', () => {
  const { certain, ranked } = read(line('l', 1200_00n, 'F2026-0123', { currency: 'USD', iban: IBAN }));
  assert.deepEqual([certain, ranked.length], [undefined, 0]);
  const answer = matchStatement(batch(line('l', 1200_00n, 'F2026-0123', { currency: 'USD' })));
  assert.ok(answer.unmatched[0]?.evidence[0]?.says.includes('USD'));
});

test('an invoice of another company of the user: to be refused, whatever the amount fits', () => {
  const elsewhere = [{ number: 'QX2026-0044', entity: 'Atelier du Quai' }];
  const { certain, first } = read(line('l', 350_40n, 'FACTURE QX2026-0044', { iban: IBAN }), { elsewhere });
  assert.deepEqual([certain, first?.kind, first?.parts.length], [undefined, 'wrong-entity', 0]);
  assert.equal(first?.partyId, 'acme');
});

test('a refused direct debit gives back what it took, and the next transfer pays again', () => {
  const lines = [
    line('debit', 350_40n, 'PRLV SEPA', { reference: 'F2026-0124', iban: IBAN, bookedOn: day('2026-02-14') }),
    line('back', -350_40n, 'REJET PRLV AM04', { iban: IBAN, bookedOn: day('2026-02-18') }),
    line('again', 350_40n, 'F2026-0124', { iban: IBAN, bookedOn: day('2026-03-01') }),
  ];
  const answer = matchStatement(batch(lines[0] as StatementLine, { lines }));
  assert.deepEqual(
    answer.matches.map((m) => [m.lineId, m.kind, shown(m)]),
    [
      ['debit', 'exact', 'F2026-0124 35040'],
      ['back', 'bounced', 'F2026-0124 -35040'],
      ['again', 'exact', 'F2026-0124 35040'],
    ],
  );
  assert.equal(answer.matches[1]?.counterpart, 'debit');
});

test('a refused payment of an earlier batch; two that fit are proposed; a plain debit to a customer is neither', () => {
  const payment = (id: string) => ({
    id,
    bookedOn: day('2026-02-01'),
    amountCents: 350_40n,
    currency: 'EUR',
    partyId: 'acme',
    parts: [{ invoiceId: 'F2026-0124', cents: 350_40n, accessoriesCents: 0n }],
  });
  const settled = [F123, { ...F124, balanceCents: 0n }];
  const back = line('back', -350_40n, 'IMPAYE', { iban: IBAN });
  const one = read(back, { invoices: settled, earlier: [payment('p1')] });
  assert.deepEqual([one.certain?.counterpart, shown(one.certain)], ['p1', 'F2026-0124 -35040']);
  const two = read(back, { invoices: settled, earlier: [payment('p1'), payment('p2')] });
  assert.deepEqual([two.certain, two.ranked.length], [undefined, 2]);
  const plain = read({ ...back, text: 'VIR FOURNISSEUR' }, { invoices: settled, earlier: [payment('p1')] });
  assert.equal(plain.certain, undefined);
});

test('what was learned: a confirmed IBAN or name pays; a contradiction takes the certainty away', () => {
  const one = line('l', 350_40n, 'VIREMENT', { iban: OTHER, name: 'HOLDING DU PORT' });
  assert.equal(read(one).certain, undefined);
  const learned = learn([], [{ partyId: 'acme', iban: OTHER, name: 'Holding du Port' }]);
  const known = read(one, { learned });
  assert.equal(shown(known.certain), 'F2026-0124 35040');
  assert.ok(known.certain?.evidence.some((e) => e.says.includes('a déjà payé pour')));
  assert.equal(shown(read({ ...one, iban: 'FR00' }, { learned }).certain), 'F2026-0124 35040', 'by the name alone');
  const contradicted = learn(learned, [{ partyId: 'beta', iban: OTHER, name: 'Holding du Port' }]);
  const doubtful = read(one, { learned: contradicted });
  assert.deepEqual([doubtful.certain, shown(doubtful.first)], [undefined, 'F2026-0124 35040']);
});

test('within a batch, the IBAN of a quoted number recognises the silent transfers', () => {
  const quotedLine = line('l1', 1200_00n, 'F2026-0123', { iban: OTHER });
  const silent = line('l2', 350_40n, 'VIREMENT', { iban: OTHER });
  assert.equal(shown(readLine(batch(quotedLine, { lines: [quotedLine, silent] }), 'l2').certain), 'F2026-0124 35040');
});

test('an identifier given twice is a bug of the caller', () => {
  assert.throws(() => matchStatement(batch(line('l', 1n, ''), { lines: [line('l', 1n, ''), line('l', 2n, '')] })), RangeError);
  assert.throws(() => matchStatement(batch(line('l', 1n, ''), { invoices: [F123, F123] })), RangeError);
  assert.throws(() => matchStatement(batch(line('l', 1n, ''), { parties: [acme, acme] })), RangeError);
});

test('every reason is a French sentence', () => {
  const answer = matchStatement(batch(line('l', 1187_50n, 'F2026-0123', { iban: IBAN })));
  for (const { says } of answer.matches[0]?.evidence ?? []) assert.match(says, /^\p{Lu}.*\.$/u);
  assert.deepEqual(
    answer.matches[0]?.evidence.map((e) => e.about),
    ['number', 'amount', 'payer'],
  );
});

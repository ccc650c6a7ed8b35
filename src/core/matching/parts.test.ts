import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { learn } from './learning.ts';
import { NameIndex, nameWords, wordLikeness } from './names.ts';
import { NumberIndex, partsOfNumber, quotesInPart } from './numbers.ts';
import { explainShortfall } from './shortfall.ts';
import { chanceOfSum, largeSums, neighbouringSum, smallSums, wholeCents } from './subset.ts';
import { foldText, oneSlipApart, unconfused } from './text.ts';

test('sums: pairs, triples and larger subsets are those that trying everything finds', () => {
  const amounts = fc.array(fc.integer({ min: -20, max: 60 }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 150 }), (values, target) => {
      const all: string[] = [];
      for (let mask = 1; mask < 1 << values.length; mask += 1) {
        const places = values.flatMap((_, i) => (mask & (1 << i) ? [i] : []));
        if (places.length > 1 && places.reduce((sum, i) => sum + (values[i] ?? 0), 0) === target) all.push(places.join());
      }
      const found = [...smallSums(values, target, 1e6), ...largeSums(values, target, 1e6)].map((way) => way.join());
      assert.deepEqual(found.sort(), all.sort());
    }),
  );
});

test('sums: neighbours, chance, and amounts too large to be added exactly', () => {
  assert.deepEqual(neighbouringSum([5, 10, 20, 40], 30), [1, 2]);
  assert.equal(neighbouringSum([5, 10, 20, 40], 20), undefined, 'one alone is no sum');
  assert.ok(chanceOfSum([60_00, 120_00, 180_00, 240_00], 2, 300_00) > 0.5, 'round prices meet often');
  assert.ok(chanceOfSum([61_37, 128_03, 199_99, 241_10], 2, 189_40) < 0.001);
  assert.ok(chanceOfSum([60_00, 120_00, 180_00, 241_13, 377_19], 2, 300_00) > 0.5, 'a round amount is met by the round ones');
  assert.throws(() => wholeCents(2n ** 50n), RangeError);
  assert.throws(() => largeSums(new Array(21).fill(1), 5, 1), RangeError);
});

test('text: accents, ligatures, letters typed for digits, one slip', () => {
  assert.equal(foldText('Sœurs Éléonore n° 7'), 'SOEURS ELEONORE N° 7');
  assert.equal(unconfused('F2O26-OI23 SOLEIL LOI'), 'F2026-0123 SOLEIL LOI');
  for (const [a, b] of [
    ['F123', 'F132'],
    ['F123', 'F124'],
    ['F123', 'F12'],
    ['F123', 'F1123'],
  ] as const)
    assert.ok(oneSlipApart(a, b), `${a} ${b}`);
  for (const [a, b] of [
    ['F123', 'F123'],
    ['F123', 'F231'],
    ['F123', 'F1'],
  ] as const)
    assert.ok(!oneSlipApart(a, b), `${a} ${b}`);
});

test('numbers: a word of our form that is none of them is told; a date or a telephone is not', () => {
  const index = new NumberIndex<{ number: string }>();
  for (const number of ['FA2026-000123', 'FA2026-000124']) index.add(number, { number });
  assert.deepEqual(index.quotedIn('FACT FA2026-000132').unknown, ['FA2026000132']);
  assert.deepEqual(index.quotedIn('LE 12/03/2026 TEL 0612345678').unknown, []);
  const quoted = index.quotedIn('FACT FA2026-000132');
  assert.equal(quotesInPart(quoted, partsOfNumber('FA2026-000123'))?.kind, 'slip');
  assert.equal(quotesInPart(index.quotedIn('FACT 123'), partsOfNumber('FA2026-000123'))?.kind, 'serial');
  assert.equal(quotesInPart(index.quotedIn('FACT FA2026-0001'), partsOfNumber('FA2026-000123'))?.kind, 'cut');
  assert.equal(quotesInPart(index.quotedIn('FACT 77'), partsOfNumber('FA2026-000123')), undefined);
});

test('numbers: two invoices of the same number are both meant', () => {
  const index = new NumberIndex<{ id: number }>();
  index.add('F2026-1', { id: 1 });
  index.add('F2026-1', { id: 2 });
  assert.deepEqual(
    index.quotedIn('F2026-1').found[0]?.targets.map((t) => t.id),
    [1, 2],
  );
});

test('names: what a name is without its legal form, and how alike two words are', () => {
  assert.deepEqual(nameWords('S.A.R.L. Établissements Dupont & Fils'), ['DUPONT', 'FILS']);
  assert.deepEqual(nameWords('STE NLE DES TRANSP. ST MARTIN'), ['NLE', 'TRANSP', 'SAINT', 'MARTIN']);
  assert.deepEqual(nameWords('SARL'), ['SARL'], 'a name made of hollow words keeps them');
  assert.equal(wordLikeness('TRANSP', 'TRANSPORTS'), 0.9);
  assert.ok(wordLikeness('VERDIER', 'VERDIR') > 0.5);
  assert.equal(wordLikeness('VERDIER', 'DUVAL'), 0);
});

test('names: the rare word decides, a cut name is found, twins come together', () => {
  const index = new NameIndex();
  ['Transports Lormont', 'Transports Pessac', 'Transports Bègles SA', 'Imprimerie Générale de la Garonne et du Médoc'].forEach(
    (name, i) => {
      index.add(`p${i}`, name);
    },
  );
  assert.equal(index.like('TRANSPORT LORMONT SAS')[0]?.partyId, 'p0');
  assert.equal(index.like('IMPRIMERIE GENERALE DE LA GA')[0]?.partyId, 'p3');
  assert.ok((index.like('TRANSPORTS')[0]?.score ?? 0) < 0.84, 'a common word alone names nobody');
  index.add('p9', 'Transports Lormont SARL');
  assert.deepEqual(
    index.like('Transports Lormont').map((m) => [m.partyId, m.score]),
    [
      ['p0', 1],
      ['p9', 1],
    ],
  );
});

test('a shortfall is a usual discount, a fee a bank may keep, or neither', () => {
  assert.deepEqual(explainShortfall(1000_00n, 980_00n), { kind: 'less-discount', percent: '2' });
  assert.deepEqual(explainShortfall(333_33n, 331_66n), { kind: 'less-discount', percent: '0,5' });
  assert.deepEqual(explainShortfall(1000_00n, 987_50n), { kind: 'less-fee' });
  assert.equal(explainShortfall(1000_00n, 974_99n), undefined, 'more than 25 €');
  assert.equal(explainShortfall(100_00n, 88_00n), undefined, 'more than a tenth');
});

test('learning: confirmations add up in any order, nothing given is changed', () => {
  const confirmation = fc.record({
    partyId: fc.constantFrom('a', 'b'),
    iban: fc.constantFrom('FR76 1', 'FR762'),
    name: fc.constantFrom('Dupont SARL', 'DUPONT', 'Durand'),
    rejected: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(confirmation), (all) => {
      const together = learn([], all);
      assert.deepEqual(learn([], [...all].reverse()), together);
      assert.deepEqual(
        all.reduce((known, one) => learn(known, [one]), learn([], [])),
        together,
      );
      assert.equal(
        together.reduce((sum, a) => sum + a.confirmed + a.rejected, 0),
        2 * all.length,
      );
    }),
  );
  const known = Object.freeze(learn([], [{ partyId: 'a', name: 'Dupont SARL' }]));
  assert.deepEqual(learn(known, [{ partyId: 'a', name: 'DUPONT' }]), [
    { kind: 'name', value: 'DUPONT', partyId: 'a', confirmed: 2, rejected: 0 },
  ]);
  assert.equal(known[0]?.confirmed, 1);
});

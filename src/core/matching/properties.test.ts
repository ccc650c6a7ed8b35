import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, day } from '#core/kernel/day.ts';
import { type MatchingInput, matchStatement } from './match.ts';
import type { KnownParty, Match, Matching, OpenInvoice, StatementLine } from './model.ts';

/** Small worlds where everything collides: few amounts, few names, shared IBANs, numbers close to each other. */
const NAMES = ['Menuiserie Verdier SARL', 'Menuiserie Verdier SAS', 'Transports Lormont', 'Ets Lormont', 'Garage du Port'];
const AMOUNTS = [100_00n, 100_00n, 200_00n, 300_00n, 99_99n, 120_50n, 49_00n, 12_34n];
const START = day('2026-01-01');
const on = fc.integer({ min: 0, max: 90 }).map((days) => addDays(START, days));
const iban = fc.integer({ min: 0, max: 5 }).map((n) => `FR76300060000112345678901${n}`);

const partyOf = (i: number, ibans: readonly string[]): KnownParty => ({ id: `p${i}`, name: NAMES[i] ?? '', aliases: [], ibans });
const own = (i: number) =>
  fc.option(iban, { nil: undefined, freq: 6 }).map((other) => [`FR76300060000112345678901${i}`, ...(other ? [other] : [])]);
const parties = fc.tuple(...NAMES.map((_, i) => fc.oneof(own(i), fc.constant([])).map((ibans) => partyOf(i, ibans))));

const invoices = fc
  .array(
    fc.record({
      party: fc.integer({ min: 0, max: 4 }),
      cents: fc.constantFrom(...AMOUNTS, 0n, -50_00n),
      issued: on,
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'CHF'),
      claims: fc.boolean(),
      inCase: fc.boolean(),
    }),
    { maxLength: 14 },
  )
  .map((all) =>
    all.map(
      (one, i): OpenInvoice => ({
        id: `i${i}`,
        partyId: `p${one.party}`,
        number: `F2026-${String(i + 95).padStart(4, '0')}`,
        issuedOn: one.issued,
        dueOn: addDays(one.issued, 30),
        currency: one.currency,
        balanceCents: one.cents,
        ...(one.inCase && { references: [`D-2026-000${one.party}`] }),
        ...(one.claims && { accessories: () => ({ interestCents: 1_23n, indemnityCents: 40_00n }) }),
      }),
    ),
  );

const words = fc.oneof(
  fc.integer({ min: 94, max: 110 }).map((n) => `FACTURE F2026-${String(n).padStart(4, '0')}`),
  fc.integer({ min: 94, max: 110 }).map((n) => `F2026-${String(n).padStart(4, '0')}/${n + 1}`),
  fc.integer({ min: 94, max: 110 }).map((n) => `fact ${n}`),
  fc.integer({ min: 0, max: 4 }).map((n) => `dossier D-2026-000${n}`),
  fc.constantFrom('VIREMENT', 'REJET PRLV', 'REMBOURSEMENT', 'VIR SEPA RECU /DE GARAGE DU PORT /MOTIF SOLDE', ''),
);
const lines = fc
  .array(
    fc.record({
      cents: fc.oneof(
        fc.constantFrom(...AMOUNTS, 400_00n, 500_00n, 219_99n, 140_00n, 141_23n, 95_00n, 50_00n, 0n),
        fc.constantFrom(-100_00n, -200_00n, -49_00n),
      ),
      text: words,
      booked: on,
      name: fc.option(fc.constantFrom('MENUISERIE VERDIER', ...NAMES, 'LORMONT', 'INCONNU'), { nil: undefined }),
      iban: fc.option(iban, { nil: undefined }),
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'CHF'),
    }),
    { maxLength: 14 },
  )
  .map((all) =>
    all.map(
      (one, i): StatementLine => ({
        id: `l${i}`,
        bookedOn: one.booked,
        valueOn: one.booked,
        amountCents: one.cents,
        currency: one.currency,
        text: one.text,
        ...(one.name !== undefined && { name: one.name }),
        ...(one.iban !== undefined && { iban: one.iban }),
      }),
    ),
  );
const batch: fc.Arbitrary<MatchingInput> = fc.record({ parties, invoices, lines });
const RUNS = { numRuns: 400 };

const balances = (input: MatchingInput): Map<string, bigint> => new Map(input.invoices.map((i) => [i.id, i.balanceCents]));
const amountOf = (input: MatchingInput, match: Match): bigint =>
  input.lines.find((line) => line.id === match.lineId)?.amountCents ?? 0n;
const placed = (match: Match): bigint => match.parts.reduce((sum, p) => sum + p.cents + p.accessoriesCents, match.surplusCents);
const idsOf = (answer: Matching): string[] => [
  ...answer.matches.map((m) => m.lineId),
  ...answer.proposals.map((p) => p.lineId),
  ...answer.unmatched.map((u) => u.lineId),
];

test('each line has one answer, and one only', () => {
  fc.assert(
    fc.property(batch, (input) => {
      const ids = idsOf(matchStatement(input)).sort();
      assert.deepEqual(ids, input.lines.map((line) => line.id).sort());
    }),
    RUNS,
  );
});

test('cents are conserved: every match places the whole line, no balance goes past zero', () => {
  fc.assert(
    fc.property(batch, (input) => {
      const answer = matchStatement(input);
      const left = balances(input);
      const move = (match: Match): void => {
        for (const part of match.parts) left.set(part.invoiceId, (left.get(part.invoiceId) ?? 0n) - part.cents);
      };
      for (const match of answer.matches) move(match);
      for (const [id, opening] of balances(input)) {
        const rest = left.get(id) ?? 0n;
        assert.ok(opening < 0n ? rest >= opening && rest <= 0n : rest >= 0n && rest <= opening, `${id}: ${opening} → ${rest}`);
      }
      for (const match of [...answer.matches, ...answer.proposals.flatMap((p) => p.ranked)]) {
        if (match.kind === 'annulled' || match.kind === 'wrong-entity' || match.counterpart !== undefined) continue;
        assert.equal(placed(match), amountOf(input, match), JSON.stringify(match.kind));
        for (const part of match.parts) assert.ok(part.accessoriesCents >= 0n);
      }
      for (const proposal of answer.proposals.flatMap((p) => p.ranked))
        for (const part of proposal.parts) {
          if (proposal.counterpart !== undefined) continue;
          const rest = left.get(part.invoiceId) ?? 0n;
          assert.ok(rest < 0n ? part.cents >= rest : part.cents <= rest, 'a proposal fits what is left');
        }
    }),
    RUNS,
  );
});

test('a debit takes back exactly what the credit had given', () => {
  fc.assert(
    fc.property(batch, (input) => {
      const matches = new Map(matchStatement(input).matches.map((m) => [m.lineId, m]));
      for (const match of matches.values()) {
        if (match.kind !== 'bounced' && match.kind !== 'refund') continue;
        const credit = matches.get(match.counterpart ?? '');
        assert.deepEqual(
          match.parts,
          (credit?.parts ?? []).map((p) => ({ ...p, cents: -p.cents, accessoriesCents: -p.accessoriesCents })),
        );
      }
    }),
    RUNS,
  );
});

test('the order of lines, invoices and parties changes nothing', () => {
  fc.assert(
    fc.property(batch, fc.infiniteStream(fc.nat()), (input, chance) => {
      const shuffled = <T>(all: readonly T[]): T[] =>
        all
          .map((one) => ({ one, at: chance.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
      const other = { parties: shuffled(input.parties), invoices: shuffled(input.invoices), lines: shuffled(input.lines) };
      assert.deepEqual(matchStatement(other), matchStatement(input));
    }),
    RUNS,
  );
});

test('a line that has nothing to do with the others changes nothing for them', () => {
  const stranger: StatementLine = {
    id: 'zz',
    bookedOn: day('2026-02-01'),
    valueOn: day('2026-02-01'),
    amountCents: 7_654_321_09n,
    currency: 'EUR',
    name: 'TRESOR PUBLIC',
    text: 'REMBOURSEMENT CREDIT TVA',
  };
  fc.assert(
    fc.property(batch, (input) => {
      const before = matchStatement(input);
      const after = matchStatement({ ...input, lines: [stranger, ...input.lines] });
      assert.deepEqual({ ...after, unmatched: after.unmatched.filter((u) => u.lineId !== 'zz') }, before);
    }),
    RUNS,
  );
});

test('certain is never ambiguous: by amount alone, no other invoice and no pair or triple of the payer explains the line', () => {
  let checked = 0;
  fc.assert(
    fc.property(silent, (input) => {
      // One line at a time: what was open when it was read is then what the input says.
      for (const line of input.lines) {
        const [match] = matchStatement({ ...input, lines: [line] }).matches;
        if (!match || (match.by !== 'payer-iban' && match.by !== 'payer-name')) continue;
        checked += 1;
        const open = input.invoices.filter(
          (i) =>
            i.partyId === match.partyId &&
            i.balanceCents !== 0n &&
            i.currency === line.currency &&
            Temporal.PlainDate.compare(i.issuedOn, line.bookedOn) <= 0,
        );
        const ways = waysToMake(open, line.amountCents).filter((way) => way.length <= Math.max(3, match.parts.length));
        if (match.kind !== 'exact' && match.kind !== 'sum') {
          assert.equal(ways.length, 0, `${match.kind}, though ${ways.map((w) => w.map((i) => i.number))}`);
          continue;
        }
        assert.equal(ways.length, 1, `${line.text} ${line.amountCents}: ${ways.map((w) => w.map((i) => i.number))}`);
        assert.deepEqual(ways[0]?.map((i) => i.id).sort(), match.parts.map((p) => p.invoiceId).sort());
        const owners = input.parties.filter((p) => line.iban !== undefined && p.ibans.includes(line.iban));
        if (match.by === 'payer-iban') assert.equal(owners.length, 1, 'an IBAN of two customers decides nothing');
      }
    }),
    RUNS,
  );
  assert.ok(checked > 50, `only ${checked} matches by amount were seen`);
});

/** Silent transfers of known payers, each worth one to four of their invoices: most can be read by their amount. */
const silent: fc.Arbitrary<MatchingInput> = fc
  .record({
    parties,
    invoices: invoices.map((all) => all.map((i) => ({ ...i, currency: 'EUR' }))),
    picks: fc.array(fc.record({ from: fc.nat(13), many: fc.integer({ min: 1, max: 4 }), booked: on }), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .map(({ picks, ...all }) => ({
    ...all,
    lines: picks.map(({ from, many, booked }, i): StatementLine => {
      const partyId = all.invoices[from % Math.max(all.invoices.length, 1)]?.partyId ?? 'p0';
      const chosen = all.invoices.filter((one) => one.partyId === partyId).slice(-many);
      return {
        id: `l${i}`,
        bookedOn: addDays(booked, 60),
        valueOn: booked,
        amountCents: chosen.reduce((sum, one) => sum + one.balanceCents, 0n),
        currency: 'EUR',
        text: 'VIREMENT',
        iban: `FR76300060000112345678901${partyId.slice(1)}`,
      };
    }),
  }));

/** Every subset that makes the amount, tried one by one. */
function waysToMake(open: readonly OpenInvoice[], cents: bigint): OpenInvoice[][] {
  const ways: OpenInvoice[][] = [];
  for (let mask = 1; mask < 1 << open.length; mask += 1) {
    const chosen = open.filter((_, i) => mask & (1 << i));
    if (chosen.reduce((sum, i) => sum + i.balanceCents, 0n) === cents) ways.push(chosen);
  }
  return ways;
}

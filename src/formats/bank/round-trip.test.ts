import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { formatCents } from '#core/kernel/money.ts';
import { camt, cfonb, closingOf, type MadeEntry, type MadeStatement } from '../../../test/support/bank-files.ts';
import { readStatementFile, type StatementFile, type StatementStreamEvent, streamStatements } from './index.ts';

/** Files made by the tests are read back as they were made, whatever the pieces they come in, and cut or damaged ones never pass for whole. */

const day = fc.integer({ min: 0, max: 5000 }).map((days) => Temporal.PlainDate.from('2015-01-01').add({ days }).toString());
/** Words of capitals, without blanks at the ends, as banks write them. */
const words = (max: number, letters: string): fc.Arbitrary<string> =>
  fc
    .array(fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
    .map((list) => list.join(' ').slice(0, max).trim());
const entry = (letters: string): fc.Arbitrary<MadeEntry> =>
  fc.record({
    cents: fc.bigInt({ min: -9_999_999_999_99n, max: 9_999_999_999_99n }),
    bookedOn: day,
    valueOn: day,
    name: words(30, letters),
    text: words(31, letters),
    reference: fc
      .string({ unit: fc.constantFrom(...'ABCDEF0123456789-'), minLength: 3, maxLength: 35 })
      .filter((r) => !/^-|^NOTPROVIDED$/.test(r)),
  });
const statement = (letters: string): fc.Arbitrary<MadeStatement> =>
  fc.record({
    bank: fc.constant('30002'),
    branch: fc.constant('00447'),
    number: fc.constantFrom('0000888899H', '12345678901'),
    iban: fc.constant('FR7630006000011234567890189'),
    openingCents: fc.bigInt({ min: -99_999_999_99n, max: 99_999_999_99n }),
    from: day,
    to: day,
    entries: fc.array(entry(letters), { maxLength: 12 }),
  });
const ASCII = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.-';
const files = (letters: string): fc.Arbitrary<MadeStatement[]> => fc.array(statement(letters), { minLength: 1, maxLength: 4 });

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(content: Uint8Array): Promise<StatementFile> {
  const result = await readStatementFile(content, 'releve');
  assert.ok(result.ok, result.ok ? '' : `${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

function assertSame(file: StatementFile, made: readonly MadeStatement[], account: (s: MadeStatement) => string): void {
  assert.equal(file.statements.length, made.length);
  made.forEach((expected, i) => {
    const found = file.statements[i];
    assert.deepEqual(
      [found?.account, found?.currency, found?.opening, found?.openingOn, found?.closing, found?.closingOn],
      [
        account(expected),
        'EUR',
        formatCents(expected.openingCents),
        expected.from,
        formatCents(closingOf(expected)),
        expected.to,
      ],
    );
    assert.deepEqual(found?.warnings, []);
    assert.deepEqual(
      found?.entries.map((e) => [e.amount, e.bookedOn, e.valueOn, e.name, e.reference, e.status]),
      expected.entries.map((e) => [formatCents(e.cents), e.bookedOn, e.valueOn, e.name, e.reference, 'booked']),
    );
    for (const [n, e] of (found?.entries ?? []).entries())
      assert.ok(e.text?.startsWith(expected.entries[n]?.text ?? '?'), e.text ?? 'no text');
  });
}

test('camt.053 of versions 1 to 13 is read back as it was made', async () => {
  await fc.assert(
    fc.asyncProperty(files(`${ASCII}éèàç&<>`), fc.integer({ min: 1, max: 13 }), async (made, version) => {
      const file = await read(bytes(camt(made, version)));
      assert.equal(file.format, 'camt.053');
      assertSame(file, made, (s) => s.iban);
    }),
    { numRuns: 60 },
  );
});

test('CFONB 120 is read back as it was made, with or without line ends, in old and new encodings', async () => {
  await fc.assert(
    fc.asyncProperty(
      files(`${ASCII}éèàç`),
      fc.constantFrom('\n', '\r\n', ''),
      fc.constantFrom('utf-8', 'windows-1252'),
      async (made, end, encoding) => {
        const file = await read(iconv.encode(cfonb(made, end), encoding));
        assert.equal(file.format, 'cfonb120');
        assertSame(file, made, (s) => s.bank + s.branch + s.number);
      },
    ),
    { numRuns: 60 },
  );
});

const collect = async (pieces: Iterable<Uint8Array>): Promise<StatementStreamEvent[]> => {
  const events: StatementStreamEvent[] = [];
  for await (const event of streamStatements(pieces, 'releve')) events.push(event);
  return events;
};

test('a file says the same whatever the pieces it comes in', async () => {
  await fc.assert(
    fc.asyncProperty(files(`${ASCII}éèàç€`), fc.integer({ min: 1, max: 700 }), fc.boolean(), async (made, size, asCamt) => {
      const whole = bytes(asCamt ? camt(made, 8) : cfonb(made));
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < whole.length; at += size) pieces.push(whole.subarray(at, at + size));
      assert.deepEqual(await collect(pieces), await collect([whole]));
    }),
    { numRuns: 40 },
  );
});

test('a file cut anywhere is refused, never read short', async () => {
  const made = fc.sample(statement(ASCII), { numRuns: 40, seed: 7 }).find((s) => s.entries.length > 4);
  assert.ok(made);
  for (const whole of [bytes(camt([made], 2)), bytes(cfonb([made]))]) {
    for (let cut = 200; cut < whole.length - 20; cut += 37) {
      const result = await readStatementFile(whole.subarray(0, cut), 'releve');
      assert.ok(!result.ok, `cut at ${cut} of ${whole.length}`);
    }
  }
});

test('damaged bytes are read or refused, nothing is thrown', async () => {
  const [made] = fc.sample(statement(ASCII), { numRuns: 1, seed: 11 });
  assert.ok(made);
  const sources = [bytes(camt([made], 8)), bytes(cfonb([made]))];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 }),
      async (source, damages) => {
        const damaged = new Uint8Array(source);
        for (const [at, value] of damages) damaged[at % damaged.length] = value;
        const result = await readStatementFile(damaged, 'releve');
        if (!result.ok) assert.ok(result.refusal.message.length > 20);
      },
    ),
    { numRuns: 150 },
  );
});

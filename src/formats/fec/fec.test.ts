import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { formatCents } from '#core/kernel/money.ts';
import {
  entryOf,
  FEC_COLUMNS,
  FEC_REFUSAL_CODES,
  type FecEvent,
  type FecLine,
  type OpenItem,
  type OpenItemEvent,
  openItems,
  streamFec,
  writeFec,
} from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const collect = async <T>(events: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
};

async function lines(content: Uint8Array): Promise<FecLine[]> {
  const events = await collect<FecEvent>(streamFec([content], '900000019FEC20261231.txt'));
  const last = events.at(-1);
  assert.ok(last?.kind === 'end', last?.kind === 'refused' ? last.refusal.message : 'no end');
  return events.flatMap((e) => (e.kind === 'line' ? [e.line] : []));
}

async function refusal(content: string | Uint8Array): Promise<{ code: string; message: string }> {
  const events = await collect<FecEvent>(streamFec([typeof content === 'string' ? bytes(content) : content], 'FEC.txt'));
  const last = events.at(-1);
  assert.ok(last?.kind === 'refused', 'expected a refusal');
  return last.refusal;
}

async function open(content: string, accounts?: string[]): Promise<OpenItem[]> {
  const events = await collect<OpenItemEvent>(openItems([bytes(content)], 'FEC.txt', accounts ? { accounts } : {}));
  assert.equal(events.at(-1)?.kind, 'end');
  return events.flatMap((e) => (e.kind === 'open' ? [e.item] : []));
}

/** One line of a FEC, with what matters here. */
const row = (
  account: string,
  customer: string,
  piece: string,
  debit: string,
  credit: string,
  lettering = '',
  separator = '\t',
): string =>
  [
    'VE',
    'Ventes',
    '1',
    '20260301',
    account,
    'Clients',
    customer,
    customer,
    piece,
    '20260301',
    `Facture ${piece}`,
    debit,
    credit,
    lettering,
    lettering ? '20260401' : '',
    '20260331',
    '',
    '',
  ].join(separator);
const file = (rows: readonly string[], separator = '\t'): string => `${[FEC_COLUMNS.join(separator), ...rows].join('\r\n')}\r\n`;

test('tabs and bars, old encodings, empty cells, both ways of writing sides', async () => {
  for (const separator of ['\t', '|']) {
    const [line] = await lines(bytes(file([row('411000', 'C1', 'F-1', '1 200,50', '', '', separator)], separator)));
    assert.deepEqual(
      [
        line?.line,
        line?.entryDate,
        line?.account,
        line?.auxiliary,
        line?.pieceRef,
        line?.debit,
        line?.credit,
        line?.lettering,
        line?.validatedOn,
      ],
      [2, '2026-03-01', '411000', 'C1', 'F-1', '1200.50', '0.00', null, '2026-03-31'],
    );
  }
  const [old] = await lines(iconv.encode(file([row('411', 'Hôtel', 'F-1', '0,00', '10,00')]), 'iso-8859-15'));
  assert.deepEqual([old?.auxiliaryLabel, old?.credit], ['Hôtel', '10.00']);
  const bySide = file(['VE|Ventes|1|20260301|411|Clients|C1|C1|F-1|20260301|Facture|12.00|C|||20260331||'], '|').replace(
    'Debit|Credit',
    'Montant|Sens',
  );
  assert.deepEqual(
    (await lines(bytes(bySide))).map((l) => [l.debit, l.credit]),
    [['0.00', '12.00']],
  );
});

test('open lines: lettering settles only what cancels out, in one account', async () => {
  const items = await open(
    file([
      row('411000', 'C1', 'F-1', '100,00', '0,00', 'A'),
      row('411000', 'C1', 'F-2', '50,00', '0,00'),
      row('411000', 'C2', 'F-3', '70,00', '0,00', 'A'),
      row('411000', 'C1', 'REG', '0,00', '100,00', 'A'),
      row('411000', 'C2', 'REG', '0,00', '30,00', 'A'),
      row('411000', 'C3', 'AV-1', '0,00', '20,00'),
      row('416000', 'C4', 'F-4', '99,00', '0,00'),
      row('706000', '', 'F-2', '0,00', '50,00'),
      row('411000', 'C5', 'F-0', '0,00', '0,00'),
    ]),
  );
  assert.deepEqual(
    items.map((i) => [i.line.auxiliary, i.line.pieceRef, i.amount, i.groupBalance]),
    [
      ['C1', 'F-2', '50.00', null],
      ['C3', 'AV-1', '-20.00', null],
      ['C2', 'F-3', '70.00', '40.00'],
      ['C2', 'REG', '-30.00', '40.00'],
    ],
  );
  assert.deepEqual(
    (await open(file([row('416000', 'C4', 'F-4', '99,00', '0,00')]), ['411', '416'])).map((i) => i.amount),
    ['99.00'],
  );
});

test('what is no FEC, or has a wrong line, is refused with its place', async () => {
  const good = row('411', 'C', 'F', '1,00', '0,00');
  const cases: [string | Uint8Array, string][] = [
    ['', 'empty-file'],
    [file([]), 'empty-file'],
    ['Date;Montant\n1;2\n', 'fec-missing-columns'],
    [new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]), 'unsupported-type'],
    [file([good.replace('20260301', '20260231')]), 'fec-bad-line'],
    [file([good.replace('1,00', 'un')]), 'fec-bad-line'],
    [file([good.replace('1,00', `${'9'.repeat(25)},00`)]), 'fec-bad-line'],
    [file([good.replace('\t411\t', '\t\t')]), 'fec-bad-line'],
    [file(['VE\tVentes\t1']), 'fec-bad-line'],
    [file(['x'.repeat(30_000)]), 'fec-bad-line'],
  ];
  for (const [content, code] of cases) assert.equal((await refusal(content)).code, code, String(content).slice(0, 60));
  assert.match((await refusal(file([good, good.replace('1,00', 'un')]))).message, /^Ligne 3 de .*Debit « un »/);
});

const HEAD = {
  journalCode: 'OD',
  journalLabel: 'Opérations diverses',
  number: '7',
  date: '2026-11-30',
  pieceRef: 'F-2026-0042',
  pieceDate: '2026-03-01',
  label: 'Client douteux',
};
const DOUBTFUL = { number: '416', label: 'Clients douteux ou litigieux' };
const CUSTOMERS = { number: '411', label: 'Clients' };

/** An entry of the two accounts, written. */
const written = async (
  name: string,
  cents: bigint,
  head: object = {},
  piece?: { ref: string; date: string },
): Promise<string> => {
  const customer = { account: 'C0007', name };
  const made = entryOf({ ...HEAD, ...head }, [
    { account: DOUBTFUL, cents, customer, ...(piece ? { piece } : {}) },
    { account: CUSTOMERS, cents: -cents, customer, lettering: { code: 'F-2026-0042', on: '2026-11-30' } },
    { account: CUSTOMERS, cents: 0n },
  ]);
  assert.ok(made);
  return (await collect(writeFec([made]))).join('');
};

test('movements make an entry: debits positive, credits negative, nothing of no cents', async () => {
  const read = await lines(
    bytes(await written('Brasserie du\tMoulin', 1200_00n, {}, { ref: 'F-2026-0043', date: '2026-04-01' })),
  );
  assert.deepEqual(
    read.map((l) => [
      l.entryNumber,
      l.account,
      l.auxiliary,
      l.pieceRef,
      l.pieceDate,
      l.debit,
      l.credit,
      l.lettering,
      l.letteredOn,
    ]),
    [
      ['7', '416', 'C0007', 'F-2026-0043', '2026-04-01', '1200.00', '0.00', null, null],
      ['7', '411', 'C0007', 'F-2026-0042', '2026-03-01', '0.00', '1200.00', 'F-2026-0042', '2026-11-30'],
    ],
  );
  assert.equal(read[0]?.auxiliaryLabel, 'Brasserie du Moulin');
  assert.equal(entryOf(HEAD, [{ account: CUSTOMERS, cents: 0n }]), undefined);
  const lame = entryOf(HEAD, [{ account: CUSTOMERS, cents: 1n }]);
  assert.ok(lame);
  await assert.rejects(collect(writeFec([lame])), /does not balance/);
});

test('entries are read back as they were written, whatever their words', async () => {
  const words = fc.string({ unit: fc.constantFrom(...'aé"|\t\n; -€'), maxLength: 12 });
  const plain = (text: string): string | null =>
    text
      .replace(/[\s|]+/g, ' ')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim() || null;
  await fc.assert(
    fc.asyncProperty(words, words, fc.bigInt({ min: 1n, max: 10n ** 13n }), async (name, piece, cents) => {
      const read = await lines(bytes(await written(name, cents, { pieceRef: piece })));
      assert.deepEqual(
        read.map((l) => [l.account, l.auxiliaryLabel, l.pieceRef, l.debit, l.credit]),
        [
          ['416', plain(name), plain(piece), formatCents(cents), '0.00'],
          ['411', plain(name), plain(piece), '0.00', formatCents(cents)],
        ],
      );
    }),
    { numRuns: 60 },
  );
});

test('the documentation lists every refusal of an accounting file, and no other', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/reference/errors.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Accounting files')) ?? '';
  const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map((m) => m[1]);
  assert.deepEqual(documented.sort(), [...FEC_REFUSAL_CODES].sort());
});

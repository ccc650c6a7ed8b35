// How fast large bank files are read as they come, and in how much memory: node bench/read-statements.ts [MEGABYTES]
// Makes a camt.053 and a CFONB 120 of that size (100 by default) piece by piece, reads each once, and prints MB/s and the memory held.
import { streamStatements } from '../src/formats/bank/index.ts';
import {
  camtEntry,
  camtHead,
  camtOpen,
  camtTail,
  cfonbClose,
  cfonbEntry,
  cfonbOpen,
  type MadeEntry,
  type MadeStatement,
} from '../test/support/bank-files.ts';

const SIZE = Number(process.argv[2] ?? 100) * 1_000_000;
const PIECE = 1 << 16;
const account: MadeStatement = {
  bank: '30002',
  branch: '00447',
  number: '12345678901',
  iban: 'FR7630006000011234567890189',
  openingCents: 0n,
  from: '2026-01-01',
  to: '2026-12-31',
  entries: [],
};

const entry = (n: number): MadeEntry => ({
  cents: n % 3 === 0 ? -12_34n : 1200_00n,
  bookedOn: '2026-03-02',
  valueOn: '2026-03-02',
  name: `CLIENT NUMERO ${n % 5000}`,
  text: `VIR SEPA FACTURE F-2026-${n}`,
  reference: `E2E-${n}`,
});

interface Making {
  readonly head: (closing: bigint) => string;
  readonly one: (n: number) => string;
  readonly tail: (closing: bigint) => string;
}

/** How many entries make a file of SIZE, and what they add up to. */
function planned({ one }: Making): { count: number; sum: bigint } {
  const sample = Array.from({ length: 1000 }, (_, n) => one(100_000 + n).length).reduce((a, b) => a + b, 0);
  const count = Math.ceil((SIZE * 1000) / sample);
  let sum = 0n;
  for (let n = 1; n <= count; n++) sum += entry(n).cents;
  return { count, sum };
}

/** The file in pieces; only one exists at a time. */
function* pieces({ head, one, tail }: Making, { count, sum }: { count: number; sum: bigint }): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = head(sum);
  for (let n = 1; n <= count; n++) {
    text += one(n);
    if (text.length < PIECE) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text + tail(sum));
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
const files: Record<string, Making> = {
  'camt.053': {
    // Opening and closing balances stand before the entries.
    head: (closing) => camtHead(8) + camtOpen(account, closing),
    one: (n) => camtEntry(entry(n), 8),
    tail: () => `</Stmt>${camtTail(8)}`,
  },
  'CFONB 120': {
    head: () => lines([cfonbOpen(account)]),
    one: (n) => lines(cfonbEntry(account, entry(n))),
    tail: (closing) => lines([cfonbClose(account, closing)]),
  },
};

for (const [name, making] of Object.entries(files)) {
  const plan = planned(making);
  // Making the file takes time of its own: it is measured apart and taken off.
  let size = 0;
  let makingTook = 0;
  function* timed(): Generator<Uint8Array> {
    let before = performance.now();
    for (const piece of pieces(making, plan)) {
      makingTook += performance.now() - before;
      size += piece.length;
      yield piece;
      before = performance.now();
    }
  }

  let entries = 0;
  let peak = 0;
  let warnings = '';
  const start = performance.now();
  for await (const event of streamStatements(timed(), name, { maxBytes: Number.MAX_SAFE_INTEGER })) {
    if (event.kind === 'refused') throw new Error(event.refusal.message);
    if (event.kind === 'close') warnings = event.warnings.map((w) => w.code).join(', ') || 'none';
    if (event.kind !== 'entry') continue;
    entries += 1;
    if (entries % 20_000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  const took = (performance.now() - start - makingTook) / 1000;
  console.log(
    `${name.padEnd(10)} ${(size / 1e6).toFixed(0)} MB, ${entries} entries in ${took.toFixed(1)} s: ${(size / 1e6 / took).toFixed(0)} MB/s; ` +
      `memory peak ${(peak / 1e6).toFixed(0)} MB; warnings: ${warnings}`,
  );
}

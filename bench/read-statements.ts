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

/** Pieces of a file of about SIZE bytes; only one piece exists at a time. */
function* pieces(head: string, one: (n: number) => string, tail: (sum: bigint) => string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = head;
  let made = 0;
  let sum = 0n;
  for (let n = 1; made < SIZE; n++) {
    sum += entry(n).cents;
    text += one(n);
    if (text.length < PIECE) continue;
    made += text.length;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text + tail(sum));
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
const files: Record<string, () => Iterable<Uint8Array>> = {
  'camt.053': () =>
    pieces(
      camtHead(8) + camtOpen(account, 8),
      (n) => camtEntry(entry(n), 8),
      () => `</Stmt>${camtTail(8)}`,
    ),
  'CFONB 120': () =>
    pieces(
      lines([cfonbOpen(account)]),
      (n) => lines(cfonbEntry(account, entry(n))),
      (sum) => lines([cfonbClose(account, sum)]),
    ),
};

for (const [name, make] of Object.entries(files)) {
  // Making the file takes time of its own: it is made once without being read, and that time is taken off.
  const before = performance.now();
  let size = 0;
  for (const piece of make()) size += piece.length;
  const making = performance.now() - before;

  let entries = 0;
  let peak = 0;
  let warnings = '';
  const start = performance.now();
  for await (const event of streamStatements(make(), name, { maxBytes: Number.MAX_SAFE_INTEGER })) {
    if (event.kind === 'refused') throw new Error(event.refusal.message);
    if (event.kind === 'close') warnings = event.warnings.map((w) => w.code).join(', ') || 'none';
    if (event.kind !== 'entry') continue;
    entries += 1;
    if (entries % 20_000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  const took = (performance.now() - start - making) / 1000;
  console.log(
    `${name.padEnd(10)} ${(size / 1e6).toFixed(0)} MB, ${entries} entries in ${took.toFixed(1)} s: ${(size / 1e6 / took).toFixed(0)} MB/s; ` +
      `memory peak ${(peak / 1e6).toFixed(0)} MB; warnings: ${warnings}`,
  );
}

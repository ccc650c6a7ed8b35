// How long reading an invoice takes, and what it holds in memory: node bench/read-invoices.ts [FOLDER]
// Reads every file of the folder three times in one process and prints, per kind of file, the median and the 95th percentile, then the memory.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readInvoiceFile } from '../src/formats/invoice/index.ts';

const root = resolve(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'data/einvoices');
const ROUNDS = 3;
const TARGET_MS = 25;

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(pdf|xml)$/i.test(name) && statSync(join(folder, name)).isFile())
  .sort();
const times = new Map<string, number[]>();
const memory: number[] = [];
let peak = 0;

for (let round = 1; round <= ROUNDS; round++) {
  for (const name of files) {
    const bytes = readFileSync(join(folder, name));
    const start = performance.now();
    const result = await readInvoiceFile(bytes, name);
    const took = performance.now() - start;
    const kind = !result.ok
      ? 'refused'
      : result.value[0]?.container === 'xml'
        ? 'XML'
        : result.value[0]?.format === 'pdf-text'
          ? 'PDF by its words'
          : 'Factur-X or ZUGFeRD PDF';
    times.set(kind, [...(times.get(kind) ?? []), took]);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  memory.push(process.memoryUsage.rss());
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
console.log(`${files.length} files, ${ROUNDS} rounds`);
for (const [kind, list] of times) {
  const sorted = list.toSorted((a, b) => a - b);
  const median = at(sorted, 0.5);
  const verdict = kind.startsWith('Factur-X') ? `   target ≤ ${TARGET_MS} ms: ${median <= TARGET_MS ? 'met' : 'MISSED'}` : '';
  console.log(
    `${kind.padEnd(24)} ${String(sorted.length).padStart(5)} reads   median ${median.toFixed(1)} ms   p95 ${at(sorted, 0.95).toFixed(1)} ms${verdict}`,
  );
}
console.log(`memory: peak ${megabytes(peak)}; after each round ${memory.map(megabytes).join(', ')}`);

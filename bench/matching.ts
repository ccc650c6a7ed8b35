// Prints how long a year of 120 000 bank lines takes against 100 000 invoices on one core, and how right the answers are.
// Fails on the processor's time (collecting garbage included), which a busy machine does not lengthen as it does the clock's.
// Usage: bench/matching.ts [invoices] [lines] [seed] [--wrong: show what was applied wrongly]
import { performance } from 'node:perf_hooks';
import { matchStatement } from '#core/matching/match.ts';
import { bankYear } from './support/bank-year.ts';
import { causesOf } from './support/matching-causes.ts';
import { scoreOf } from './support/matching-score.ts';

const INVOICES = Number(process.argv[2] ?? 100_000);
const LINES = Number(process.argv[3] ?? 120_000);
const SEED = Number(process.argv[4] ?? 2026);
const TARGET_MS = 20_000;

const year = bankYear({ invoices: INVOICES, lines: LINES, seed: SEED });
const before = process.memoryUsage().rss;
const busy = process.cpuUsage();
const start = performance.now();
const answer = matchStatement(year.input);
const took = performance.now() - start;
const cpu = process.cpuUsage(busy).user / 1000;
const after = process.memoryUsage().rss;

const score = scoreOf(year, answer);
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(whole, 1)).toFixed(3)} %`;
console.log(`invoices ${year.input.invoices.length}, parties ${year.input.parties.length}, lines ${year.input.lines.length}`);
console.log(`time                     ${took.toFixed(0)} ms, of processor ${cpu.toFixed(0)} ms (target ${TARGET_MS} ms)`);
console.log(`resident memory          ${(before / 2 ** 20).toFixed(0)} MiB before, ${(after / 2 ** 20).toFixed(0)} MiB after`);
console.log(
  `applied without asking   ${score.applied} lines, right ${percent(score.appliedRight, score.applied)} (target 99.9 %)`,
);
console.log(`lines that pay invoices  ${score.paying}`);
console.log(`  applied, all right     ${percent(score.payingApplied, score.paying)} (target 95 %)`);
console.log(`  applied or first       ${percent(score.payingFound, score.paying)}`);
console.log('\nwhat the line is          lines   applied   proposed first   applied wrongly');
for (const [what, [lines, applied, offered, wrong]] of [...score.byKind].sort()) {
  console.log(
    `${what.padEnd(24)} ${String(lines).padStart(6)}  ${percent(applied, lines).padStart(9)} ${percent(offered, lines).padStart(13)} ${String(wrong).padStart(12)}`,
  );
}
console.log('\nwhy lines that pay invoices wait                lines   of those that pay   rightly proposed first');
for (const { why, lines, rightFirst } of causesOf(year, answer)) {
  const share = percent(lines, score.paying).padStart(19);
  console.log(`${why.padEnd(45)} ${String(lines).padStart(7)} ${share} ${percent(rightFirst, score.paying).padStart(24)}`);
}
if (process.argv.includes('--wrong')) {
  const lines = new Map(year.input.lines.map((line) => [line.id, line]));
  for (const { match, truth } of score.wrong.slice(0, 40)) {
    const line = lines.get(match.lineId);
    console.log(
      `\n${truth.what}: ${line?.name ?? '—'} | ${line?.text} | ${line?.amountCents} | truth ${[...truth.pays]} ${truth.takesBack ?? ''}`,
    );
    console.log(
      `  ${match.kind} by ${match.by}: ${match.parts.map((p) => `${p.invoiceId},${p.cents}`)} ${match.evidence.map((e) => e.says).join(' ')}`,
    );
  }
}
if (score.appliedRight < 0.999 * score.applied || score.payingApplied < 0.95 * score.paying || Math.min(took, cpu) > TARGET_MS)
  process.exitCode = 1;

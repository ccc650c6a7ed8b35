// Prints how long 100 000 random claims take on one core (target: 2 s), and the memory they leave.
import { performance } from 'node:perf_hooks';
import { statementOfAccount } from '#core/claim/account.ts';
import type { Claim, Credit } from '#core/claim/claim.ts';
import { addDays, type Day, day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { ratio } from '#core/kernel/ratio.ts';

const CLAIMS = 100_000;
const TARGET_MS = 2_000;
const ASOF = day('2026-11-21');

/** A small seeded generator (mulberry32): the same claims at every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 4294967296) * below;
  };
}

const random = generator(2026);
const whole = (below: number): number => Math.floor(random(below));

function randomClaim(i: number): Claim {
  const dueOn = addDays(day('2020-01-01'), whole(2500));
  const credits: Credit[] = [];
  for (let n = whole(3); n > 0; n -= 1) {
    const on: Day = addDays(dueOn, whole(400) - 20);
    credits.push({ on, amount: money(BigInt(1 + whole(200_000))), kind: whole(8) === 0 ? 'credit-note' : 'payment' });
  }
  const debtor = (['business', 'business', 'consumer', 'public'] as const)[whole(4)] ?? 'business';
  return {
    debtor,
    invoices: [{ id: String(i), number: `F-${i}`, dueOn, amount: money(BigInt(1 + whole(5_000_000))), credits }],
    ...(whole(4) === 0 && { contractRate: ratio(BigInt(100 + whole(2000)), 10_000n) }),
    ...(debtor === 'consumer' && whole(2) === 0 && { noticeReceivedOn: addDays(dueOn, whole(90)) }),
  };
}

const claims = Array.from({ length: CLAIMS }, (_, i) => randomClaim(i));
let lines = 0;
const start = performance.now();
for (const claim of claims) {
  const account = statementOfAccount(claim, ASOF);
  if (account.status !== 'computed') throw new Error(`${claim.invoices[0]?.number}: ${account.status}`);
  for (const invoice of account.value.invoices) lines += invoice.lines.length;
}
const took = performance.now() - start;
console.log(`claims            ${CLAIMS}`);
console.log(`lines of décompte ${lines}`);
console.log(`time              ${took.toFixed(0)} ms (target ${TARGET_MS} ms, ratio ${(took / TARGET_MS).toFixed(2)})`);
console.log(`resident memory   ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);
if (took > TARGET_MS) process.exitCode = 1;

// Prints what an exact answer costs on a compiled graph (target: 2 ms a claim), what a changed figure costs (100 ms), and how long
// a batch of a million claims takes with a library of plans on one thread (3 s), with what it loses and how often it agrees.
import { performance } from 'node:perf_hooks';
import { TYPES } from '#core/advice/actions.ts';
import { advise } from '#core/advice/advise.ts';
import { priorAt } from '#core/advice/belief.ts';
import type { AdviceClaim, Solvency } from '#core/advice/claim.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { buildLibrary, CLAIM_COLUMNS, type PlanLibrary, type Sample, scoreBatch } from '#core/advice/library.ts';
import { DEFAULT_PARAMS, numbersOf, withUserValues } from '#core/advice/params.ts';
import { GraphCache, type Problem, solveClaim } from '#core/advice/problem.ts';
import { newSolution, solve } from '#core/advice/solve.ts';

const CLAIMS = 1_000_000;
const PLANS = 64;
const SAMPLES = 1_000;
const HELD_OUT = 300;

/** Processor time of this process, in ms: a loaded machine stretches the clock, not the work. */
const spent = (): number => process.cpuUsage().user / 1000;

/** A small seeded generator (mulberry32): the same claims at every run. */
let seed = 2026;
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const n = numbersOf(DEFAULT_PARAMS);
const cache = new GraphCache();

function solvency(): Solvency {
  const x = random();
  return x < 0.35 ? 'good' : x < 0.85 ? 'unknown' : x < 0.95 ? 'fragile' : 'bad';
}

const claimOf = (principal: number, ageDays: number): AdviceClaim => ({
  principal: BigInt(Math.round(principal * 100)),
  ageDays,
  vat: { regime: 'franchise', rate: 0.2 },
  business: true,
  solvency: 'unknown',
  file: 1,
  history: {},
});

/** The contexts of a fresh claim between professionals with a medium file: they change with the amount. */
const CONTEXTS = [
  { name: 'under 1 100 €', least: 60, most: 1_100, typical: 500 },
  { name: '1 200 to 1 700 €', least: 1_200, most: 1_700, typical: 1_400 },
  { name: '1 800 to 4 500 €', least: 1_800, most: 4_500, typical: 2_500 },
  { name: 'over 5 200 €', least: 5_200, most: 60_000, typical: 9_000 },
] as const;

function sample({ least, most, typical }: (typeof CONTEXTS)[number]): Sample {
  let principal = 0;
  do principal = typical * Math.exp(0.7 * normal());
  while (principal < least || principal > most);
  const ageDays = 8 + Math.floor(random() * 180);
  return { belief: priorAt(ageDays, solvency(), undefined, n), principal: Math.round(principal * 100) / 100, ageDays };
}

interface Ready {
  readonly name: string;
  readonly problem: Problem;
  readonly library: PlanLibrary;
  readonly context: (typeof CONTEXTS)[number];
}

const compiled = performance.now();
const problems = CONTEXTS.map((context) => {
  const claim = claimOf(context.typical, 30);
  return { context, problem: solveClaim(claim, legalFactsOf(claim), DEFAULT_PARAMS, cache) };
});
console.log(`compile           ${((performance.now() - compiled) / CONTEXTS.length).toFixed(0)} ms a context`);

const ready: Ready[] = problems.map(({ context, problem }) => {
  const samples = Array.from({ length: SAMPLES }, () => sample(context));
  const start = performance.now();
  const library = buildLibrary(problem.graph, problem.instance.permissions, samples, PLANS);
  console.log(
    `library           ${context.name}: ${library.plans} plans of ${SAMPLES} samples, ${problem.graph.states} states, ${(performance.now() - start).toFixed(0)} ms`,
  );
  return { name: context.name, problem, library, context };
});

let exactMs = 0;
let exactClaims = 0;
let loss = 0;
let value = 0;
let agreed = 0;
const worst: number[] = [];
for (const { problem, library, context } of ready) {
  const { graph, instance } = problem;
  const scratch = newSolution(graph);
  for (let i = 0; i < HELD_OUT; i += 1) {
    const s = sample(context);
    const start = spent();
    solve(graph, { ...instance, ...s }, scratch);
    exactMs += spent() - start;
    exactClaims += 1;
    const scored = scoreBatch(library, Float32Array.of(...s.belief, s.principal, s.ageDays));
    const exact = scratch.worth[0] as number;
    const lost = Math.max(0, exact - (scored.value[0] as number));
    loss += lost;
    value += exact;
    worst.push(lost / s.principal);
    if (scored.step[0] === graph.action[scratch.choice[0] as number]) agreed += 1;
  }
}
const exact = exactMs / exactClaims;
worst.sort((a, b) => a - b);
console.log(`exact decide      ${exact.toFixed(2)} ms of processor a claim (target 2)`);
console.log(
  `library, held out mean loss ${((100 * loss) / value).toFixed(3)} % of value, 99th percentile ${(100 * (worst[Math.floor(worst.length * 0.99)] ?? 0)).toFixed(2)} % of face, same first step ${((100 * agreed) / exactClaims).toFixed(1)} %`,
);

const columns = CONTEXTS.map(() => new Float32Array((CLAIMS / CONTEXTS.length) * CLAIM_COLUMNS));
columns.forEach((column, c) => {
  for (let i = 0; i < column.length; i += CLAIM_COLUMNS) {
    const s = sample(CONTEXTS[c] ?? CONTEXTS[0]);
    column.set(s.belief, i);
    column[i + TYPES] = s.principal;
    column[i + TYPES + 1] = s.ageDays;
  }
});
const [start, clock] = [spent(), performance.now()];
let total = 0;
ready.forEach(({ library }, c) => {
  total += scoreBatch(library, columns[c] ?? new Float32Array(0)).value.length;
});
const batch = spent() - start;
const wall = performance.now() - clock;
console.log(
  `batch             ${total} claims in ${(batch / 1000).toFixed(2)} s of processor (target 3), ${(wall / 1000).toFixed(2)} s by the clock, ${((1000 * batch) / total).toFixed(2)} µs a claim`,
);

const fresh = claimOf(2_400, 30);
advise(fresh, legalFactsOf(fresh), DEFAULT_PARAMS, cache);
const changed = withUserValues(DEFAULT_PARAMS, { hourlyRate: 61 });
if (!changed.ok) throw new Error(changed.refusal.message);
const again = spent();
solveClaim(fresh, legalFactsOf(fresh), changed.value, cache);
const resolved = spent() - again;
const whole = spent();
advise(fresh, legalFactsOf(fresh), changed.value, cache);
console.log(
  `changed figure    ${resolved.toFixed(0)} ms to solve again (target 100), ${(spent() - whole).toFixed(0)} ms for the whole answer`,
);
console.log(`resident memory   ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);
if (exact > 2 || batch > 3_000 || resolved > 100) process.exitCode = 1;

import type { AdviceClaim, FileStrength, Solvency } from '../advice/claim.ts';
import { type Random, randomFrom } from '../forecast/random.ts';

/** What a made-up portfolio looks like: log-normal amounts, shares of solvency, kind and file. Not a picture of real debtors. */
export interface Population {
  readonly claims: number;
  /** median amount, and spread of its logarithm; euros */
  readonly median: number;
  readonly spread: number;
  readonly ageDays: number;
  readonly business: number;
  readonly solvency: Readonly<Record<Exclude<Solvency, 'published'>, number>>;
  /** weak, medium, strong */
  readonly file: readonly [number, number, number];
}

/** Median 1 200 €, mean about 2 170 €, a week overdue, five in six against businesses. */
export const DEFAULT_POPULATION: Population = {
  claims: 500,
  median: 1200,
  spread: 1.088,
  ageDays: 7,
  business: 0.85,
  solvency: { good: 0.35, unknown: 0.5, fragile: 0.1, bad: 0.05 },
  file: [0.2, 0.5, 0.3],
};

function drawn<T>(shares: readonly (readonly [T, number])[], random: Random): T {
  let left = random.uniform() * shares.reduce((sum, [, share]) => sum + share, 0);
  for (const [thing, share] of shares) {
    left -= share;
    if (left < 0) return thing;
  }
  return (shares.at(-1) as readonly [T, number])[0];
}

/** A made-up portfolio; the same seed makes the same one. */
export function portfolioOf(population: Population, seed: number): AdviceClaim[] {
  const random = randomFrom(seed);
  const { median, spread, solvency, file } = population;
  const files: readonly (readonly [FileStrength, number])[] = [
    [0, file[0]],
    [1, file[1]],
    [2, file[2]],
  ];
  return Array.from({ length: population.claims }, () => ({
    principal: BigInt(Math.max(1, Math.round(median * Math.exp(spread * random.normal()) * 100))),
    ageDays: population.ageDays,
    vat: { regime: 'franchise', rate: 0 },
    business: random.uniform() < population.business,
    solvency: drawn(Object.entries(solvency) as [Exclude<Solvency, 'published'>, number][], random),
    file: drawn(files, random),
    history: {},
  }));
}

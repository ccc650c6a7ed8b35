import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { AdviceClaim } from '#core/advice/claim.ts';
import { withUserValues } from '#core/advice/params.ts';
import type { ClosedCase } from '#core/history/closed-case.ts';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import { DEFAULT_POPULATION, portfolioOf } from '#core/simulation/population.ts';
import { replayOf, type Simulation, simulating } from '#core/simulation/simulate.ts';
import { companyAdvice, paramsFor } from '#modules/advice/index.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { allOf, ownCases } from './own-cases.ts';

/** Claims replayed at most, and the time a page may take on it: each claim is solved exactly under every policy. */
export const MOST_REPLAYED = 60;
const BUDGET_MS = 3000;
/** Other requests get their turn at least this often. */
const SLICE_MS = 30;
const DRAWS = 200;

const number = (least: number, most: number, message: string) =>
  z
    .string()
    .optional()
    .transform((text) => (text?.trim() ? Number(text.trim().replace(',', '.')) : undefined))
    .refine((x) => x === undefined || (x >= least && x <= most), message);

const Form = z.object({
  portfolio: z.enum(['own', 'made']).optional(),
  seed: number(1, 999_999, 'Écrivez un nombre entier, de 1 à 999 999.').refine(
    (x) => x === undefined || Number.isInteger(x),
    'Écrivez un nombre entier, de 1 à 999 999.',
  ),
  hourlyRate: number(0, 1000, 'Écrivez un montant de 0 à 1 000 €.'),
  refCash: number(0, 100_000, 'Écrivez un montant de 0 à 100 000 €.'),
  medHours: number(0, 100, 'Écrivez un nombre d’heures, de 0 à 100.'),
  success: z.enum(['less', 'same', 'more']).optional(),
  claims: number(5, MOST_REPLAYED, `Écrivez un nombre de 5 à ${MOST_REPLAYED}.`).refine(
    (x) => x === undefined || Number.isInteger(x),
    `Écrivez un nombre de 5 à ${MOST_REPLAYED}.`,
  ),
});

/** What was asked, with every blank filled in. */
export interface Asked {
  readonly portfolio: 'own' | 'made';
  readonly seed: number;
  readonly claims: number;
  readonly hourlyRate: number;
  readonly refCash: number;
  readonly medHours: number;
  /** what reminders, calls and notices bring: a third less, as believed, a third more */
  readonly success: 'less' | 'same' | 'more';
}

const FACTORS = { less: 2 / 3, same: 1, more: 4 / 3 } as const;
const AMICABLE = ['pE', 'pC', 'pM'] as const;

export interface Simulated {
  readonly asked: Asked;
  /** closed cases that could be replayed */
  readonly own: number;
  /** claims of the portfolio, of which `simulation.claims` were replayed in time */
  readonly wanted: number;
  readonly simulation: Simulation;
}

/** A past case before its first step: nobody noted how solvent its debtor seemed, nor how good the file was. */
const claimOf = (c: ClosedCase): AdviceClaim => ({
  principal: c.faceCents,
  ageDays: 30,
  vat: { regime: 'franchise', rate: 0 },
  business: true,
  solvency: 'unknown',
  file: 1,
  history: {},
});

/** Cases spread over the whole list, so that a limit does not keep the first letters only. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] as T);
}

/**
 * Replays a portfolio under each policy with the company's figures and those asked for, within a limit of time. Refusals `form.invalid`
 * and those of the figures.
 */
export async function simulatePolicies(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  on: Day,
  typed: Typed,
  budgetMs = BUDGET_MS,
): Promise<Result<Simulated>> {
  const form = parseForm(Form, typed);
  if (!form.ok) return form;
  const { company, cases } = await deps.db.tenant(tenantId, async (tx) => ({
    company: await companyAdvice(tx, tenantId),
    cases: allOf(await ownCases(tx, tenantId)),
  }));
  const known = paramsFor(company, on);
  if (!known.ok) return known;
  const { hourlyRate, refCash, medH } = known.value.values;
  const f = form.value;
  const asked: Asked = {
    portfolio: cases.length === 0 ? 'made' : (f.portfolio ?? 'own'),
    seed: f.seed ?? 1,
    claims: f.claims ?? 30,
    hourlyRate: f.hourlyRate ?? hourlyRate.value,
    refCash: f.refCash ?? refCash.value,
    medHours: f.medHours ?? medH.value,
    success: f.success ?? 'same',
  };
  const scaled = (chances: readonly number[]): number[] => chances.map((p) => Math.min(1, p * FACTORS[asked.success]));
  const own = {
    ...{ hourlyRate: asked.hourlyRate, refCash: asked.refCash, medH: asked.medHours },
    ...Object.fromEntries(AMICABLE.map((id) => [id, scaled(known.value.values[id].value)])),
  };
  const params = withUserValues(known.value, own, `${known.value.version}+${JSON.stringify(own)}`);
  if (!params.ok) return params;
  const claims =
    asked.portfolio === 'own'
      ? spread(cases, asked.claims).map(claimOf)
      : portfolioOf({ ...DEFAULT_POPULATION, claims: asked.claims }, asked.seed);
  const simulation = await inTime(simulating(replayOf(claims), params.value, { draws: DRAWS }), budgetMs);
  return ok({ asked, own: cases.length, wanted: claims.length, simulation });
}

async function inTime(steps: ReturnType<typeof simulating>, budgetMs: number): Promise<Simulation> {
  const start = performance.now();
  let slice = start;
  let step = steps.next();
  while (!step.done) {
    const now = performance.now();
    if (now - slice > SLICE_MS) {
      await setImmediate();
      slice = performance.now();
    }
    step = steps.next(now - start > budgetMs ? 'stop' : undefined);
  }
  return step.value;
}

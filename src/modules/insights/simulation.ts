import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { AdviceClaim } from '#core/advice/claim.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { withUserValues } from '#core/advice/params.ts';
import type { ClosedCase } from '#core/history/closed-case.ts';
import { type Day, isAfter } from '#core/kernel/day.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import { ADVICE_POLICY, FIXED_POLICIES, fixedPolicies, type Thresholds, USUAL_THRESHOLDS } from '#core/simulation/policy.ts';
import { DEFAULT_POPULATION, portfolioOf } from '#core/simulation/population.ts';
import { type PolicyResult, type Replayed, replayOf, type Simulation, simulating } from '#core/simulation/simulate.ts';
import { type CompanyAdvice, companyAdvice, paramsFor } from '#modules/advice/index.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
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
  ipServe: number(0, 100_000, 'Écrivez un montant de 0 à 100 000 €.'),
  agyFee: number(0, 100, 'Écrivez un pourcentage, de 0 à 100.'),
  lawyerFrom: number(0, 1_000_000, 'Écrivez un montant de 0 à 1 000 000 €.'),
  orderFrom: number(0, 1_000_000, 'Écrivez un montant de 0 à 1 000 000 €.'),
  period: z.enum(['year', 'all']).optional(),
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
  /** service of an order, euros; an agency's share, percent */
  readonly ipServe: number;
  readonly agyFee: number;
  readonly thresholds: Thresholds;
  /** closed in the last twelve months, or whenever */
  readonly period: 'year' | 'all';
  /** the fixed rules compared with ours */
  readonly rules: readonly string[];
  /** what reminders, calls and notices bring: a third less, as believed, a third more */
  readonly success: 'less' | 'same' | 'more';
}

const FACTORS = { less: 2 / 3, same: 1, more: 4 / 3 } as const;
const AMICABLE = ['pE', 'pC', 'pM'] as const;

export interface Simulated {
  readonly asked: Asked;
  /** closed cases that could be replayed, and those of them of the last twelve months */
  readonly own: number;
  readonly ofYear: number;
  /** the best of the fixed rules, when there are several */
  readonly bestFixed?: string;
  /** claims of the portfolio, of which `simulation.claims` were replayed in time */
  readonly wanted: number;
  readonly simulation: Simulation;
}

/** A past case before its first step: nobody noted how solvent its debtor seemed, nor how good the file was. */
function replayedOf(c: ClosedCase, { vatRegime, quality }: CompanyAdvice): Replayed {
  const claim: AdviceClaim = {
    principal: c.faceCents,
    ageDays: 30,
    vat: { regime: vatRegime ?? 'franchise', rate: 0.2 },
    business: c.debtor !== 'consumer',
    solvency: 'unknown',
    file: 1,
    history: {},
  };
  const parties = { ...(quality && { creditor: quality }), ...(c.debtor === 'public' && { debtor: 'public-body' as const }) };
  return { claim, legal: legalFactsOf(claim, parties) };
}

/** The rules ticked, all of them when none is. */
export const RULE_IDS: readonly string[] = FIXED_POLICIES.map((p) => p.id);
export const ruleField = (id: string): string => `avec.${id}`;
function rulesIn(typed: Typed): readonly string[] {
  const ticked = RULE_IDS.filter((id) => typed[ruleField(id)] === 'oui');
  return ticked.length === 0 ? RULE_IDS : ticked;
}

/** A year back, the cases that closed since; those whose day nobody told are left out. */
const closedSince = (cases: readonly ClosedCase[], day: Day): readonly ClosedCase[] =>
  cases.filter((c) => c.closedOn && !isAfter(day, c.closedOn));
/** Fewer than this in a year, and all are replayed unless the user asks. */
const ENOUGH = 5;

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
  const { hourlyRate, refCash, medH, ipServe, agyFee } = known.value.values;
  const f = form.value;
  const lastYear = closedSince(cases, on.subtract({ years: 1 }));
  const asked: Asked = {
    portfolio: cases.length === 0 ? 'made' : (f.portfolio ?? 'own'),
    seed: f.seed ?? 1,
    claims: f.claims ?? 30,
    hourlyRate: f.hourlyRate ?? hourlyRate.value,
    refCash: f.refCash ?? refCash.value,
    medHours: f.medHours ?? medH.value,
    ipServe: f.ipServe ?? ipServe.value,
    agyFee: f.agyFee ?? agyFee.value * 100,
    thresholds: { lawyer: f.lawyerFrom ?? USUAL_THRESHOLDS.lawyer, order: f.orderFrom ?? USUAL_THRESHOLDS.order },
    period: f.period ?? (lastYear.length >= ENOUGH ? 'year' : 'all'),
    rules: rulesIn(typed),
    success: f.success ?? 'same',
  };
  const scaled = (chances: readonly number[]): number[] => chances.map((p) => Math.min(1, p * FACTORS[asked.success]));
  const tried = {
    ...{
      hourlyRate: asked.hourlyRate,
      refCash: asked.refCash,
      medH: asked.medHours,
      ipServe: asked.ipServe,
      agyFee: asked.agyFee / 100,
    },
    ...Object.fromEntries(AMICABLE.map((id) => [id, scaled(known.value.values[id].value)])),
  };
  const params = withUserValues(known.value, tried, `${known.value.version}+${JSON.stringify(tried)}`);
  if (!params.ok) return params;
  const own = asked.period === 'year' ? lastYear : cases;
  const replayed =
    asked.portfolio === 'own'
      ? spread(own, asked.claims).map((c) => replayedOf(c, company))
      : replayOf(portfolioOf({ ...DEFAULT_POPULATION, claims: asked.claims }, asked.seed));
  if (replayed.length === 0)
    return invalidForm({ period: 'Aucun dossier clos ces douze derniers mois\u202f: choisissez «\u202fTous\u202f».' });
  const rules = fixedPolicies(asked.thresholds).filter(({ id }) => asked.rules.includes(id));
  const options = { policies: [...rules, ADVICE_POLICY], draws: DRAWS };
  const simulation = await inTime(simulating(replayed, params.value, options), budgetMs);
  const fixed = simulation.policies.filter(({ id }) => id !== ADVICE_POLICY.id);
  const best = fixed.reduce((a, b) => (b.netPerClaim.value > a.netPerClaim.value ? b : a), fixed[0] as PolicyResult);
  return ok({
    asked,
    own: cases.length,
    ofYear: lastYear.length,
    wanted: replayed.length,
    simulation,
    ...(fixed.length > 1 && { bestFixed: best.id }),
  });
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

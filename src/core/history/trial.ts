import type { Action } from '../advice/actions.ts';
import { normalQuantile } from '../forecast/normal-law.ts';
import { randomFrom } from '../forecast/random.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';

/** Steps whose moment may be drawn by lot: gentle ones, harmless at either date. A court, a notice or a plan is never drawn. */
export const HARMLESS: ReadonlySet<Action> = new Set<Action>(['EMAIL', 'CALL', 'WAIT']);

/** Both moments must be within this many days of each other: a lot decides a detail, not a debtor's fate. */
const CLOSE_DAYS = 10;
/** Under this in either arm nothing is said but the counts. */
export const ARM_AT_LEAST = 20;

/** Two moments of the same step, in days after the due date. */
export interface TrialDesign {
  readonly id: string;
  readonly action: Action;
  readonly days: readonly [number, number];
}

/** Pairs of moments that a user may choose from: first gentle contacts, both within what anybody would call usual. */
export const OFFERED: readonly Omit<TrialDesign, 'id'>[] = [
  { action: 'EMAIL', days: [1, 6] },
  { action: 'EMAIL', days: [3, 8] },
  { action: 'EMAIL', days: [5, 10] },
  { action: 'CALL', days: [5, 10] },
];

/** A case of the comparison. `assigned` says how its arm was chosen: only a lot makes arms comparable. */
export interface TrialCase {
  readonly arm: 0 | 1;
  readonly assigned: 'lot' | 'person' | 'unknown';
  readonly success: boolean;
}

/** Refuses what may not be drawn by lot (`history.trial-not-harmless`, `history.trial-too-far`). */
export function checkDesign(design: TrialDesign): Result<TrialDesign> {
  if (!HARMLESS.has(design.action))
    return refuse(
      'history.trial-not-harmless',
      'Seul le moment d’une relance ou d’un appel peut être tiré au sort, jamais une étape qui engage.',
      {
        action: design.action,
      },
    );
  const [a, b] = design.days;
  if (!(Number.isInteger(a) && Number.isInteger(b) && a >= 0 && b >= 0 && a !== b && Math.abs(a - b) <= CLOSE_DAYS))
    return refuse(
      'history.trial-too-far',
      `Choisissez deux jours différents après l’échéance, à ${CLOSE_DAYS}\u00a0jours l’un de l’autre au plus.`,
      { days: [...design.days] },
    );
  return ok(design);
}

/** The arm of a case, by lot: decided by the trial and the case alone, so that nobody can choose it and anybody can check it. */
export function armOf(design: TrialDesign, caseId: string): 0 | 1 {
  let seed = 2166136261;
  for (const character of `${design.id}\u0000${caseId}`) seed = Math.imul(seed ^ (character.codePointAt(0) ?? 0), 16777619);
  return randomFrom(seed).uniform() < 0.5 ? 0 : 1;
}

/** One arm's counts. */
export interface Arm {
  readonly cases: number;
  readonly successes: number;
}

/** The second moment against the first. */
export interface Comparison {
  readonly arms: readonly [Arm, Arm];
  /** second less first, as a share; the interval holds the true one nineteen times in twenty */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** whether the interval leaves out "no difference" */
  readonly told: boolean;
  /** in French */
  readonly sentence: string;
}

/**
 * Compares the two arms (Newcombe's interval, from two Wilson intervals). Refuses arms that a person chose
 * (`history.trial-not-randomised`): the cases differ then, not only the moment; and arms too small to say anything
 * (`history.trial-too-small`).
 */
export function compareArms(design: TrialDesign, cases: readonly TrialCase[]): Result<Comparison> {
  const checked = checkDesign(design);
  if (!checked.ok) return checked;
  const chosen = cases.filter((c) => c.assigned !== 'lot').length;
  if (chosen > 0)
    return refuse(
      'history.trial-not-randomised',
      `${chosen} dossier(s) n’ont pas été répartis par tirage au sort\u202f: leurs résultats ne se comparent pas, car on relance autrement les dossiers difficiles.`,
      { chosen },
    );
  const arm = (which: 0 | 1): Arm => {
    const own = cases.filter((c) => c.arm === which);
    return { cases: own.length, successes: own.filter((c) => c.success).length };
  };
  const arms = [arm(0), arm(1)] as const;
  if (arms.some((a) => a.cases < ARM_AT_LEAST))
    return refuse(
      'history.trial-too-small',
      `Il faut au moins ${ARM_AT_LEAST} dossiers suivis jusqu’au bout de chaque côté (${arms[0].cases} et ${arms[1].cases} pour l’instant).`,
      { cases: arms.map((a) => a.cases) },
    );
  const interval = newcombe(arms[0], arms[1]);
  const told = interval.low > 0 || interval.high < 0;
  return ok({ arms, ...interval, told, sentence: sentenceOf(design, arms, interval, told) });
}

function wilson({ cases, successes }: Arm, z: number): { rate: number; low: number; high: number } {
  const rate = successes / cases;
  const middle = (rate + (z * z) / (2 * cases)) / (1 + (z * z) / cases);
  const half = (z / (1 + (z * z) / cases)) * Math.sqrt((rate * (1 - rate)) / cases + (z * z) / (4 * cases * cases));
  return { rate, low: middle - half, high: middle + half };
}

/** Second less first, with Newcombe's hybrid interval: right even near 0 and 1, where the plain one is too narrow. */
export function newcombe(
  first: Arm,
  second: Arm,
  level = 0.95,
): { readonly difference: number; readonly low: number; readonly high: number } {
  const z = normalQuantile((1 + level) / 2);
  const [a, b] = [wilson(first, z), wilson(second, z)];
  const difference = b.rate - a.rate;
  return {
    difference,
    low: difference - Math.hypot(b.rate - b.low, a.high - a.rate),
    high: difference + Math.hypot(b.high - b.rate, a.rate - a.low),
  };
}

/** The smallest gap, as a share, that so many cases on each side would show at all: half the width of the interval at even odds. */
export const smallestGap = (cases: number): number => normalQuantile(0.975) * Math.sqrt(0.5 / cases);

const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(Math.round(share * 100))}`;

function sentenceOf(
  { days }: TrialDesign,
  [first, second]: readonly [Arm, Arm],
  { difference, low, high }: { readonly difference: number; readonly low: number; readonly high: number },
  told: boolean,
): string {
  const counts = `J+${days[0]}\u202f: ${first.successes}/${first.cases}, J+${days[1]}\u202f: ${second.successes}/${second.cases}`;
  const gap = `de J+${days[0]} à J+${days[1]}, écart de ${points(difference)} points, entre ${points(low)} et ${points(high)}`;
  const end = told
    ? `${difference > 0 ? `J+${days[1]}` : `J+${days[0]}`} fait mieux chez vous`
    : 'rien ne permet encore de préférer l’un à l’autre';
  return `${counts}\u202f; ${gap}\u202f: ${end}.`;
}

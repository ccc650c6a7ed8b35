import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import { DEFAULT_PARAMS, type DecisionParams } from '#core/advice/params.ts';
import { type Calibrated, calibrated } from '#core/history/calibrate.ts';
import type { ClosedCase } from '#core/history/closed-case.ts';
import { type StepRecord, stepRecords } from '#core/history/rates.ts';
import { learntSentence } from '#core/history/sentences.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { type Result, refuse } from '#core/kernel/result.ts';
import { type CompanyAdvice, companyAdvice, setFigure } from '#modules/advice/index.ts';
import type { Deps } from '#platform/deps.ts';
import { allOf, ownCases } from './own-cases.ts';

/** What the user's cases say of a step, and whether the advice already counts with it. */
export interface OwnRate {
  readonly record: StepRecord;
  /** absent for a step whose figures no table of cases teaches */
  readonly learnt?: Calibrated;
  /** the same, for each group of the user's tables that had this step */
  readonly segments: readonly Calibrated[];
  /** the figure of the advice is the one proposed here */
  readonly inUse: boolean;
}

/** Rates start from the figures of the model, never from those learnt before: learning twice from the same cases counts them once. */
const START: DecisionParams = DEFAULT_PARAMS;

/** The rate of each step taken, most frequent first. */
export function ownRates(cases: readonly ClosedCase[], company: Pick<CompanyAdvice, 'own'>): OwnRate[] {
  const groups = [...new Set(cases.flatMap((c) => c.segment ?? []))].sort();
  return stepRecords(cases).map((record): OwnRate => {
    const learnt = calibrated(cases, record.action, START);
    const segments = groups.flatMap((segment) => {
      const own = calibrated(cases, record.action, START, { segment });
      return own?.rate.segment ? [own] : [];
    });
    const used = learnt && company.own.get(learnt.figure)?.value;
    const inUse = learnt?.value !== undefined && JSON.stringify(used) === JSON.stringify(learnt.value.map(rounded));
    return { record, segments, inUse, ...(learnt && { learnt }) };
  });
}

const DIGITS = 1e6;
/** As the figure is kept: a chance told to a millionth. */
const rounded = (chance: number): number => Math.round(chance * DIGITS) / DIGITS;

/**
 * Makes the learnt rate of a step the advice's own figure, with where it comes from. Refusals `insights.rate-unknown` (never taken, or
 * teaches nothing), `insights.rate-out-of-reach`, and those of the figures of the advice.
 */
export async function acceptRate(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, action: Action): Promise<Result<void>> {
  const cases = allOf(await deps.db.tenant(tenantId, (tx) => ownCases(tx, tenantId)));
  const learnt = calibrated(cases, action, START);
  if (!learnt) return refuse('insights.rate-unknown', 'Vos dossiers clos ne disent rien de cette étape.');
  if (!learnt.value)
    return refuse('insights.rate-out-of-reach', 'Aucune valeur du modèle ne mène à ce taux. Changez le chiffre à la main.');
  const typed = Object.fromEntries(learnt.value.map((chance, type) => [`v${type}`, rounded(chance).toFixed(6)]));
  const note = `Vos dossiers clos au ${frenchDay(deps.clock.today())}, ${ACTION_WORDS[action].noun}\u202f: ${learntSentence(learnt.rate)}`;
  return setFigure(deps, tenantId, learnt.figure, { ...typed, note });
}

/** The rates of a company, ready to be shown. */
export async function ratesOf(deps: Pick<Deps, 'db'>, tenantId: string) {
  return deps.db.tenant(tenantId, async (tx) => {
    const own = await ownCases(tx, tenantId);
    const cases = allOf(own);
    return { own, cases, rates: ownRates(cases, await companyAdvice(tx, tenantId)) };
  });
}

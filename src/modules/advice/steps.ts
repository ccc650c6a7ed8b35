import type { Day } from '#core/kernel/day.ts';
import { type AdvisedStep, openCaseBases } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { adviseCase, type CaseAdvice } from './advice.ts';
import { keptAnswers, typedAnswers } from './answers.ts';
import { companyAdvice } from './settings.ts';

/** The step that an advice proposes now; none where nothing is weighed. */
export function stepOf(advice: CaseAdvice): AdvisedStep | undefined {
  if ('none' in advice) return undefined;
  const { decision, hold } = advice.advised;
  return hold ? { action: 'WAIT', until: hold.until } : { action: decision.proposed };
}

/** The step proposed on each of a few open cases, in a handful of queries; a case where nothing can be weighed is left out. */
export async function advisedSteps(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  caseIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, AdvisedStep>> {
  if (caseIds.length === 0) return new Map();
  const asked = await deps.db.tenant(tenantId, async (tx) => ({
    company: await companyAdvice(tx, tenantId),
    typed: await typedAnswers(tx, tenantId, caseIds),
    bases: await openCaseBases(tx, tenantId, today, { cases: caseIds }),
  }));
  const steps = new Map<string, AdvisedStep>();
  for (const base of asked.bases) {
    const advice = adviseCase(base, keptAnswers(asked.typed.get(base.id)), asked.company, today);
    const step = advice.ok ? stepOf(advice.value) : undefined;
    if (step) steps.set(base.id, step);
  }
  return steps;
}

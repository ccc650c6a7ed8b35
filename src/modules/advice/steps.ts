import type { Day } from '#core/kernel/day.ts';
import { type AdvisedStep, openCaseBases } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { adviseCase } from './advice.ts';
import { keptAnswers, typedAnswers } from './answers.ts';
import { companyAdvice } from './settings.ts';

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
    if (!advice.ok || 'none' in advice.value) continue;
    const { decision, hold } = advice.value.advised;
    steps.set(base.id, hold ? { action: 'WAIT', until: hold.until } : { action: decision.proposed });
  }
  return steps;
}

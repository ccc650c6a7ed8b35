import { z } from 'zod';
import { ACTION_WORDS, ACTIONS, type Action } from '#core/advice/actions.ts';
import { addDays, type Day, isBefore } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { type CaseView, type Fact, factsOf, recordFact, viewCase } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { type Advised, adviseCase } from './advice.ts';
import { keptAnswers, typedAnswers } from './answers.ts';
import { basisOf } from './case-claim.ts';
import { keepParamSet } from './param-sets.ts';
import { companyAdvice } from './settings.ts';

/** The step of the advice that a fact of a case is, if it is one. */
export function actionOf(fact: Pick<Fact, 'kind'> & { readonly payload: unknown }): Action | undefined {
  switch (fact.kind) {
    case 'contact-made': {
      const { channel } = fact.payload as { readonly channel: string };
      return channel === 'email' || channel === 'letter' ? 'EMAIL' : 'CALL';
    }
    case 'letter-posted':
      return 'MED';
    case 'plan-agreed':
      return 'PLAN';
    case 'claim-declared':
      return 'DECLARE';
    default:
      return undefined;
  }
}

/** What a fact says the user chose: a step, or to stop. A case closed because it was paid, settled or opened by mistake is no choice. */
function chosenIn(fact: Parameters<typeof actionOf>[0]): Action | undefined {
  if (fact.kind === 'case-closed')
    return (fact.payload as { readonly reason: string }).reason === 'written-off' ? 'WRITEOFF' : undefined;
  return actionOf(fact);
}

/** A note written after a weekend still tells a choice made on what the page says; an older one does not. */
const LATE_NOTE_DAYS = 3;

/** A fact to record along with the step a user takes: which advice it follows or not. */
export async function decisionFor(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseId: string,
  fact: Parameters<typeof actionOf>[0] & { readonly on: Day },
) {
  const chosen = chosenIn(fact);
  const today = deps.clock.today();
  if (chosen === undefined || isBefore(fact.on, addDays(today, -LATE_NOTE_DAYS))) return undefined;
  const of = await viewCase(tx, tenantId, caseId, today);
  if (!of || isToldAlready(of.facts, chosen)) return undefined;
  const advised = await advisedOn(tx, tenantId, of, today);
  return advised && decisionFact(tx, tenantId, advised, { chosen, on: fact.on });
}

/** The user said beforehand, on the advice page, that this is the step to come. */
function isToldAlready(facts: readonly Fact[], chosen: Action): boolean {
  const last = factsOf(facts, 'advice-decided').at(-1);
  return last?.payload.chosen === chosen && !facts.slice(facts.indexOf(last)).some((f) => chosenIn(f) === chosen);
}

async function advisedOn(tx: Tx, tenantId: string, of: CaseView, today: Day): Promise<Advised | undefined> {
  const answers = keptAnswers((await typedAnswers(tx, tenantId, [of.id])).get(of.id));
  const advice = adviseCase(basisOf(of), answers, await companyAdvice(tx, tenantId), today);
  return advice.ok && 'advised' in advice.value ? advice.value.advised : undefined;
}

interface Chosen {
  readonly chosen: Action | undefined;
  readonly on: Day;
  readonly reason?: string;
}

/** What was proposed, with its figures, and what was chosen. Never what is supposed of the debtor: the journal is not erased. */
async function decisionFact(tx: Tx, tenantId: string, { decision, params, hold }: Advised, { chosen, on, reason }: Chosen) {
  const netOf = (action: Action | undefined) => decision.options.find((o) => o.action === action)?.net;
  const set = await keepParamSet(tx, tenantId, params, on);
  const chosenNet = netOf(chosen);
  return {
    kind: 'advice-decided' as const,
    on,
    payload: {
      proposed: decision.proposed,
      tie: [...decision.tie],
      value: `${netOf(decision.proposed) ?? decision.value}`,
      ...(chosenNet !== undefined && { chosenValue: `${chosenNet}` }),
      ...(hold && { until: hold.until.toString() }),
      ...(chosen !== undefined && { chosen }),
      ...(reason && { reason }),
      ...set,
    },
  };
}

/** « Rien pour l'instant », as the form says it. */
export const NOTHING = 'nothing';

const DecisionForm = z.object({
  chosen: z.enum([...ACTIONS, NOTHING], 'Dites ce que vous décidez.'),
  reason: z.string().trim().max(1000, 'Ce texte est trop long (1 000 caractères au plus).').default(''),
});

/**
 * Keeps what the user decides on the advice page. Said twice the same day, it is kept once. Answers the step chosen, absent for none.
 * Refusals: `form.invalid`, `case.unknown`, `advice.nothing-to-weigh`, `advice.step-closed`.
 */
export function decide(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  typed: Typed,
): Promise<Result<Action | undefined>> {
  const form = parseForm(DecisionForm, typed);
  if (!form.ok) return Promise.resolve(form);
  const chosen = form.value.chosen === NOTHING ? undefined : form.value.chosen;
  const { reason } = form.value;
  const today = deps.clock.today();
  return deps.db.tenant(tenantId, async (tx) => {
    const of = await viewCase(tx, tenantId, caseId, today);
    if (!of) return refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
    const advised = await advisedOn(tx, tenantId, of, today);
    if (!advised) return refuse('advice.nothing-to-weigh', 'Ce dossier n’appelle plus de décision.');
    if (chosen !== undefined && !advised.decision.options.some((o) => o.action === chosen))
      return refuse(
        'advice.step-closed',
        `Cette étape n’est pas ouverte aujourd’hui\u202f: ${ACTION_WORDS[chosen].title.toLowerCase()}.`,
        {
          action: chosen,
        },
      );
    const last = of.facts.at(-1);
    const again =
      last?.kind === 'advice-decided' &&
      last.on.equals(today) &&
      last.payload.chosen === chosen &&
      (last.payload.reason ?? '') === reason;
    if (!again)
      await recordFact(tx, deps, tenantId, caseId, await decisionFact(tx, tenantId, advised, { chosen, on: today, reason }));
    return ok(chosen);
  });
}

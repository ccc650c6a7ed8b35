import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import type { Day } from '#core/kernel/day.ts';
import { longDay } from '#ui/format.ts';
import { actionPath, casePath, nextPath, noticePath, roadsPath } from './paths.ts';
import { callWords } from './stage-words.ts';
import type { CaseState, Stage } from './state.ts';

/** The step that the advice proposes on a case, and the day before which nothing is to be done. */
export interface AdvisedStep {
  readonly action: Action;
  readonly until?: Day;
}

/** What to press, and what it says. */
export interface Call {
  readonly href: string;
  readonly words: string;
}

/**
 * Where the next step is a matter of judgment: the advice weighs it. Elsewhere a fact commands (money to place, a dispute to answer,
 * a claim to declare, a letter to post) and the advice has nothing to say against it.
 */
const WEIGHED: ReadonlySet<Stage> = new Set(['to-contact', 'overdue', 'promise-broken', 'plan-broken', 'notice-expired']);

/** The one next thing to do on a case: what the advice proposes where it is asked, what the case commands otherwise. */
export function callOf(
  { id, state, letterToPost }: { readonly id: string; readonly state: CaseState; readonly letterToPost: string | undefined },
  step: AdvisedStep | undefined,
): Call | undefined {
  const { next, stage } = state;
  if (!next) return undefined;
  if (step && WEIGHED.has(stage)) return { href: stepPath(id, step.action), words: stepWords(step) };
  return { href: nextPath(id, next, letterToPost), words: callWords(stage, next) };
}

/** The page on which a step is taken, or where one reads how. */
function stepPath(caseId: string, action: Action): string {
  switch (action) {
    case 'WAIT':
      return casePath(caseId);
    case 'EMAIL':
      return `${actionPath(caseId, 'contact')}?moyen=email`;
    case 'CALL':
      return `${actionPath(caseId, 'contact')}?moyen=call`;
    case 'PLAN':
      return actionPath(caseId, 'plan');
    case 'CREDIT':
      return actionPath(caseId, 'note');
    case 'MED':
      return noticePath(caseId);
    case 'DECLARE':
      return actionPath(caseId, 'declaration');
    case 'WRITEOFF':
      return actionPath(caseId, 'close');
    default:
      return roadsPath(caseId);
  }
}

function stepWords({ action, until }: AdvisedStep): string {
  if (action === 'WAIT') return until ? `Attendre jusqu’au ${longDay(until)}` : 'Attendre encore';
  if (action === 'MED') return 'Préparer la mise en demeure';
  return action === 'WRITEOFF' ? 'Arrêter et fermer' : ACTION_WORDS[action].title;
}

import { advise } from '#core/advice/advise.ts';
import type { AdviceClaim } from '#core/advice/claim.ts';
import type { Blocked, Decision } from '#core/advice/decision.ts';
import type { GateFact } from '#core/advice/gate.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import type { DecisionParams } from '#core/advice/params.ts';
import { GraphCache, type LegalFacts } from '#core/advice/problem.ts';
import { type Sensitivity, sensitivity } from '#core/advice/sensitivity.ts';
import { HARSH } from '#core/advice/weigh.ts';
import { addDays, type Day, isAfter } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import type { Result } from '#core/kernel/result.ts';
import type { Answers } from './answers.ts';
import { type Bar, type CaseBasis, DOMESTIC, questionOf } from './case-claim.ts';
import { type CompanyAdvice, paramsFor } from './settings.ts';

/** Graphs are shared by every company: they hold no fact of anybody, only figures and shapes. */
const GRAPHS = new GraphCache(64);

/** A promise, a plan or a notice still runs: whatever the best step, it waits. */
export interface Hold {
  readonly until: Day;
  readonly why: string;
}

/** What keeping the customer costs, and whether the user's amount outweighs it. */
export interface Relation {
  readonly worth: bigint;
  /** what the harsh steps add, in expected money, to the best of the gentle ones; cents */
  readonly price: bigint;
  readonly kept: boolean;
}

/** The advice on a case: the question, the answer, and what surrounds it. */
export interface Advised {
  readonly claim: AdviceClaim;
  readonly legal: LegalFacts;
  readonly params: DecisionParams;
  readonly decision: Decision;
  readonly bar?: Bar;
  /** what comes from the books, in sentences */
  readonly known: readonly string[];
  readonly hold?: Hold;
  readonly relation?: Relation;
}

export type CaseAdvice = { readonly advised: Advised } | { readonly none: string };

/** A figure or a fact changed for one look only; nothing is kept. */
export interface Trial {
  /** cents */
  readonly amount?: bigint;
  readonly figures?: Readonly<Partial<Record<ParamId, unknown>>>;
}

const HOLDS: Readonly<Record<string, string>> = {
  promised: 'Un paiement est promis',
  'plan-running': 'Un échéancier est en cours',
  'notice-running': 'Le délai de la mise en demeure court encore',
};

/** What to do next on a case, and why: its facts, the user's answers, the company's figures. Refuses a trial that makes no sense. */
export function adviseCase(
  of: CaseBasis,
  answers: Answers,
  company: CompanyAdvice,
  today: Day,
  trial: Trial = {},
): Result<CaseAdvice> {
  const asked = questionOf(of, answers, company, today);
  if ('none' in asked) return { ok: true, value: asked };
  const { legal, bar, known } = asked.ask;
  const claim = trial.amount === undefined ? asked.ask.claim : { ...asked.ask.claim, principal: trial.amount };
  const params = paramsFor(company, today, trial.figures);
  if (!params.ok) return params;
  const decided = decide(claim, legal, params.value);
  if (!decided.ok) return decided;
  const relation = relationOf(claim, legal, params.value, decided.value, answers.relation);
  const decision = relation?.decision ?? decided.value;
  const hold = holdOf(of, today);
  return {
    ok: true,
    value: {
      advised: {
        claim,
        legal,
        params: params.value,
        decision: { ...decision, blocked: decision.blocked.map((b) => reworded(b, of, answers)) },
        known,
        ...(bar && { bar }),
        ...(hold && { hold }),
        ...(relation && { relation: relation.relation }),
      },
    },
  };
}

/** Decisions already worked out: the same question, with the same figures, has the same answer. */
const KNOWN = new Map<string, Result<Decision>>();
const MOST_KNOWN = 256;

function decide(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams): Result<Decision> {
  const key = JSON.stringify([claim, legal, params.version], (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  const known = KNOWN.get(key);
  if (known) return known;
  const decision = advise(claim, legal, params, GRAPHS);
  const oldest = KNOWN.keys().next();
  if (KNOWN.size >= MOST_KNOWN && !oldest.done) KNOWN.delete(oldest.value);
  KNOWN.set(key, decision);
  return decision;
}

/** The price of a relation: what is lost, on average, by shutting the harsh steps. Below the user's amount, they are shut. */
function relationOf(
  claim: AdviceClaim,
  legal: LegalFacts,
  params: DecisionParams,
  free: Decision,
  worth: bigint | undefined,
): { readonly relation: Relation; readonly decision?: Decision } | undefined {
  if (worth === undefined || worth === 0n || claim.solvency === 'published') return undefined;
  const gentle = decide({ ...claim, forbid: [...new Set([...(claim.forbid ?? []), ...HARSH])] }, legal, params);
  if (!gentle.ok) return undefined;
  const price = free.value - gentle.value.value;
  const kept = worth > price;
  return { relation: { worth, price, kept }, ...(kept && { decision: gentle.value }) };
}

/** What still runs on a case, so that nothing is to be done before its day. */
export function holdOf({ state }: Pick<CaseBasis, 'state'>, today: Day): Hold | undefined {
  const { stage, nextOn } = state;
  // A first contact is due the day after the due date, unless a lot chose another day.
  if (stage === 'to-contact' && nextOn && isAfter(nextOn, today))
    return { until: addDays(nextOn, -1), why: `Premier rappel tiré au sort pour le ${frenchDay(nextOn)}` };
  const why = HOLDS[state.stage];
  return why && state.deadline && !isAfter(today, state.deadline) ? { until: state.deadline, why } : undefined;
}

/** A step shut by the debtor's country or by the relation says so; the engine only knows that it is refused. */
function reworded(blocked: Blocked, of: CaseBasis, answers: Answers): Blocked {
  if (blocked.rule !== 'user-refusal' || answers.forbid.includes(blocked.action)) return blocked;
  if (of.country !== 'FR' && DOMESTIC.includes(blocked.action))
    return {
      ...blocked,
      rule: 'abroad',
      says: 'le débiteur est à l’étranger\u202f: cette voie française ne vaut pas telle quelle, faites-vous conseiller.',
    };
  return { ...blocked, rule: 'relation', says: 'vous tenez plus à ce client qu’à ce que cette étape ajouterait en moyenne.' };
}

/** The three numbers the advice hangs on most, and where each would change it. Takes a second or two on a fresh case. */
export const sensitivityOf = ({ claim, legal, params }: Advised): readonly Sensitivity[] =>
  sensitivity(claim, legal, params, GRAPHS);

/** The facts without which some road stays closed, now or later: each is a question, never an assumption. */
export function questionsOf({ claim, legal }: Pick<Advised, 'claim' | 'legal'>): readonly GateFact[] {
  if (claim.solvency === 'published') return [];
  return [
    ...(legal.creditor ? [] : (['creditor'] as const)),
    ...(legal.debtor ? [] : (['debtor'] as const)),
    ...(legal.daysToBar === undefined ? (['limitation'] as const) : []),
  ];
}

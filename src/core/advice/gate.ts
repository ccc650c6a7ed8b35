import type { Day } from '../kernel/day.ts';
import { money } from '../kernel/money.ts';
import { rulesByAmount } from '../law/amount-thresholds.ts';
import { citationLabels } from '../law/citations.ts';
import { isCommercial, type PartyQuality } from '../law/parties.ts';
import { type ProcedureId, type ProcedureOption, procedureOptions } from '../law/procedures.ts';
import { ACTIONS, type Action } from './actions.ts';
import type { Tried } from './order.ts';

/** Facts the gate may lack; each is a question to the user, never an assumption. */
export type GateFact = 'creditor' | 'debtor' | 'limitation';

export const GATE_QUESTIONS: Readonly<Record<GateFact, string>> = {
  creditor: 'Qui est le créancier\u202f: société, commerçant, artisan, profession libérale\u202f?',
  debtor: 'Qui est le débiteur\u202f: société, commerçant, artisan, profession libérale, particulier, personne publique\u202f?',
  limitation: 'Quand la prestation a-t-elle été achevée\u202f? La prescription court de ce jour.',
};

/** What the law and the guard rails need to know. Undefined means unknown. */
export interface GateFacts {
  readonly on: Day;
  readonly creditor?: PartyQuality;
  readonly debtor?: PartyQuality;
  /** what is left of the principal today, and the interest due on it; cents */
  readonly principal: bigint;
  readonly interest: bigint;
  /** whole days from today to the first day on which the claim is barred: 0 or less when it is */
  readonly daysToBar?: number;
  readonly fromContract?: boolean;
  readonly invoiced?: boolean;
  /** the user answered the questions of the rule `serious-dispute` */
  readonly seriousDispute?: boolean;
  /** days since the due date */
  readonly ageDays: number;
  readonly vulnerable?: boolean;
  /** the user's own refusals */
  readonly forbid?: readonly Action[];
  /** an expert figure of the model: until which age waiting is proposed */
  readonly waitMaxAge: number;
  /** days kept to serve a payment order before the bar */
  readonly ipServiceDays: number;
}

/** A step refused, with the rule that speaks. `missing` names a fact to ask for. */
export interface Refused {
  readonly ok: false;
  readonly rule: string;
  readonly article: string;
  readonly says: string;
  readonly missing?: GateFact;
}
export type Permission = { readonly ok: true } | Refused;

/** When a step would be taken, and what would have been tried by then. */
export interface Moment {
  readonly daysAhead: number;
  readonly tried: Tried;
}

/** Whom the optimiser asks before it sees a step. */
export interface LawGate {
  permits(action: Action, at: Moment): Permission;
}

const OK: Permission = { ok: true };
const refused = (rule: string, cites: readonly string[], says: string, missing?: GateFact): Refused => ({
  ok: false,
  rule,
  article: citationLabels(cites),
  says,
  ...(missing && { missing }),
});
/** A limit of our own design, with no article behind it. */
const guarded = (rule: string, says: string): Refused => ({ ok: false, rule, article: '', says });

/** The court procedures, as the law names them. */
const PROCEDURES: readonly (readonly [Action, ProcedureId])[] = [
  ['PSR', 'small-claims'],
  ['IP', 'payment-order'],
  ['REFERE', 'interim-payment'],
  ['SUIT', 'merits'],
];

/** Steps that a barred claim no longer allows. */
const NEEDS_LIVE_CLAIM: ReadonlySet<Action> = new Set<Action>(['AGENCY', 'PSR', 'IP', 'REFERE', 'SUIT']);

/** The gate of a claim: asks the law once, then answers for every moment. */
export function lawGate(facts: GateFacts): LawGate {
  const forbidden = new Set(facts.forbid ?? []);
  const closedByLaw = closedProcedures(facts);
  const attemptFirst = amicableAttemptFirst(facts);
  return {
    permits(action, at) {
      if (forbidden.has(action) && action !== 'WRITEOFF') return guarded('user-refusal', 'vous ne voulez pas de cette étape.');
      if (action === 'WAIT' && facts.ageDays + at.daysAhead > facts.waitMaxAge)
        return guarded('first-week', 'attendre ne se propose que dans les premiers jours du retard.');
      const guard = facts.vulnerable ? careFirst(action, at) : undefined;
      if (guard) return guard;
      if (NEEDS_LIVE_CLAIM.has(action)) {
        const barred = limitationOf(action, facts, at);
        if (barred) return barred;
      }
      const closed = closedByLaw.get(action);
      if (closed) return closed;
      if (action === 'SUIT' && attemptFirst && !at.tried.amicable) return attemptFirst;
      if (action === 'ENFORCE' && facts.debtor === 'public-body')
        return refused('public-assets', [], 'les biens d’une personne publique ne se saisissent pas.');
      return OK;
    },
  };
}

/** What may have been tried by a moment, as the gate is asked about it: bit 1 an amicable attempt, bit 2 a plan. */
export const TRIED_SETS: readonly Tried[] = [0, 1, 2, 3].map((bits) => ({ amicable: (bits & 1) !== 0, plan: (bits & 2) !== 0 }));

/**
 * All that a gate answers over `longest` steps of `stepDays`, in short: two claims with the same signature have the same permissions.
 * Today's answers, and the steps at which time closes a door: the first days for waiting, the bar for courts and agencies.
 */
export function gateSignature(gate: LawGate, facts: GateFacts, stepDays: number, longest: number): string {
  const open = TRIED_SETS.map((tried) =>
    ACTIONS.reduce((mask, action, rank) => (gate.permits(action, { daysAhead: 0, tried }).ok ? mask | (1 << rank) : mask), 0),
  );
  const until = (days: number | undefined): number =>
    days === undefined ? 0 : Math.min(longest + 1, Math.max(0, Math.ceil(days / stepDays)));
  const waits = Math.max(-1, Math.floor((facts.waitMaxAge - facts.ageDays) / stepDays));
  const bar = facts.daysToBar;
  return [...open, waits, until(bar), until(bar === undefined ? undefined : bar - facts.ipServiceDays)].join();
}

const asks = (fact: GateFact): Refused => refused('unknown-fact', [], GATE_QUESTIONS[fact], fact);

/** A person or sole trader in difficulty: a plan first, and no agency (guard rail 6). */
function careFirst(action: Action, { tried }: Moment): Refused | undefined {
  if (action === 'AGENCY')
    return guarded(
      'care',
      'débiteur en difficulté personnelle\u202f: pas de société de recouvrement, sauf si vous changez ce choix.',
    );
  const harsh = action === 'MED' || action === 'PSR' || action === 'IP' || action === 'REFERE' || action === 'SUIT';
  return harsh && !tried.plan
    ? guarded('care', 'débiteur en difficulté personnelle\u202f: proposez d’abord un échéancier.')
    : undefined;
}

function limitationOf(action: Action, facts: GateFacts, at: Moment): Refused | undefined {
  if (facts.daysToBar === undefined) return asks('limitation');
  const left = facts.daysToBar - at.daysAhead;
  const cites = facts.debtor === 'consumer' ? ['cconso-L218-2'] : ['cciv-2224', 'ccom-L110-4'];
  if (left <= 0)
    return refused('limitation', cites, 'la créance est prescrite\u202f: plus aucune action en justice ni recouvrement.');
  if (action === 'IP' && left <= facts.ipServiceDays)
    return refused(
      'limitation',
      [...cites, 'ccass-civ1-2020-09-09'],
      'seule la signification de l’ordonnance interrompt la prescription\u202f: elle ne serait plus possible à temps.',
    );
  return undefined;
}

/** The procedures open today on the claim as it stands, or the fact that is missing to say so. */
function proceduresOf(facts: GateFacts): readonly ProcedureOption[] | GateFact {
  const { creditor, debtor } = facts;
  if (!creditor) return 'creditor';
  if (!debtor) return 'debtor';
  const answer = procedureOptions({
    creditor,
    debtor,
    principal: money(facts.principal),
    interest: money(facts.interest),
    on: facts.on,
    ...(facts.fromContract !== undefined && { fromContract: facts.fromContract }),
    ...(facts.invoiced !== undefined && { invoiced: facts.invoiced }),
    ...(facts.seriousDispute !== undefined && { seriousDispute: facts.seriousDispute }),
  });
  return answer.status === 'computed' ? answer.value : 'debtor';
}

/** The procedures the law closes to this claim, each with its reason. */
function closedProcedures(facts: GateFacts): ReadonlyMap<Action, Refused> {
  const procedures = proceduresOf(facts);
  const closed = new Map<Action, Refused>();
  for (const [action, id] of PROCEDURES) {
    if (typeof procedures === 'string') {
      closed.set(action, asks(procedures));
      continue;
    }
    const found = procedures.find((option) => option.id === id);
    if (found && !found.usable) closed.set(action, refused('procedure-options', found.cites, `${found.why}.`));
  }
  return closed;
}

/** CPC 750-1: before the judicial court, up to 5 000 €, on the merits. The commercial court hears a trader whoever sues him. */
function amicableAttemptFirst(facts: GateFacts): Refused | undefined {
  if (!facts.debtor || isCommercial(facts.debtor) || facts.debtor === 'public-body') return undefined;
  const answer = rulesByAmount({ court: 'judicial', amount: money(facts.principal), procedure: 'merits', on: facts.on });
  if (answer.status !== 'computed' || !answer.value.amicableAttemptRequired) return undefined;
  return refused(
    'amount-thresholds',
    ['cpc-750-1'],
    'jusqu’à 5\u202f000\u00a0€ devant le tribunal judiciaire, il faut d’abord tenter une conciliation ou une médiation.',
  );
}

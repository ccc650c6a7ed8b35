import type { Day } from '../kernel/day.ts';
import { day } from '../kernel/day.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { PartyQuality } from '../law/parties.ts';
import { ACTIONS, type Belief, rankOf } from './actions.ts';
import { type BeliefTrace, beliefOf } from './belief.ts';
import { type AdviceClaim, centsOf, eurosOf } from './claim.ts';
import { type GateFacts, type LawGate, lawGate } from './gate.ts';
import { type Context, compile, type Graph } from './graph.ts';
import { insolvencyWorth, lateRateOf, type MoneyFacts, moneyFactsOf } from './money.ts';
import type { Numbers } from './numbers.ts';
import { principalLeft } from './outcomes.ts';
import { type DecisionParams, numbersOf } from './params.ts';
import { DURATIONS, type Shape, type Skeleton, skeletonOf } from './skeleton.ts';
import { type Instance, newSolution, permissionsOf, type Solution, solve } from './solve.ts';
import { contactsOf, stateOf } from './state.ts';

/** What the gate needs of the law besides the claim itself. Undefined means unknown: the steps that need it are then closed. */
export interface LegalFacts {
  readonly on: Day;
  readonly creditor?: PartyQuality;
  readonly debtor?: PartyQuality;
  readonly daysToBar?: number;
  readonly fromContract?: boolean;
  readonly invoiced?: boolean;
  readonly seriousDispute?: boolean;
}

/** The day the default figures were set on: the day of a claim given without dates. */
export const DEFAULTS_DAY = day('2026-11-21');

/** A claim ready to be decided: its graph, what the law allows, its belief and its money. */
export interface Problem {
  readonly claim: AdviceClaim;
  readonly numbers: Numbers;
  readonly graph: Graph;
  readonly gate: LawGate;
  readonly belief: BeliefTrace;
  readonly money: MoneyFacts;
  readonly instance: Instance;
  readonly solved: Solution;
}

/** A map that forgets what was used least lately. */
class Recent<T> {
  readonly #kept = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string, build: () => T): T {
    const value = this.#kept.get(key) ?? build();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > this.#most && !oldest.done) this.#kept.delete(oldest.value);
    return value;
  }
}

/** Graphs by context, skeletons by shape: a portfolio shares a few hundred, and a changed figure keeps its skeleton. */
export class GraphCache {
  readonly #skeletons: Recent<Skeleton>;
  readonly #graphs: Recent<Graph>;
  readonly #known = new WeakMap<Numbers, number>();
  readonly #sets = new Recent<number>(256);
  #count = 0;

  constructor(most = 32) {
    this.#skeletons = new Recent(most);
    this.#graphs = new Recent(most);
  }

  get(context: Context, n: Numbers): Graph {
    return this.#graphs.get(`${this.#setOf(n)}|${JSON.stringify(context)}`, () => compile(this.skeleton(context, n), context, n));
  }

  skeleton({ start, file, disputeFounded, open }: Shape, n: Numbers): Skeleton {
    const shape: Shape = { start, file, disputeFounded, open };
    const key = JSON.stringify([shape, DURATIONS.map((id) => n[id])]);
    return this.#skeletons.get(key, () => skeletonOf(shape, n));
  }

  /** Equal figures are one set, whoever built them: a thousand claims with the same hourly rate share their graphs. */
  #setOf(n: Numbers): number {
    const known = this.#known.get(n);
    if (known !== undefined) return known;
    const set = this.#sets.get(JSON.stringify(n), () => ++this.#count);
    this.#known.set(n, set);
    return set;
  }
}

/** The context of a claim: what of it shapes the graph. */
export function contextOf(claim: AdviceClaim, n: Numbers, gate: LawGate): Context {
  const money = moneyFactsOf(claim, n);
  const { rate, flat, kept, vatBack } = money;
  return {
    start: stateOf(claim.history),
    file: claim.file,
    disputeFounded: claim.disputeFounded === true,
    open: everOpen(gate),
    rate,
    flat,
    kept,
    vatBack,
    declaresWhole: insolvencyWorth(1, n, money).declares,
    declaresRest: insolvencyWorth((n.planN - 1) / n.planN, n, money).declares,
  };
}

/** The steps the gate opens at some moment, whatever will have been tried; time only closes doors, but for what must be tried first. */
function everOpen(gate: LawGate): number {
  let open = 0;
  for (const action of ACTIONS)
    for (const plan of [false, true])
      for (const amicable of [false, true])
        if (gate.permits(action, { daysAhead: 0, tried: { plan, amicable } }).ok) open |= 1 << rankOf(action);
  return open;
}

/** The facts of the gate for a claim. Procedures are asked of the law once, today, on what is left of the principal. */
export function gateFactsOf(claim: AdviceClaim, legal: LegalFacts, n: Numbers): GateFacts {
  const left = eurosOf(claim.principal) * principalLeft(n, stateOf(claim.history));
  return {
    ...legal,
    principal: centsOf(left),
    interest: centsOf((left * lateRateOf(claim, n) * claim.ageDays) / 365),
    ageDays: claim.ageDays,
    waitMaxAge: n.waitMaxAge,
    ipServiceDays: n.ipServiceDays,
    ...(claim.vulnerable && { vulnerable: true }),
    ...(claim.forbid && { forbid: claim.forbid }),
  };
}

/** Prepares and solves a claim whose insolvency is not published. Throws nothing; facts are checked by `checkClaim` before. */
export function solveClaim(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams, cache: GraphCache): Problem {
  const numbers = numbersOf(params);
  const gate = lawGate(gateFactsOf(claim, legal, numbers));
  const graph = cache.get(contextOf(claim, numbers, gate), numbers);
  const belief = beliefOf(claim, numbers);
  const instance: Instance = {
    belief: belief.belief,
    principal: eurosOf(claim.principal),
    ageDays: claim.ageDays,
    permissions: permissionsOf(graph, gate),
    outlayCap: claim.caps?.outlay === undefined ? Number.POSITIVE_INFINITY : eurosOf(claim.caps.outlay),
  };
  const solved = solve(graph, instance, newSolution(graph));
  return { claim, numbers, graph, gate, belief, money: moneyFactsOf(claim, numbers), instance, solved };
}

/** The value of the claim if its debtor were surely of these types, with everything else as it is. */
export const valueAt = ({ graph, instance }: Problem, belief: Belief, scratch: Solution): number =>
  solve(graph, { ...instance, belief }, scratch).worth[0] as number;

const MOST = 10n ** 13n;

/** Refuses facts that make no sense, with the field to correct (`advice.claim-invalid`). */
export function checkClaim(claim: AdviceClaim): Result<AdviceClaim> {
  const wrong = (field: string, why: string) => refuse('advice.claim-invalid', `${field}\u202f: ${why}.`, { field });
  const whole = (x: number | undefined, most: number): boolean => x === undefined || (Number.isInteger(x) && x >= 0 && x <= most);
  if (claim.principal <= 0n || claim.principal > MOST) return wrong('amount', 'il faut un montant positif, en euros');
  if (!Number.isFinite(claim.ageDays) || claim.ageDays < 0 || claim.ageDays > 36_500)
    return wrong('ageDays', 'il faut un nombre de jours depuis l’échéance, de 0 à 36\u202f500');
  if (!(claim.vat.rate >= 0 && claim.vat.rate < 1))
    return wrong('vatRate', 'il faut un taux de TVA entre 0 et 1, par exemple 0.2');
  if (claim.lateRate !== undefined && !(claim.lateRate >= 0 && claim.lateRate <= 1))
    return wrong('lateRate', 'il faut un taux annuel entre 0 et 1, par exemple 0.12');
  const h = claim.history;
  if (!whole(h.emails, 3)) return wrong('hist.emails', 'il faut un nombre entier, de 0 à 3 (au-delà, écrivez 3)');
  if (!whole(h.calls, 2)) return wrong('hist.calls', 'il faut un nombre entier, de 0 à 2 (au-delà, écrivez 2)');
  if (!whole(h.waits, 1)) return wrong('hist.waits', 'il faut 0 ou 1');
  const contacts = contactsOf(stateOf(h));
  if (!whole(h.silent, contacts)) return wrong('hist.silent', `il y a eu ${contacts} relance(s)\u202f: pas plus de silences`);
  if (h.signal && contacts === 0) return wrong('hist.signal', 'une réponse suppose au moins une relance');
  const prior = claim.prior;
  if (prior && (prior.length !== 7 || prior.some((x) => !(x >= 0 && x <= 1)) || !prior.some((x) => x > 0)))
    return wrong('prior', 'il faut sept chances entre 0 et 1, dont une positive');
  if (claim.customer && !(claim.customer.late >= 0 && claim.customer.late <= claim.customer.invoices))
    return wrong('customer', 'il ne peut pas y avoir plus de retards que de factures');
  return ok(claim);
}

import type { Result } from '../kernel/result.ts';
import { citationLabels } from '../law/citations.ts';
import { ACTION_WORDS, ACTIONS, type Action, rankOf } from './actions.ts';
import { beliefOf } from './belief.ts';
import { breakEven } from './break-even.ts';
import { type AdviceClaim, centsOf } from './claim.ts';
import { type Blocked, type Decision, type OptionValue, tieBand } from './decision.ts';
import { insolvencyChoices, moneyFactsOf, worthOf } from './money.ts';
import { ORDER_WORDS, orderRule, triedOf } from './order.ts';
import { principalLeft } from './outcomes.ts';
import { type DecisionParams, numbersOf } from './params.ts';
import { courseOf, type Distribution, distributionOf, pathsOf } from './paths.ts';
import { checkClaim, GraphCache, type LegalFacts, type Problem, solveClaim } from './problem.ts';
import { optionReason, reasonsOf } from './reasons.ts';
import { optionsNow } from './solve.ts';
import { stateOf } from './state.ts';
import { perfectInformation, solvencyCheck } from './value-of-information.ts';

/** At most one contact a week (guard rail 4); the cap before the notice is in the counters: three mails, two calls. */
const CONTACT_EVERY_DAYS = 7;
const CONTACTS: ReadonlySet<Action> = new Set<Action>(['EMAIL', 'CALL', 'PLAN', 'CREDIT', 'MED']);

/** Steps whose break-even is worth a search: they ask for money or for a third party. */
const PRICED: ReadonlySet<Action> = new Set<Action>(['MED', 'MEDIATION', 'PSR', 'IP', 'AGENCY', 'REFERE', 'SUIT', 'ENFORCE']);

/**
 * What to do next about a claim, and why. Exact, deterministic, no clock: what is not in the facts is unknown, and closes the
 * steps that need it. Refuses facts that make no sense (`advice.claim-invalid`).
 */
export function advise(
  claim: AdviceClaim,
  legal: LegalFacts,
  params: DecisionParams,
  cache: GraphCache = new GraphCache(),
): Result<Decision> {
  const checked = checkClaim(claim);
  if (!checked.ok) return checked;
  const value = claim.solvency === 'published' ? published(claim, legal, params) : chased(claim, legal, params, cache);
  return { ok: true, value };
}

/** A published insolvency stops every chase: declare within the deadline, or stop (guard rail 7). */
function published(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams): Decision {
  const n = numbersOf(params);
  const money = moneyFactsOf(claim, n);
  const choices = insolvencyChoices(principalLeft(n, stateOf(claim.history)), n, money);
  const forbidden = claim.forbid?.includes('DECLARE') === true;
  const found = [
    { action: 'DECLARE' as const, worth: worthOf(choices.declare, money), hours: n.declH },
    { action: 'WRITEOFF' as const, worth: worthOf(choices.drop, money), hours: n.woH },
  ].filter(({ action }) => !(forbidden && action === 'DECLARE'));
  found.sort((a, b) => b.worth - a.worth);
  const best = found[0]?.worth ?? 0;
  const options = found.map(({ action, worth, hours }): OptionValue => {
    const sure = { mean: worth, p10: worth, p50: worth, p90: worth, positive: worth > 0 ? 1 : 0, loss: worth < 0 ? 1 : 0 };
    const days = action === 'DECLARE' ? n.dividendYears * 365 : undefined;
    return optionOf(action, worth, best, { ...sure, outlay: 0, hours, days, total: 1 }, 0, claim);
  });
  const blocked = ACTIONS.filter((action) => action !== 'DECLARE' && action !== 'WRITEOFF').map(
    (action): Blocked => ({
      action,
      rule: 'published-insolvency',
      article: citationLabels(['ccom-L622-21']),
      says: 'une procédure collective est publiée\u202f: toute poursuite s’arrête, la créance se déclare.',
    }),
  );
  const refusal: readonly Blocked[] = forbidden
    ? [{ action: 'DECLARE', rule: 'user-refusal', article: '', says: 'vous ne voulez pas de cette étape.' }]
    : [];
  return assemble(claim, legal, params, {
    options,
    blocked: [...blocked, ...refusal],
    belief: beliefOf(claim, n),
    course: options.slice(0, 1).map((o) => o.action),
    breakEvens: [],
    perfect: 0,
    check: 0,
    contributions: [0, 0, 0, 0, 0, 0, 0],
  });
}

function chased(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams, cache: GraphCache): Decision {
  const problem = solveClaim(claim, legal, params, cache);
  const { graph, instance, solved, belief, money, numbers } = problem;
  const ranked = [...optionsNow(graph, instance, solved)].sort((a, b) => b[1] - a[1] || rankOf(a[0]) - rankOf(b[0]));
  const state = stateOf(claim.history);
  const all = ranked.map(([action, worth]) => {
    const distribution = distributionOf(pathsOf(graph, solved, belief.belief, money, action));
    const cashNow = graph.book.step(action, state).cash;
    return { option: optionOf(action, worth, ranked[0]?.[1] ?? 0, distribution, cashNow, claim) };
  });
  const kept = all.map((x) => x.option).filter((option) => withinLoss(option, claim));
  const tooRisky = all.filter(({ option }) => !withinLoss(option, claim)).map(({ option }) => option.action);
  const best = kept[0]?.action ?? 'WRITEOFF';
  const breakEvens = kept
    .filter(({ action }, i) => PRICED.has(action) || (i === 0 && action !== 'WRITEOFF'))
    .map(({ action }) => ({ action, from: breakEven(action, problem, legal, params, cache) }));
  return assemble(claim, legal, params, {
    options: kept,
    blocked: blockedOf(problem, new Set(ranked.map(([action]) => action)), tooRisky),
    belief,
    course: courseOf(graph, solved, belief.belief, best),
    breakEvens,
    perfect: perfectInformation(problem),
    check: solvencyCheck(problem),
    contributions: contributionsOf(problem, kept[0]?.action, kept[1]?.action, numbers.prior0.length),
  });
}

/** The user's limit on a bad outcome; stopping is always allowed. */
const withinLoss = (option: OptionValue, claim: AdviceClaim): boolean =>
  claim.caps?.loss === undefined || option.action === 'WRITEOFF' || option.band[0] >= -claim.caps.loss;

/** Why every other step is closed: the order of the steps, then the law, then the user's own limits. */
function blockedOf(problem: Problem, open: ReadonlySet<Action>, tooRisky: readonly Action[]): readonly Blocked[] {
  const { claim, gate } = problem;
  const state = stateOf(claim.history);
  const closed = ACTIONS.filter((action) => !open.has(action)).map((action): Blocked => {
    const rule = orderRule(action, state, claim.disputeFounded === true);
    if (rule) return { action, rule, article: '', says: `${ORDER_WORDS[rule]}.` };
    const answer = gate.permits(action, { daysAhead: 0, tried: triedOf(state) });
    if (answer.ok)
      return { action, rule: 'outlay-cap', article: '', says: 'cette étape dépasse la somme que vous voulez avancer.' };
    const { article, says, missing } = answer;
    return { action, rule: answer.rule, article, says, ...(missing && { missing }) };
  });
  const risky = tooRisky.map(
    (action): Blocked => ({
      action,
      rule: 'loss-cap',
      article: '',
      says: 'dans le pire dixième des cas, cette étape perd plus que votre limite.',
    }),
  );
  return [...closed, ...risky];
}

/** Where the best step gains on the second, by type: the means of their paths for each type, times its chance. */
function contributionsOf(
  problem: Problem,
  best: Action | undefined,
  second: Action | undefined,
  types: number,
): readonly number[] {
  const { belief } = problem.belief;
  const mean = (action: Action | undefined, type: number): number => {
    if (!action || (belief[type] ?? 0) <= 0) return 0;
    const only = belief.map((b, t) => (t === type ? b : 0));
    return distributionOf(pathsOf(problem.graph, problem.solved, only, problem.money, action)).mean;
  };
  return Array.from({ length: types }, (_, type) => (second ? mean(best, type) - mean(second, type) : 0));
}

function optionOf(
  action: Action,
  worth: number,
  best: number,
  d: Distribution,
  cashNow: number,
  claim: AdviceClaim,
): OptionValue {
  return {
    action,
    net: centsOf(worth),
    band: [centsOf(d.p10), centsOf(d.p50), centsOf(d.p90)],
    chanceOfGain: d.positive,
    chanceOfLoss: d.loss,
    cashNow: centsOf(cashNow),
    outlay: centsOf(d.outlay),
    hours: d.hours,
    daysToMoney: d.days === undefined ? null : Math.round(d.days),
    needsPerson: ACTION_WORDS[action].needsPerson,
    reason: optionReason(action, centsOf(worth), centsOf(best), tieBand(claim.principal)),
  };
}

interface Parts extends Pick<Decision, 'options' | 'blocked' | 'belief' | 'course' | 'breakEvens' | 'contributions'> {
  readonly perfect: number;
  readonly check: number;
}

function assemble(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams, parts: Parts): Decision {
  const { options, blocked, belief, course, breakEvens, contributions } = parts;
  const top = options[0];
  if (!top) throw new Error('stopping is always open');
  const band = tieBand(claim.principal);
  const near = options.filter((o) => top.net - o.net < band).map((o) => o.action);
  const tie = near.length > 1 ? near.sort((a, b) => rankOf(a) - rankOf(b)) : [];
  const proposed = options.find((o) => o.action === tie[0]) ?? top;
  const check = centsOf(parts.check);
  const since = claim.lastContactDays ?? CONTACT_EVERY_DAYS;
  const notBeforeDays = CONTACTS.has(proposed.action) ? Math.max(0, CONTACT_EVERY_DAYS - since) : 0;
  return {
    best: top.action,
    proposed: proposed.action,
    tie,
    notBeforeDays,
    value: top.net,
    options,
    blocked,
    belief,
    course,
    breakEven: breakEvens.find(({ action }) => action === top.action)?.from ?? null,
    breakEvens,
    information: { perfect: centsOf(parts.perfect), solvencyCheck: check },
    contributions,
    reasons: reasonsOf({ claim, proposed, options, tie, breakEvens, solvencyCheck: check, notBeforeDays }),
    paramsVersion: params.version,
    lawDay: legal.on.toString(),
  };
}

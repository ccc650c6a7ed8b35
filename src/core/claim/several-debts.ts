import { type Day, isAfter } from '../kernel/day.ts';
import { frenchAmount, frenchPercent } from '../kernel/french.ts';
import { type Money, money } from '../kernel/money.ts';
import { computed, missing, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { compareRatio, type Ratio } from '../kernel/ratio.ts';

/** One of several debts of the same kind between the same persons. */
export interface Debt {
  readonly id: string;
  /** what it still owes, interest included */
  readonly owed: Money;
  readonly dueOn: Day;
  /** the annual rate it bears: the dearer debt is the one the debtor has most interest in paying */
  readonly rate: Ratio;
}

/** What a payment settles of one debt. */
export interface Settled {
  readonly id: string;
  readonly amount: Money;
  readonly left: Money;
}

/**
 * Imputes a payment among several debts (C. civ. 1342-10): the debtor's choice; else the debts due first, among them those he
 * has most interest in paying (the highest rate), then the oldest, and equal debts in proportion. "Most interest" is a
 * judgement of fact: the trace says so, and the user may choose otherwise. What exceeds every debt is returned as `excess`.
 */
export function imputeAmongDebts(
  payment: Money,
  on: Day,
  debts: readonly Debt[],
  chosen?: readonly string[],
): Outcome<{ readonly settled: readonly Settled[]; readonly excess: Money }> {
  const unknown = chosen?.find((id) => !debts.some((debt) => debt.id === id));
  if (unknown !== undefined) return missing([unknown], `La dette choisie par le débiteur, ${unknown}, n’est pas dans la liste.`);
  const ranks = ranked(debts, on, chosen ?? []);
  const settled: Settled[] = [];
  let left = payment.cents;
  for (const rank of ranks) {
    for (const one of shareOut(rank, left, payment.currency)) settled.push(one);
    left = payment.cents - settled.reduce((sum, s) => sum + s.amount.cents, 0n);
  }
  const paid = settled.filter((s) => s.amount.cents > 0n);
  return computed({ settled: paid, excess: money(left, payment.currency) }, [explain(payment, paid, debts, chosen ?? [])]);
}

/** The debts in the order of the law; debts that nothing tells apart share a rank. */
function ranked(debts: readonly Debt[], on: Day, chosen: readonly string[]): Debt[][] {
  const choice = (debt: Debt): number => {
    const place = chosen.indexOf(debt.id);
    return place < 0 ? chosen.length : place;
  };
  const compare = (a: Debt, b: Debt): number =>
    choice(a) - choice(b) ||
    Number(isAfter(a.dueOn, on)) - Number(isAfter(b.dueOn, on)) ||
    compareRatio(b.rate, a.rate) ||
    Temporal.PlainDate.compare(a.dueOn, b.dueOn);
  const ranks: Debt[][] = [];
  for (const debt of [...debts].sort(compare)) {
    const last = ranks.at(-1);
    if (last?.[0] && compare(last[0], debt) === 0) last.push(debt);
    else ranks.push([debt]);
  }
  return ranks;
}

/** Shares cents among debts of one rank, in proportion of what they owe, never more than each owes. */
function shareOut(rank: readonly Debt[], cents: bigint, currency: string): Settled[] {
  const owed = rank.reduce((sum, debt) => sum + debt.owed.cents, 0n);
  const given = cents < owed ? cents : owed;
  let cumulated = 0n;
  let before = 0n;
  return rank.map((debt) => {
    cumulated += debt.owed.cents;
    const upTo = owed === 0n ? 0n : (given * cumulated) / owed;
    const amount = upTo - before;
    before = upTo;
    return { id: debt.id, amount: money(amount, currency), left: money(debt.owed.cents - amount, currency) };
  });
}

function explain(payment: Money, paid: readonly Settled[], debts: readonly Debt[], chosen: readonly string[]): TraceStep {
  const [first] = debts;
  // A rate is worth saying where it tells debts apart.
  const differ = first !== undefined && debts.some((debt) => compareRatio(debt.rate, first.rate) !== 0);
  const list = paid
    .map((s) => {
      const rate = differ ? debts.find((debt) => debt.id === s.id)?.rate : undefined;
      return `${frenchAmount(s.amount)} sur ${s.id}${rate ? ` (${frenchPercent(rate)})` : ''}`;
    })
    .join(', ');
  const why =
    chosen.length > 0
      ? 'selon le choix du débiteur'
      : 'le débiteur n’a rien dit\u202f: d’abord les dettes échues, parmi elles celle qu’il a le plus d’intérêt à payer (le taux le plus élevé), puis la plus ancienne. « Le plus d’intérêt » s’apprécie en fait\u202f: vous pouvez choisir autrement';
  return {
    rule: 'debts-imputation',
    cites: ['cciv-1342-10'],
    certainty: chosen.length > 0 ? 'official' : 'reading',
    says: `Paiement de ${frenchAmount(payment)}, ${why}. Soit ${list || 'rien'}.`,
  };
}

import { type Day, isAfter } from '#core/kernel/day.ts';
import type { Fact } from './facts.ts';
import { paidSince, standingAgreement } from './state.ts';

/** Money that a debtor said would come, and the day it said. */
export interface Announced {
  readonly on: Day;
  readonly cents: bigint;
}

/**
 * What a promise or a plan that still runs announces from `asOf` on, in order: what was paid since is off the first instalments, and days
 * that have passed announce nothing any more. Empty when none runs. Facts dated after `asOf` are ignored.
 */
export function announcedMoney(allFacts: readonly Fact[], asOf: Day): Announced[] {
  const facts = allFacts.filter((f) => !isAfter(f.on, asOf));
  const agreed = standingAgreement(facts);
  if (!agreed) return [];
  const told =
    agreed.kind === 'plan-agreed' ? agreed.payload.instalments : [{ dueOn: agreed.payload.payBy, amount: agreed.payload.amount }];
  let paid = paidSince(facts, agreed);
  const left = told.flatMap(({ dueOn, amount }): Announced[] => {
    const off = paid < amount ? paid : amount;
    paid -= off;
    return amount > off ? [{ on: dueOn, cents: amount - off }] : [];
  });
  // One date missed, and the rest of the plan is no longer believed.
  return left.some(({ on }) => isAfter(asOf, on)) ? [] : left;
}

import { TYPES } from '#core/advice/actions.ts';
import { priorAt } from '#core/advice/belief.ts';
import { contactPays } from '#core/advice/chances.ts';
import type { Numbers } from '#core/advice/numbers.ts';

/** The share paid by two mails, a call and the notice, one every step, from day 45: the rate the thread gives as 40 %. */
export function amicableShare(n: Numbers): number {
  const contacts = [
    (t: number) => contactPays(n, n.pE, 0, t),
    (t: number) => contactPays(n, n.pE, 1, t),
    (t: number) => contactPays(n, n.pC, 0, t),
    (t: number) => contactPays(n, n.pM, 0, t),
  ];
  const prior = priorAt(45, 'unknown', undefined, n);
  let share = 0;
  for (let t = 0; t < TYPES; t += 1) {
    let left = prior[t] ?? 0;
    for (const pays of contacts) {
      share += left * pays(t);
      left *= 1 - pays(t);
    }
  }
  return share;
}

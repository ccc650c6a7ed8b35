import type { PastInvoice } from '#core/forecast/invoices.ts';
import { randomFrom } from '#core/forecast/random.ts';

/**
 * A book of invoices of our own making: customers have habits, small invoices are paid sooner, some are never paid in the book. What a
 * model should find is known, for we put it there.
 */
export function madeUpBook(customers: number, perCustomer: number, seed = 4): PastInvoice[] {
  const random = randomFrom(seed);
  const first = 19_000;
  const end = first + 600;
  const invoices: PastInvoice[] = [];
  for (let c = 0; c < customers; c += 1) {
    const habit = 22 + 8 * random.normal();
    for (let k = 0; k < perCustomer; k += 1) {
      const knownOn = first + random.whole(540);
      const terms = random.uniform() < 0.5 ? 15 : 30;
      const euros = Math.exp(6 + random.normal());
      // The amount counts for as much as the habit, and a mean of the customer cannot see it.
      const days = Math.max(0, Math.round(habit + 6 * (Math.log(euros) - 6) + (terms - 22) / 2 + 7 * random.normal()));
      const settledOn = knownOn + days;
      invoices.push({
        id: `${c}-${k}`,
        customer: `c${c}`,
        knownOn,
        issuedOn: knownOn,
        dueOn: knownOn + terms,
        cents: BigInt(Math.round(euros * 100)),
        ...(settledOn < end && random.uniform() > 0.02 ? { settledOn } : {}),
        disputed: random.uniform() < 0.1,
      });
    }
  }
  return invoices;
}

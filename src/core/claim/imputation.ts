/** What an invoice owes at one moment, in cents. */
export interface Balance {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly indemnity: bigint;
}

/** Where the cents of one payment or credit note went. */
export interface Imputed {
  readonly toPrincipal: bigint;
  readonly toInterest: bigint;
  readonly toIndemnity: bigint;
  readonly excess: bigint;
  readonly left: Balance;
}

export type ImputationOrder = 'interest-first' | 'principal-first';

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * Imputes a payment on a balance: interest first (C. civ. 1343-1), or principal first when the creditor agreed to it. The flat
 * indemnity comes last: no authority gives its rank (docs/adr/0104).
 */
export function imputePayment(on: Balance, amount: bigint, order: ImputationOrder): Imputed {
  const first = order === 'interest-first' ? on.interest : on.principal;
  const second = order === 'interest-first' ? on.principal : on.interest;
  const a = least(amount, first);
  const b = least(amount - a, second);
  const toIndemnity = least(amount - a - b, on.indemnity);
  const [toInterest, toPrincipal] = order === 'interest-first' ? [a, b] : [b, a];
  return taken(on, toPrincipal, toInterest, toIndemnity, amount);
}

/**
 * Imputes a credit note: it corrects the debt itself, so it reduces the principal before anything else, whatever the order of
 * payments (docs/adr/0101). What exceeds the principal was paid without being owed: it is set off as a payment would be.
 */
export function imputeCreditNote(on: Balance, amount: bigint): Imputed {
  return imputePayment(on, amount, 'principal-first');
}

function taken(on: Balance, toPrincipal: bigint, toInterest: bigint, toIndemnity: bigint, amount: bigint): Imputed {
  return {
    toPrincipal,
    toInterest,
    toIndemnity,
    excess: amount - toPrincipal - toInterest - toIndemnity,
    left: {
      principal: on.principal - toPrincipal,
      interest: on.interest - toInterest,
      indemnity: on.indemnity - toIndemnity,
    },
  };
}

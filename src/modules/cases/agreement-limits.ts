import { statementOfAccount } from '#core/claim/account.ts';
import { type Day, isAfter } from '#core/kernel/day.ts';
import { frenchAmount, frenchDay } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import { lawOf } from '#modules/law/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { claimsOf } from './claim.ts';
import type { Fact } from './facts.ts';

/** Cents owed in all on a day (principal, interest, the 40 €); undefined when the law does not tell it yet. */
export type OwedOn = (day: Day) => bigint | undefined;

/** What a case owes, or would owe, if nothing had been paid since the day of an agreement. */
export async function owedWhenAgreed(
  tx: Tx,
  tenantId: string,
  known: { readonly caseId: string; readonly facts: readonly Fact[] },
  agreedOn: Day,
): Promise<OwedOn> {
  const claim = (await claimsOf(tx, tenantId, [known])).get(known.caseId);
  const law = await lawOf(tx, tenantId);
  if (!claim) return () => undefined;
  const invoices = claim.invoices.map((of) => ({ ...of, credits: of.credits.filter((credit) => !isAfter(credit.on, agreedOn)) }));
  return (day) => {
    const account = statementOfAccount({ ...claim, invoices }, day, law);
    return account.status === 'computed' ? account.value.total.cents : undefined;
  };
}

/** A promise or a plan about to be noted. */
export interface Agreement {
  readonly kind: 'promise' | 'plan';
  readonly on: Day;
  readonly amount: bigint;
  /** the promised day, or that of the last instalment */
  readonly endsOn: Day;
  /** the user says that it counts interest still to run */
  readonly beyond: boolean;
}

const NAMES = { promise: 'la promesse', plan: 'l’échéancier' } as const;

/**
 * What is wrong with the amount of an agreement, by field of its form; undefined when nothing is. Nobody agrees to pay more than all that
 * is owed at its end. A plan above what was owed when it was agreed may count the interest of its months: that is asked (`beyond`), as it
 * is of anything that ends on a day whose rate is not published yet.
 */
export function tooMuch(
  { kind, on, amount, endsOn, beyond }: Agreement,
  owed: OwedOn | undefined,
): Readonly<Record<string, string>> | undefined {
  const [atFirst, atLast] = [owed?.(on), owed?.(endsOn)];
  if (atLast !== undefined && amount > atLast)
    return {
      amount: `Au ${frenchDay(endsOn)}, le total dû est de ${frenchAmount(money(atLast))}, intérêts et indemnités compris\u202f: ${NAMES[kind]} ne peut pas dépasser cette somme.`,
    };
  const mayAsk = kind === 'plan' || atLast === undefined;
  if (!mayAsk || beyond || atFirst === undefined || amount <= atFirst) return undefined;
  return {
    beyond: `Au ${frenchDay(on)}, le total dû est de ${frenchAmount(money(atFirst))}. Corrigez le montant, ou cochez cette case si les ${frenchAmount(money(amount - atFirst))} de plus sont des intérêts à venir.`,
  };
}

import { addDays, type Day, daysBetween, isAfter } from '../kernel/day.ts';
import { frenchAmount, frenchDay, frenchPercent } from '../kernel/french.ts';
import { formatAmount, type Money, money } from '../kernel/money.ts';
import { computed, notApplicable, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import type { Ratio } from '../kernel/ratio.ts';
import { simpleInterest } from '../law/interest.ts';

/** What lets interest bear interest, if anything does. */
export interface CapitalisationFacts {
  readonly base: Money;
  readonly rate: Ratio;
  /** the eve of the first day of interest, and the last day */
  readonly from: Day;
  readonly to: Day;
  /** a clause of the contract or a decision; without one, interest stays simple */
  readonly by?: { readonly kind: 'clause' | 'judgment'; readonly everyMonths: number };
}

/** A run of days on one capitalised base. */
export interface CapitalisedLine {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly base: Money;
  readonly amount: Money;
}

const CITES = ['cciv-1343-2'];

/** Whether interest may be capitalised: a clause or a decision, and interest due for a full year at least (C. civ. 1343-2). */
export function capitalisationAllowed(by: CapitalisationFacts['by']): Outcome<boolean> {
  if (!by) return computed(false, [say('official', 'Sans clause ni décision, les intérêts ne produisent pas d’intérêts.')]);
  if (by.everyMonths < 12) {
    return computed(false, [
      say(
        'memory',
        `Une capitalisation tous les ${by.everyMonths}\u00a0mois n’est pas permise\u202f: il faut des intérêts dus pour une année entière (règle d’ordre public, de mémoire).`,
      ),
    ]);
  }
  return computed(true, [
    say(
      'official',
      `${by.kind === 'clause' ? 'Le contrat' : 'Le juge'} prévoit la capitalisation des intérêts dus pour une année entière.`,
    ),
  ]);
}

/**
 * Interest with capitalisation: after each full year, the year's interest joins the base. Simple when no valid clause or
 * decision provides it. Annual rate, ACT/365, each line to the cent.
 */
export function interestWithCapitalisation(
  facts: CapitalisationFacts,
): Outcome<{ readonly lines: readonly CapitalisedLine[]; readonly interest: Money }> {
  if (isAfter(facts.from, facts.to)) return notApplicable('La fin du calcul précède son début.');
  const allowed = capitalisationAllowed(facts.by);
  const months = allowed.status === 'computed' && allowed.value && facts.by ? facts.by.everyMonths : undefined;
  const trace: TraceStep[] = allowed.status === 'computed' ? [...allowed.trace] : [];
  const lines: CapitalisedLine[] = [];
  let base = facts.base.cents;
  let eve = facts.from;
  for (let n = 1; isAfter(facts.to, eve); n += 1) {
    const anniversary = months === undefined ? facts.to : facts.from.add({ months: months * n });
    const last = isAfter(anniversary, facts.to) ? facts.to : anniversary;
    const days = daysBetween(eve, last);
    const amount = simpleInterest(base, facts.rate, days);
    lines.push({ from: addDays(eve, 1), to: last, days, base: money(base), amount: money(amount) });
    trace.push(
      say(
        'official',
        `Du ${frenchDay(addDays(eve, 1))} au ${frenchDay(last)}\u202f: ${frenchAmount(money(base))} × ${frenchPercent(facts.rate)} × ${days} / 365 = ${frenchAmount(money(amount))}.`,
        { days: String(days), amount: formatAmount(money(amount)) },
      ),
    );
    if (months !== undefined && !isAfter(anniversary, facts.to)) base += amount;
    eve = last;
  }
  const interest = money(lines.reduce((sum, line) => sum + line.amount.cents, 0n));
  return computed({ lines, interest }, trace);
}

function say(certainty: TraceStep['certainty'], says: string, values?: Readonly<Record<string, string>>): TraceStep {
  return { rule: 'capitalisation', cites: CITES, certainty, says, ...(values && { values }) };
}

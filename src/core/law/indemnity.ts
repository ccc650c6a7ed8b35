import { type Day, isBefore } from '../kernel/day.ts';
import { toEpochDay } from '../kernel/epoch-day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { formatAmount, type Money, money } from '../kernel/money.ts';
import { computed, notApplicable, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { currentLaw, type LawBook } from './book.ts';
import { type DatedValue, indexAt } from './series.ts';

/** What decides whether the 40 € is owed for one late payment. */
export interface IndemnityFacts {
  readonly debtor: 'business' | 'consumer' | 'public';
  readonly creditorIsConsumer?: boolean;
  readonly insolvencyOpenedOn?: Day;
  /** an insurance indemnity is no commercial transaction: no flat indemnity */
  readonly nature?: 'trade' | 'insurance-indemnity';
  /** a French sentence: why it is not claimed here */
  readonly noIndemnityReason?: string;
}

interface Indemnity {
  readonly cents: bigint;
  readonly because: () => TraceStep;
}

const nothing = (cites: readonly string[], certainty: TraceStep['certainty'], says: string): Indemnity => ({
  cents: 0n,
  because: () => ({ rule: 'recovery-indemnity', cites, certainty, says, values: { amount: '0.00' } }),
});

/**
 * The flat indemnity of one payment due on `dueOn` and not made that day: by operation of law, per invoice or agreed
 * instalment, whatever the amount or the delay (C. com. L441-10, II, D441-5; CCP D2192-35). In cents.
 */
export function indemnityForLatePayment(facts: IndemnityFacts, dueOn: Day, law: LawBook = currentLaw): Indemnity {
  if (facts.noIndemnityReason)
    return nothing(['ccom-L441-10'], 'reading', `Pas d’indemnité forfaitaire\u202f: ${facts.noIndemnityReason}`);
  if (facts.nature === 'insurance-indemnity') {
    return nothing(
      ['ccass-civ2-2026-09-17'],
      'secondary',
      'Pas d’indemnité forfaitaire\u202f: une indemnité d’assurance n’est pas une transaction commerciale.',
    );
  }
  if (facts.debtor === 'consumer') {
    return nothing(['ccom-L441-10'], 'official', 'Pas d’indemnité forfaitaire\u202f: elle n’est due qu’entre professionnels.');
  }
  if (facts.debtor === 'business' && facts.creditorIsConsumer) {
    return nothing(['ccom-L441-10'], 'official', 'Pas d’indemnité forfaitaire\u202f: le créancier n’agit pas en professionnel.');
  }
  const opened = facts.insolvencyOpenedOn;
  if (opened && !isBefore(dueOn, opened)) {
    return nothing(
      ['ccom-L441-10', 'ccom-L622-7'],
      'official',
      `Pas d’indemnité forfaitaire\u202f: le jugement d’ouverture du ${frenchDay(opened)} interdisait de payer à l’échéance.`,
    );
  }
  const series = law.recoveryIndemnity;
  const found = series.values[indexAt(series, toEpochDay(dueOn) + 1)];
  if (!found || found.value === 0n) {
    return nothing(
      ['ccom-L441-10'],
      'memory',
      'Pas d’indemnité forfaitaire pour un retard de cette date\u202f: elle a été créée ensuite.',
    );
  }
  return owed(facts.debtor, found);
}

function owed(debtor: 'business' | 'public', found: DatedValue<bigint>): Indemnity {
  const amount = money(found.value);
  return {
    cents: found.value,
    because: () => ({
      rule: 'recovery-indemnity',
      cites: debtor === 'public' ? ['ccp-D2192-35'] : ['ccom-L441-10', 'ccom-D441-5'],
      certainty: found.certainty,
      says: `Indemnité forfaitaire pour frais de recouvrement\u202f: ${frenchAmount(amount)} pour cette facture, de plein droit, hors TVA et sans intérêts.${
        found.override ? ` Montant saisi le ${frenchDay(found.override.on)}\u202f: ${found.override.note}.` : ''
      }`,
      values: { amount: formatAmount(amount) },
    }),
  };
}

/** The flat indemnities of several late payments: each carries its own. */
export function recoveryIndemnity(facts: IndemnityFacts, dueDays: readonly Day[], law: LawBook = currentLaw): Outcome<Money> {
  if (dueDays.length === 0) return notApplicable('Aucune échéance manquée\u202f: pas d’indemnité forfaitaire.');
  const each = dueDays.map((dueOn) => indemnityForLatePayment(facts, dueOn, law));
  const total = money(each.reduce((sum, one) => sum + one.cents, 0n));
  return computed(
    total,
    each.map((one) => one.because()),
  );
}

/** More than the flat amount: the further compensation of recovery costs proved above it (C. com. L441-10, II). */
export function furtherCompensation(costsProved: Money, flat: Money): Outcome<{ flat: Money; additional: Money; total: Money }> {
  const more = costsProved.cents > flat.cents ? costsProved.cents - flat.cents : 0n;
  const total = money(flat.cents + more);
  return computed({ flat, additional: money(more), total }, [
    {
      rule: 'further-compensation',
      cites: ['ccom-L441-10'],
      certainty: 'official',
      says: `Les frais justifiés de ${frenchAmount(costsProved)} dépassent l’indemnité forfaitaire de ${frenchAmount(money(more))}\u202f: cette part peut être demandée en plus, sur justificatifs.`,
      values: { additional: formatAmount(money(more)) },
    },
  ]);
}

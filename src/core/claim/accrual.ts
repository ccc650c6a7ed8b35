import type { Day } from '../kernel/day.ts';
import { type EpochDay, fromEpochDay, toEpochDay } from '../kernel/epoch-day.ts';
import { frenchDay, frenchPercent } from '../kernel/french.ts';
import type { TraceStep } from '../kernel/outcome.ts';
import type { Ratio } from '../kernel/ratio.ts';
import type { LawBook } from '../law/book.ts';
import { defaultRateStep, flatRun, legalRateStep, type RateRun, rateTable, runsOver } from '../law/rates.ts';
import { indexAt, type Series, valueOn } from '../law/series.ts';
import type { Claim } from './claim.ts';

/** How interest accrues on one invoice: from which day, and at which rates. */
export interface Accrual {
  /** the first day that bears interest; undefined when none does */
  readonly first?: EpochDay;
  /** the rates of a run of days, both included; undefined when a day of it is not known */
  readonly rates: (from: EpochDay, to: EpochDay) => readonly RateRun[] | undefined;
  /** the series behind the rates, to say which day is not known */
  readonly series?: Series<Ratio>;
  readonly because: () => TraceStep;
}

/** Picks the regime of a claim for an invoice due on a day. */
export function accrualOf(claim: Claim, due: EpochDay, law: LawBook): Accrual {
  if (claim.debtor === 'public') return publicAccrual(claim, due + 1, law);
  if (claim.debtor === 'business' && !claim.creditorIsConsumer) return businessAccrual(claim, due + 1, law);
  return civilAccrual(claim, due + 1, law);
}

const step = (cites: readonly string[], certainty: TraceStep['certainty'], says: string): TraceStep => ({
  rule: 'late-interest',
  cites,
  certainty,
  says,
});

/** Between professionals: from the day after the due date, without reminder (C. com. L441-10, II). */
function businessAccrual(claim: Claim, first: EpochDay, law: LawBook): Accrual {
  const { contractRate } = claim;
  if (contractRate) {
    return {
      first,
      rates: (from, to) => [flatRun(from, to, contractRate, 'official', ['ccom-L441-10'])],
      because: () =>
        step(
          ['ccom-L441-10'],
          'official',
          `Entre professionnels, le taux convenu de ${frenchPercent(contractRate)} s’applique dès le lendemain de l’échéance, sans rappel.`,
        ),
    };
  }
  const series = rateTable(law).business;
  return {
    first,
    rates: (from, to) => runsOver(series, from, to),
    series,
    because: () =>
      step(
        ['ccom-L441-10'],
        'official',
        'Entre professionnels, sans autre taux convenu, les pénalités courent dès le lendemain de l’échéance, sans rappel, au taux de la BCE majoré de 10\u00a0points\u202f; ce taux change le 1er janvier et le 1er juillet.',
      ),
  };
}

/** Public buyers: one rate for the whole delay, that of the half-year in which interest starts (CCP R2192-31, R2192-32). */
function publicAccrual(claim: Claim, first: EpochDay, law: LawBook): Accrual {
  const series = rateTable(law).public;
  const found = series.values[indexAt(series, first)];
  return {
    first,
    rates: (from, to) => found && [flatRun(from, to, found.value, found.certainty, series.cites, found.override)],
    series,
    because: () => {
      const rate = found && defaultRateStep('public', fromEpochDay(first), found, law);
      const contract = claim.contractRate ? ' Le taux du contrat n’est pas appliqué\u202f: le code fixe ce taux.' : '';
      return step(
        ['ccp-L2192-13', 'ccp-R2192-31', 'ccp-R2192-32'],
        rate?.certainty ?? 'official',
        `Les intérêts moratoires courent de plein droit dès le lendemain de l’expiration du délai de paiement. ${rate?.says ?? ''}${contract}`,
      );
    },
  };
}

/** Legal rate from the formal notice: consumers, and creditors who are not professionals (C. civ. 1231-6, 1344-1). */
function civilAccrual(claim: Claim, afterDue: EpochDay, law: LawBook): Accrual {
  const { contractRate, noticeReceivedOn: notice } = claim;
  const column = claim.creditorIsConsumer ? 'individual' : 'other';
  const series = law.legalRate[column];
  const rates = (from: EpochDay, to: EpochDay) =>
    contractRate ? [flatRun(from, to, contractRate, 'reading', ['cciv-1231-5', 'cciv-1231-6'])] : runsOver(series, from, to);
  if (!notice) return { rates, because: () => NO_NOTICE };
  const first = Math.max(afterDue, toEpochDay(notice) + 1);
  return { first, rates, series, because: () => sinceNotice(notice, fromEpochDay(first)) };

  function sinceNotice(received: Day, startsOn: Day): TraceStep {
    const found = valueOn(series, startsOn);
    const clause = contractRate
      ? `Le taux convenu est ${frenchPercent(contractRate)}\u202f; face à un consommateur, une clause disproportionnée est présumée abusive et le juge peut la réduire.`
      : '';
    return step(
      ['cciv-1231-6', 'cciv-1344-1', 'cmf-L313-2'],
      contractRate ? 'reading' : 'official',
      `Mise en demeure reçue le ${frenchDay(received)}\u202f: l’intérêt court à partir du ${frenchDay(startsOn)}. ${clause || (found ? legalRateStep(startsOn, column, found).says : '')}`,
    );
  }
}

const NO_NOTICE = step(
  ['cciv-1231-6', 'cciv-1344'],
  'official',
  'Aucun intérêt tant que le débiteur n’a pas reçu de mise en demeure (sauf si le contrat dit que l’échéance suffit).',
);

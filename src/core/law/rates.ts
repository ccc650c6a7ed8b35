import type { Day } from '../kernel/day.ts';
import { type EpochDay, fromEpochDay } from '../kernel/epoch-day.ts';
import { frenchDay, frenchPercent, frenchSemester } from '../kernel/french.ts';
import { type Certainty, computed, notEncoded, type Outcome, type TraceStep, weakest } from '../kernel/outcome.ts';
import { addRatio, formatPercent, multiplyRatio, type Ratio } from '../kernel/ratio.ts';
import { currentLaw, type LawBook } from './book.ts';
import type { LegalRateColumn } from './series/legal-rate.ts';
import { combine, type DatedValue, indexAt, type Series, unknownReason, valueOn } from './series.ts';

/** A run of days, both ends included, with one annual rate. */
export interface RateRun {
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly rate: Ratio;
  readonly certainty: Certainty;
  readonly cites: readonly string[];
  readonly override?: DatedValue<Ratio>['override'];
}

/** The annual rates that follow from the dated series, by day. */
export interface RateTable {
  /** between professionals, nothing agreed: the rate changes with each half-year (C. com. L441-10, II) */
  readonly business: Series<Ratio>;
  /** public buyers: read on the first day of interest, kept for the whole delay (CCP R2192-31) */
  readonly public: Series<Ratio>;
  readonly legal: Readonly<Record<LegalRateColumn, Series<Ratio>>>;
  /** the least a clause may set between professionals */
  readonly clauseFloor: Series<Ratio>;
}

const tables = new WeakMap<LawBook, RateTable>();

/** The rates of a law book, combined once. */
export function rateTable(law: LawBook): RateTable {
  const known = tables.get(law);
  if (known) return known;
  const built: RateTable = {
    business: combine(
      {
        id: 'business-rate',
        title: 'Taux des pénalités de retard entre professionnels',
        unit: 'percent',
        cites: ['ccom-L441-10'],
      },
      law.semesterReference,
      law.businessMargin,
      addRatio,
    ),
    public: combine(
      {
        id: 'public-rate',
        title: 'Taux des intérêts moratoires des acheteurs publics',
        unit: 'percent',
        cites: ['ccp-R2192-31', 'ccp-R2192-32'],
      },
      law.semesterReference,
      law.publicMargin,
      addRatio,
    ),
    legal: law.legalRate,
    clauseFloor: combine(
      {
        id: 'clause-floor',
        title: 'Plancher légal des clauses de pénalités',
        unit: 'percent',
        cites: ['ccom-L441-10', 'cmf-L313-2'],
      },
      law.legalRate.other,
      law.clauseFloorMultiple,
      multiplyRatio,
    ),
  };
  tables.set(law, built);
  return built;
}

/**
 * The rates of a run of days, neighbours of equal rate merged; undefined when the series does not know a day of it
 * (`unknownReason` says which).
 */
export function runsOver(of: Series<Ratio>, from: EpochDay, to: EpochDay): RateRun[] | undefined {
  let i = indexAt(of, from);
  if (i < 0 || to > of.end) return undefined;
  const runs: RateRun[] = [];
  for (let start = from; start <= to; ) {
    const first = of.values[i] as DatedValue<Ratio>;
    let certainty = first.certainty;
    let end = endOf(of, i);
    for (i += 1; end < to && sameRate(first, of.values[i]); i += 1) {
      certainty = weakest([certainty, (of.values[i] as DatedValue<Ratio>).certainty]);
      end = endOf(of, i);
    }
    end = Math.min(end, to);
    runs.push(flatRun(start, end, first.value, certainty, of.cites, first.override));
    start = end + 1;
  }
  return runs;
}

const endOf = (of: Series<Ratio>, i: number): EpochDay => (of.starts[i + 1] ?? Number.POSITIVE_INFINITY) - 1;

const sameRate = (a: DatedValue<Ratio>, b: DatedValue<Ratio> | undefined): boolean =>
  b !== undefined && a.value.n === b.value.n && a.value.d === b.value.d && a.override === b.override;

const overrideWords = (value: DatedValue<unknown>): string =>
  value.override ? ` Valeur saisie le ${frenchDay(value.override.on)}\u202f: ${value.override.note}.` : '';

/**
 * The late-payment rate between professionals when nothing was agreed, or of a public buyer whose delay starts on that day.
 * Annual rate; C. com. L441-10, II and CCP R2192-31.
 */
export function defaultRate(debtor: 'business' | 'public', on: Day, law: LawBook = currentLaw): Outcome<Ratio> {
  const table = rateTable(law);
  const of = table[debtor];
  const found = valueOn(of, on);
  if (!found) return notEncoded(unknownReason(law.semesterReference, on));
  return computed(found.value, [defaultRateStep(debtor, on, found, law)]);
}

/** The sentence of a default rate. */
export function defaultRateStep(debtor: 'business' | 'public', on: Day, found: DatedValue<Ratio>, law: LawBook): TraceStep {
  const reference = valueOn(law.semesterReference, on);
  const margin = valueOn(debtor === 'business' ? law.businessMargin : law.publicMargin, on);
  const points = margin ? formatPercent(margin.value).replace(/\.00$/, '').replace('.', ',') : '';
  return {
    rule: 'default-rate',
    cites: rateTable(law)[debtor].cites,
    certainty: found.certainty,
    says: `${
      debtor === 'business'
        ? 'Entre professionnels, sans autre taux convenu'
        : 'Acheteur public, taux unique du semestre où l’intérêt commence'
    }\u202f: taux de la BCE au premier jour du ${frenchSemester(on)} (${reference ? frenchPercent(reference.value) : ''}) majoré de ${points}\u00a0points, soit ${frenchPercent(found.value)}.${reference ? overrideWords(reference) : ''}`,
    values: { rate: formatPercent(found.value), on: on.toString() },
  };
}

/** The legal rate on a day. The column depends on the creditor: 'individual' for a natural person not acting for business. */
export function legalRate(on: Day, column: LegalRateColumn, law: LawBook = currentLaw): Outcome<Ratio> {
  const found = valueOn(law.legalRate[column], on);
  if (!found) return notEncoded(unknownReason(law.legalRate[column], on));
  return computed(found.value, [legalRateStep(on, column, found)]);
}

/** The sentence of a legal rate. */
export function legalRateStep(on: Day, column: LegalRateColumn, found: DatedValue<Ratio>): TraceStep {
  const who =
    column === 'individual' ? 'un particulier hors de tout besoin professionnel' : 'un professionnel ou une personne morale';
  return {
    rule: 'legal-rate',
    cites: ['cmf-L313-2'],
    certainty: found.certainty,
    says: `Le créancier est ${who}\u202f: le taux légal du ${frenchSemester(on)} est ${frenchPercent(found.value)}${found.note ? ` (${found.note})` : ''}.${overrideWords(found)}`,
    values: { rate: formatPercent(found.value), on: on.toString(), column },
  };
}

/** The least a clause may set between professionals on a day. It limits clauses; it never replaces the default rate. */
export function clauseFloor(on: Day, law: LawBook = currentLaw): Outcome<Ratio> {
  const of = rateTable(law).clauseFloor;
  const found = valueOn(of, on);
  const multiple = valueOn(law.clauseFloorMultiple, on);
  const legal = valueOn(law.legalRate.other, on);
  if (!found || !multiple || !legal) return notEncoded(unknownReason(law.legalRate.other, on));
  return computed(found.value, [
    {
      rule: 'clause-floor',
      cites: of.cites,
      certainty: found.certainty,
      says: `Une clause ne peut fixer moins de ${multiple.value.d === 1n ? multiple.value.n : '1,5'} fois le taux légal (${frenchPercent(legal.value)}), soit ${frenchPercent(found.value)} au ${frenchSemester(on)}. Ce plancher limite les clauses\u202f: il ne remplace pas le taux applicable sans clause.${overrideWords(legal)}`,
      values: { floor: formatPercent(found.value), on: on.toString() },
    },
  ]);
}

/** The rate of the ECB's operation in force on a day, for information: interest follows the half-year. */
export function ecbRate(on: Day, law: LawBook = currentLaw): Outcome<Ratio> {
  const found = valueOn(law.ecbMainRefinancing, on);
  if (!found) return notEncoded(unknownReason(law.ecbMainRefinancing, on));
  return computed(found.value, [
    {
      rule: 'ecb-rate',
      cites: law.ecbMainRefinancing.cites,
      certainty: found.certainty,
      says: `Le taux de refinancement de la BCE applicable le ${frenchDay(on)} est ${frenchPercent(found.value)}, depuis le ${frenchDay(found.from)}.`,
      values: { rate: formatPercent(found.value), on: on.toString() },
    },
  ]);
}

/** The one run of a rate that does not move: a contract's, or a public buyer's. */
export function flatRun(
  from: EpochDay,
  to: EpochDay,
  rate: Ratio,
  certainty: Certainty,
  cites: readonly string[],
  override?: RateRun['override'],
): RateRun {
  return override ? { from, to, rate, certainty, cites, override } : { from, to, rate, certainty, cites };
}

/** Where a series stops knowing, for the reason of a `not-encoded`: the first day of the run without value. */
export function firstUnknown(of: Series<unknown>, from: EpochDay, to: EpochDay): Day {
  const first = of.starts[0] ?? from;
  return fromEpochDay(from < first ? from : Math.max(from, Math.min(to, of.end + 1)));
}

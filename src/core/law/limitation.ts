import { addDays, type Day, daysBetween, earlier, isAfter, isBefore, later } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, notApplicable, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { EVENT_WORDS, effectOf, type LimitationEvent } from './limitation-events.ts';
import { steps } from './step.ts';

const say = steps('limitation');

/** The relation that sets the length: five years, two against a consumer, one for the price of carriage, ten for a title. */
export type LimitationRelation = 'professional' | 'consumer' | 'carriage' | 'title';

const LENGTHS: Readonly<
  Record<
    LimitationRelation,
    { readonly years: number; readonly cites: readonly string[]; readonly certainty: TraceStep['certainty'] }
  >
> = {
  professional: { years: 5, cites: ['cciv-2224', 'ccom-L110-4'], certainty: 'official' },
  consumer: { years: 2, cites: ['cconso-L218-2'], certainty: 'official' },
  carriage: { years: 1, cites: ['ccom-L133-6'], certainty: 'secondary' },
  title: { years: 10, cites: ['cpce-L111-4'], certainty: 'official' },
};

export interface LimitationFacts {
  readonly relation: LimitationRelation;
  /** the end of the performance, the delivery, or the day the title became enforceable */
  readonly startsOn: Day;
  /** the due day of an agreed payment term, when there is one (2233) */
  readonly termOn?: Day;
  /** when the right was born, if not `startsOn`: the cap of twenty years runs from it (2232) */
  readonly bornOn?: Day;
  readonly events?: readonly LimitationEvent[];
}

export interface Limitation {
  /** the last day to sue, prudently counted from the performance; no working-day extension is relied on */
  readonly lastDay: Day;
  /** the first day on which the claim is barred */
  readonly barredOn: Day;
  /** the same from the agreed term, when it is later */
  readonly lastDayFromTerm?: Day;
  /** set when proceedings are pending: the period waits for their end */
  readonly pendingSince?: Day;
  /** the day from which the current period runs */
  readonly runsFrom: Day;
  readonly interruptedBy: readonly LimitationEvent[];
  /** events that came after the claim was barred */
  readonly tooLate: readonly LimitationEvent[];
  readonly capped: boolean;
  /** what would interrupt it now, in French */
  readonly wouldInterrupt: readonly string[];
  /** days that were left when the last suspension began */
  readonly daysLeftAtSuspension?: number;
}

/** What would interrupt limitation, for the user to choose from. */
const INTERRUPTING_ACTS: readonly string[] = [
  'une reconnaissance de dette du débiteur, même par courriel, un paiement partiel ou un échéancier signé',
  'une assignation, même en référé',
  'la signification d’une ordonnance d’injonction de payer (pas le dépôt de la requête)',
  'un acte d’exécution ou une saisie conservatoire',
  'une déclaration de créance dans une procédure collective',
];

/**
 * Until when a debt can be claimed: length by relation, from the end of the performance, with what interrupted and suspended it
 * (C. civ. 2224 to 2244). Counted by days, the first not counted; CPC 642 is not applied: an extension is not established.
 */
export function limitation(facts: LimitationFacts): Outcome<Limitation> {
  const prudent = run(facts, facts.startsOn);
  const fromTerm = facts.termOn && isAfter(facts.termOn, facts.startsOn) ? run(facts, facts.termOn).lastDay : undefined;
  const { years, cites, certainty } = LENGTHS[facts.relation];
  const trace: TraceStep[] = [
    say(
      [...cites, 'cciv-2228'],
      certainty,
      `La prescription est de ${years}\u00a0an${years > 1 ? 's' : ''}, comptée du ${frenchDay(facts.startsOn)} (fin de la prestation, et non date de la facture), ce jour exclu.`,
      { years: String(years) },
    ),
    ...prudent.trace,
    say(
      ['cciv-2228'],
      'reading',
      `Dernier jour pour agir\u202f: ${frenchDay(prudent.lastDay)}. Un dimanche ou un jour férié ne le repousse pas avec certitude\u202f: ne comptez pas dessus.`,
      { lastDay: prudent.lastDay.toString() },
    ),
  ];
  if (fromTerm) {
    trace.push(
      say(
        ['cciv-2233'],
        'official',
        `Compté de l’échéance convenue, ce serait le ${frenchDay(fromTerm)}\u202f; la date la plus proche est la plus sûre.`,
      ),
    );
  }
  const { trace: _, ...value } = prudent;
  return computed(
    {
      ...value,
      barredOn: addDays(prudent.lastDay, 1),
      wouldInterrupt: INTERRUPTING_ACTS,
      ...(fromTerm && { lastDayFromTerm: fromTerm }),
    },
    trace,
  );
}

interface Run extends Omit<Limitation, 'barredOn' | 'lastDayFromTerm' | 'wouldInterrupt'> {
  readonly trace: readonly TraceStep[];
}

/** Walks the events from one start. */
function run(facts: LimitationFacts, start: Day): Run {
  const { years } = LENGTHS[facts.relation];
  const cap = (facts.bornOn ?? start).add({ years: 20 });
  const trace: TraceStep[] = [];
  const interruptedBy: LimitationEvent[] = [];
  const tooLate: LimitationEvent[] = [];
  let [runsFrom, lastDay, capApplies] = [start, start.add({ years }), true];
  let pendingSince: Day | undefined;
  let daysLeftAtSuspension: number | undefined;
  const held = (end: Day): Day => (capApplies ? earlier(end, cap) : end);
  const events = [...(facts.events ?? [])].sort((a, b) => Temporal.PlainDate.compare(a.on, b.on));
  for (const event of events) {
    if (isBefore(event.on, start)) continue;
    if (!pendingSince && isAfter(event.on, lastDay)) {
      tooLate.push(event);
      trace.push(
        say(
          ['cciv-2224'],
          'official',
          `${EVENT_WORDS[event.kind]} du ${frenchDay(event.on)}\u202f: trop tard, la créance était prescrite.`,
        ),
      );
      continue;
    }
    const effect = effectOf(event);
    trace.push(say(effect.cites, effect.certainty, `${EVENT_WORDS[event.kind]} du ${frenchDay(event.on)}\u202f: ${effect.says}`));
    if (effect.does === 'nothing') continue;
    if (effect.does === 'suspend') {
      if (!effect.until) {
        pendingSince = event.on;
        continue;
      }
      const left = daysBetween(event.on, lastDay);
      daysLeftAtSuspension = left;
      lastDay = held(later(addDays(effect.until, left), effect.until.add({ months: 6 })));
      continue;
    }
    interruptedBy.push(event);
    capApplies = effect.does === 'recognise';
    if (!effect.until) {
      pendingSince = event.on;
      continue;
    }
    runsFrom = effect.until;
    lastDay = held(runsFrom.add({ years }));
  }
  const capped = capApplies && lastDay.equals(cap);
  if (capped) {
    trace.push(
      say(
        ['cciv-2232'],
        'official',
        `Les reports ne dépassent pas vingt ans depuis la naissance du droit\u202f: ${frenchDay(cap)}.`,
      ),
    );
  }
  return {
    lastDay,
    runsFrom,
    interruptedBy,
    tooLate,
    capped,
    trace,
    ...(pendingSince && { pendingSince }),
    ...(daysLeftAtSuspension !== undefined && { daysLeftAtSuspension }),
  };
}

/** Whether a clause may set limitation: from one to ten years between professionals, never with a consumer (2254, L218-1). */
export function limitationClause(years: number, consumer: boolean): Outcome<boolean> {
  const valid = !consumer && years >= 1 && years <= 10;
  return computed(valid, [
    steps('limitation-clause')(
      consumer ? ['cconso-L218-1'] : ['cciv-2254'],
      'official',
      consumer
        ? 'Avec un consommateur, la prescription ne se modifie pas par contrat.'
        : `Une clause peut fixer la prescription entre un et dix ans (pas pour des sommes périodiques)\u202f: ${years}\u00a0an${years > 1 ? 's' : ''} ${valid ? 'convient' : 'ne convient pas'}.`,
    ),
  ]);
}

/** The ruling that made completion the start of a consumer's limitation; claims brought before it kept the invoice date. */
const COMPLETION_RULING = Temporal.PlainDate.from('2021-05-19');

/** Where limitation starts for works done for a consumer: completion; the invoice for claims brought before the ruling of 2021. */
export function consumerWorksStart(facts: {
  readonly completedOn: Day;
  readonly invoicedOn?: Day;
  readonly suedOn: Day;
}): Outcome<{ readonly startsOn: Day; readonly rule: 'completion' | 'invoice' }> {
  const cites = ['ccass-civ1-2021-05-19'];
  const say = steps('consumer-works-start');
  if (isBefore(facts.suedOn, facts.completedOn)) return notApplicable('La demande précède la fin des travaux.');
  if (facts.invoicedOn && isBefore(facts.suedOn, COMPLETION_RULING)) {
    return computed({ startsOn: facts.invoicedOn, rule: 'invoice' }, [
      say(
        cites,
        'secondary',
        'La demande est antérieure à l’arrêt du 19 mai 2021\u202f: la Cour y a gardé la règle ancienne, le délai court de la facture.',
      ),
    ]);
  }
  return computed({ startsOn: facts.completedOn, rule: 'completion' }, [
    say(cites, 'secondary', `Le délai court de l’achèvement, le ${frenchDay(facts.completedOn)}, et non de la facture.`),
  ]);
}

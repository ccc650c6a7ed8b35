import { addDays, type Day, daysBetween, earlier, isAfter, isBefore, later } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, notApplicable, type Outcome, type TraceStep } from '../kernel/outcome.ts';
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

/** What happened since, that may interrupt limitation, suspend it, or do nothing to it. */
export type LimitationEvent =
  /** the debtor recognised the debt: in writing, by paying a part, by asking for time, by signing a plan (C. civ. 2240) */
  | { readonly kind: 'acknowledgement' | 'part-payment'; readonly on: Day }
  /** a claim in court, even référé, even before the wrong court (2241); void when it fails (2243) */
  | { readonly kind: 'court-claim'; readonly on: Day; readonly endedOn?: Day; readonly result?: 'granted' | 'failed' }
  | { readonly kind: 'payment-order-served' | 'enforcement-act' | 'insolvency-declaration'; readonly on: Day }
  /** mediation, conciliation, the debtor's agreement to L125-1, an expert before trial (2238, 2239) */
  | { readonly kind: 'mediation' | 'expert-measure'; readonly on: Day; readonly endedOn?: Day }
  /** interrupt nothing */
  | { readonly kind: 'formal-notice' | 'payment-order-filed'; readonly on: Day };

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
          `${WORDS[event.kind]} du ${frenchDay(event.on)}\u202f: trop tard, la créance était prescrite.`,
        ),
      );
      continue;
    }
    const effect = effectOf(event);
    trace.push(say(effect.cites, effect.certainty, `${WORDS[event.kind]} du ${frenchDay(event.on)}\u202f: ${effect.says}`));
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

const WORDS: Readonly<Record<LimitationEvent['kind'], string>> = {
  acknowledgement: 'Reconnaissance de dette',
  'part-payment': 'Paiement partiel',
  'court-claim': 'Demande en justice',
  'payment-order-served': 'Signification de l’ordonnance d’injonction de payer',
  'enforcement-act': 'Acte d’exécution ou conservatoire',
  'insolvency-declaration': 'Déclaration de créance',
  mediation: 'Médiation ou conciliation',
  'expert-measure': 'Mesure d’instruction',
  'formal-notice': 'Mise en demeure',
  'payment-order-filed': 'Dépôt de la requête en injonction de payer',
};

interface Effect {
  /** recognise and act both start a new period; only recognition is held by the cap of twenty years */
  readonly does: 'recognise' | 'act' | 'suspend' | 'nothing';
  readonly until?: Day;
  readonly cites: readonly string[];
  readonly certainty: TraceStep['certainty'];
  readonly says: string;
}

function effectOf(event: LimitationEvent): Effect {
  switch (event.kind) {
    case 'acknowledgement':
    case 'part-payment':
      return {
        does: 'recognise',
        until: event.on,
        cites: ['cciv-2240', 'cciv-2231', 'ccass-civ1-2017-01-25'],
        certainty: 'official',
        says: 'le débiteur reconnaît toute la dette, un nouveau délai de même durée commence.',
      };
    case 'court-claim': {
      if (event.result === 'failed')
        return {
          does: 'nothing',
          cites: ['cciv-2243'],
          certainty: 'official',
          says: 'rejetée, retirée ou périmée, elle n’a rien interrompu.',
        };
      const end = event.endedOn
        ? `jusqu’à la fin de l’instance, le ${frenchDay(event.endedOn)}, où un nouveau délai commence.`
        : 'elle interrompt le délai jusqu’à la fin de l’instance.';
      return {
        does: 'act',
        ...(event.endedOn && { until: event.endedOn }),
        cites: ['cciv-2241', 'cciv-2231'],
        certainty: 'official',
        says: end,
      };
    }
    case 'payment-order-served':
      return {
        does: 'act',
        until: event.on,
        cites: ['cciv-2241', 'ccass-civ1-2020-09-09'],
        certainty: 'secondary',
        says: 'elle interrompt le délai.',
      };
    case 'enforcement-act':
      return { does: 'act', until: event.on, cites: ['cciv-2244'], certainty: 'official', says: 'il interrompt le délai.' };
    case 'insolvency-declaration':
      return {
        does: 'act',
        cites: ['ccom-L622-25-1'],
        certainty: 'secondary',
        says: 'elle interrompt le délai jusqu’à la clôture de la procédure.',
      };
    case 'mediation':
    case 'expert-measure': {
      const end = event.endedOn
        ? `le délai s’arrête jusqu’au ${frenchDay(event.endedOn)}\u202f; il en reste alors au moins six mois.`
        : 'le délai est arrêté tant qu’elle dure.';
      return {
        does: 'suspend',
        ...(event.endedOn && { until: event.endedOn }),
        cites: [event.kind === 'mediation' ? 'cciv-2238' : 'cciv-2239', 'cciv-2230'],
        certainty: 'official',
        says: end,
      };
    }
    case 'formal-notice':
      return {
        does: 'nothing',
        cites: ['ccass-com-2022-05-18'],
        certainty: 'secondary',
        says: 'elle n’interrompt pas la prescription.',
      };
    case 'payment-order-filed':
      return {
        does: 'nothing',
        cites: ['ccass-civ1-2020-09-09'],
        certainty: 'secondary',
        says: 'le dépôt n’interrompt rien, seule la signification de l’ordonnance le fait.',
      };
  }
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

import { addDays, type Day, daysBetween, isAfter, later } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, missing, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { steps } from './step.ts';

const endOfMonth = (of: Day): Day => of.with({ day: of.daysInMonth });

/** The two accepted ways of counting "45 jours fin de mois": the contract must choose. */
export type EndOfMonthWay = 'days-then-end-of-month' | 'end-of-month-then-days';

/** How a contract says when to pay. */
export type Term =
  | { readonly kind: 'net'; readonly days: number }
  | { readonly kind: 'end-of-month'; readonly days: number; readonly way: EndOfMonthWay; readonly onDay?: number };

/** The due date that a term gives, counted from the issue of the invoice. `onDay`: "fin de mois le 15". */
export function dueDateOf(issuedOn: Day, term: Term): Day {
  if (term.kind === 'net') return addDays(issuedOn, term.days);
  const end =
    term.way === 'days-then-end-of-month' ? endOfMonth(addDays(issuedOn, term.days)) : addDays(endOfMonth(issuedOn), term.days);
  return term.onDay === undefined ? end : addDays(end, term.onDay);
}

export interface DueDate {
  readonly dueOn: Day;
  readonly interestFrom: Day;
}

const sayDue = steps('due-date');

/** The due date: that of the agreed term, else thirty days after receipt of the goods or performance (C. com. L441-10, I). */
export function dueDate(facts: { readonly issuedOn?: Day; readonly performedOn?: Day; readonly term?: Term }): Outcome<DueDate> {
  if (facts.term) {
    if (!facts.issuedOn) return missing(['issuedOn'], 'Il manque la date de la facture.');
    const dueOn = dueDateOf(facts.issuedOn, facts.term);
    return computed({ dueOn, interestFrom: addDays(dueOn, 1) }, [
      sayDue(['ccom-L441-10-I'], 'official', `Échéance convenue\u202f: ${frenchDay(dueOn)}\u202f; pénalités dès le lendemain.`, {
        dueOn: dueOn.toString(),
      }),
    ]);
  }
  if (!facts.performedOn)
    return missing(
      ['performedOn'],
      'Sans terme convenu, il manque la date de réception des biens ou d’exécution de la prestation.',
    );
  const dueOn = addDays(facts.performedOn, 30);
  return computed({ dueOn, interestFrom: addDays(dueOn, 1) }, [
    sayDue(
      ['ccom-L441-10-I'],
      'official',
      `Aucun terme convenu\u202f: 30\u00a0jours après la réception ou l’exécution du ${frenchDay(facts.performedOn)}, soit le ${frenchDay(dueOn)}\u202f; pénalités dès le lendemain.`,
      { dueOn: dueOn.toString() },
    ),
  ]);
}

/** Sectors whose longest term is their own (C. com. L441-11). */
export type Sector = 'general' | 'transport' | 'perishable-food' | 'livestock-meat' | 'spirits' | 'wine';

export interface MaximumFacts {
  readonly sector?: Sector;
  readonly issuedOn?: Day;
  readonly deliveredOn?: Day;
  /** a recapitulative invoice for a period */
  readonly periodic?: boolean;
  readonly term?: Term;
  /** deliveries overseas: customs clearance, or the 21st day after the goods were available at the port */
  readonly overseasStart?: Day;
}

export interface Maximum {
  readonly latest: Day;
  readonly days: number;
  /** perishable food, periodic invoice: the end of the ten-day period */
  readonly periodEnd?: Day;
  /** the agreed due date and whether it is within the maximum, when a term is given */
  readonly agreed?: {
    readonly dueOn: Day;
    readonly lawful: boolean;
    readonly fineNaturalPerson: bigint;
    readonly fineLegalPerson: bigint;
  };
}

/** The end of the ten-day period of a day: the 10th, the 20th, or the last of the month. */
export function endOfTenDayPeriod(of: Day): Day {
  if (of.day <= 10) return of.with({ day: 10 });
  return of.day <= 20 ? of.with({ day: 20 }) : endOfMonth(of);
}

const sayMax = steps('maximum-term');

/** The latest lawful due date between professionals (C. com. L441-10, I and L441-11), and whether the agreed one is within it. */
export function maximumTerm(facts: MaximumFacts): Outcome<Maximum> {
  const found = ceiling(facts);
  if ('missing' in found)
    return missing(
      [found.missing],
      `Il manque ${found.missing === 'issuedOn' ? 'la date de la facture' : 'la date de livraison'}.`,
    );
  const { latest, says, certainty, cites, periodEnd } = found;
  const start = facts.overseasStart ?? facts.issuedOn ?? facts.deliveredOn ?? latest;
  const trace: TraceStep[] = [
    sayMax(cites, certainty, `${says}\u202f: au plus tard le ${frenchDay(latest)}.`, { latest: latest.toString() }),
  ];
  const value: Maximum = { latest, days: daysBetween(start, latest), ...(periodEnd && { periodEnd }) };
  if (!facts.term || !facts.issuedOn) return computed(value, trace);
  const dueOn = dueDateOf(facts.issuedOn, facts.term);
  const lawful = !isAfter(dueOn, latest);
  trace.push(
    sayMax(
      ['ccom-L441-10-I', 'ccom-L441-16'],
      'official',
      lawful
        ? `L’échéance convenue, ${frenchDay(dueOn)}, respecte ce maximum.`
        : `L’échéance convenue, ${frenchDay(dueOn)}, dépasse ce maximum\u202f: amende administrative jusqu’à 75\u202f000\u00a0€ (personne physique) ou 2\u202f000\u202f000\u00a0€ (personne morale), doublée en cas de réitération sous deux ans.`,
    ),
  );
  return computed({ ...value, agreed: { dueOn, lawful, fineNaturalPerson: 7_500_000n, fineLegalPerson: 200_000_000n } }, trace);
}

interface Ceiling {
  readonly latest: Day;
  readonly says: string;
  readonly certainty: TraceStep['certainty'];
  readonly cites: readonly string[];
  readonly periodEnd?: Day;
}

const L441_11 = ['ccom-L441-11'];

function ceiling(facts: MaximumFacts): Ceiling | { readonly missing: string } {
  const { deliveredOn } = facts;
  const issuedOn = facts.overseasStart ?? facts.issuedOn;
  switch (facts.sector ?? 'general') {
    case 'transport':
      return issuedOn
        ? {
            latest: addDays(issuedOn, 30),
            says: 'Transport, location de véhicules, commission\u202f: 30\u00a0jours après la facture',
            certainty: 'secondary',
            cites: L441_11,
          }
        : { missing: 'issuedOn' };
    case 'perishable-food': {
      if (!deliveredOn) return { missing: 'deliveredOn' };
      if (!facts.periodic)
        return {
          latest: addDays(deliveredOn, 30),
          says: 'Denrées périssables\u202f: 30\u00a0jours après la livraison',
          certainty: 'official',
          cites: L441_11,
        };
      const periodEnd = endOfTenDayPeriod(deliveredOn);
      return {
        latest: addDays(periodEnd, 30),
        says: `Denrées périssables, facture périodique\u202f: 30\u00a0jours après la fin de la décade (${frenchDay(periodEnd)})`,
        certainty: 'official',
        cites: L441_11,
        periodEnd,
      };
    }
    case 'livestock-meat':
      return deliveredOn
        ? {
            latest: addDays(deliveredOn, 20),
            says: 'Bétail sur pied et viandes fraîches\u202f: 20\u00a0jours après la livraison',
            certainty: 'secondary',
            cites: L441_11,
          }
        : { missing: 'deliveredOn' };
    case 'spirits':
      return deliveredOn
        ? {
            latest: addDays(endOfMonth(deliveredOn), 30),
            says: 'Boissons alcooliques soumises à accise\u202f: 30\u00a0jours après la fin du mois de livraison',
            certainty: 'secondary',
            cites: L441_11,
          }
        : { missing: 'deliveredOn' };
    case 'wine': {
      if (!issuedOn) return { missing: 'issuedOn' };
      const latest = later(
        addDays(issuedOn, 60),
        dueDateOf(issuedOn, { kind: 'end-of-month', days: 45, way: 'days-then-end-of-month' }),
      );
      return {
        latest,
        says: 'Raisins, moûts et vins\u202f: 45\u00a0jours fin de mois, ou 60\u00a0jours après la facture',
        certainty: 'secondary',
        cites: L441_11,
      };
    }
    default:
      return general(facts, issuedOn);
  }
}

function general(facts: MaximumFacts, issuedOn: Day | undefined): Ceiling | { readonly missing: string } {
  const cites = ['ccom-L441-10-I'];
  if (!issuedOn) return { missing: 'issuedOn' };
  if (facts.periodic)
    return {
      latest: addDays(issuedOn, 45),
      says: 'Facture périodique\u202f: 45\u00a0jours après son émission',
      certainty: 'official',
      cites,
    };
  if (facts.term?.kind === 'end-of-month') {
    const latest = dueDateOf(issuedOn, { kind: 'end-of-month', days: 45, way: facts.term.way });
    return {
      latest,
      says: '45\u00a0jours fin de mois, par clause expresse et sans abus manifeste',
      certainty: 'official',
      cites,
    };
  }
  return { latest: addDays(issuedOn, 60), says: '60\u00a0jours après l’émission de la facture', certainty: 'official', cites };
}

/** Whether an acceptance or verification procedure keeps within thirty days (C. com. L441-10, III). */
export function acceptanceProcedure(days: number): Outcome<{ readonly lawful: boolean; readonly maxDays: number }> {
  return computed({ lawful: days <= 30, maxDays: 30 }, [
    steps('acceptance-procedure')(
      ['ccom-L441-10-III'],
      'official',
      `Une procédure d’acceptation ou de vérification ne dépasse pas 30\u00a0jours, sauf clause expresse et non abusive\u202f: ${days}\u00a0jours ${days <= 30 ? 'conviennent' : 'sont trop longs'}.`,
    ),
  ]);
}

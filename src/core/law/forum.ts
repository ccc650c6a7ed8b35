import { type Day, day, isAfter, isBefore } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import { computed, missing, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { isCommercial, isTrader, type PartyQuality, QUALITY_WORDS } from './parties.ts';
import { steps } from './step.ts';

const say = steps('forum');

/** A commune as the courts need it: the seat of its court where it is known, and its department. */
export interface Place {
  readonly city: string;
  /** "33", "2A", "974": decides Alsace-Moselle and overseas */
  readonly department?: string;
}

export type CourtKind =
  | 'commercial'
  | 'economic-activities'
  | 'commercial-chamber'
  | 'mixed-commercial'
  | 'judicial'
  | 'administrative';

export interface Court {
  readonly kind: CourtKind;
  /** undefined where the seat follows from data this rule does not hold (administrative courts) */
  readonly seat?: string;
  readonly name: string;
  /** claims up to 10 000 € at the judicial court go to its proximity chamber when one covers the commune */
  readonly proximityPossible?: boolean;
}

export interface ForumFacts {
  readonly creditor: PartyQuality;
  readonly debtor: PartyQuality;
  readonly debtorPlace: Place;
  readonly amount: Money;
  readonly procedure: 'payment-order' | 'merits' | 'interim';
  /** where the service was performed or the goods delivered: another choice on the merits */
  readonly performedAt?: Place;
  /** a jurisdiction clause of the contract */
  readonly clause?: { readonly place: Place; readonly veryApparent: boolean };
  readonly asOf: Day;
}

export interface Forum {
  /** the courts open, the recommended one first */
  readonly courts: readonly Court[];
  /** whether the jurisdiction clause has an effect, when there is one */
  readonly clauseEffective?: boolean;
  /** a payment order can be asked */
  readonly paymentOrderOpen: boolean;
  /** ways against a public body, where no payment order is open */
  readonly publicRoutes?: readonly PublicRoute[];
}

export type PublicRoute =
  | 'chorus-pro-claim'
  | 'moratory-interest'
  | 'forced-budget-entry'
  | 'administrative-interim-payment'
  | 'business-mediator';

const PUBLIC_ROUTES: readonly PublicRoute[] = [
  'chorus-pro-claim',
  'moratory-interest',
  'forced-budget-entry',
  'administrative-interim-payment',
  'business-mediator',
];

/** The twelve experimental courts of economic activities, and the days of the experiment. */
export const ECONOMIC_COURTS: readonly string[] = [
  'Avignon',
  'Auxerre',
  'Le Havre',
  'Le Mans',
  'Limoges',
  'Lyon',
  'Marseille',
  'Nancy',
  'Nanterre',
  'Paris',
  'Saint-Brieuc',
  'Versailles',
];
export const ECONOMIC_COURTS_FROM = day('2025-01-01');
export const ECONOMIC_COURTS_TO = day('2028-12-31');

const ALSACE_MOSELLE = ['57', '67', '68'];
const OVERSEAS = ['971', '972', '973', '974', '976'];

/** Seats whose court bears another name than the commune. */
const SEAT_NAMES: ReadonlyMap<string, string> = new Map([['Lille', 'Lille Métropole']]);

const of = (seat: string): string => {
  const le = /^Le (.+)$/.exec(seat);
  if (le) return `du ${le[1]}`;
  return /^[AEIOUYÀÂÉÈÊÎÔÛ]/u.test(seat) ? `d’${seat}` : `de ${seat}`;
};

const NAMES: Readonly<Record<Exclude<CourtKind, 'administrative'>, string>> = {
  commercial: 'Tribunal de commerce',
  'economic-activities': 'Tribunal des activités économiques',
  'commercial-chamber': 'Chambre commerciale du tribunal judiciaire',
  'mixed-commercial': 'Tribunal mixte de commerce',
  judicial: 'Tribunal judiciaire',
};

function court(kind: Exclude<CourtKind, 'administrative'>, place: Place, amount?: Money): Court {
  const seat = kind === 'judicial' ? place.city : (SEAT_NAMES.get(place.city) ?? place.city);
  const proximityPossible = kind === 'judicial' && amount !== undefined && amount.cents <= 1_000_000n;
  return { kind, seat, name: `${NAMES[kind]} ${of(seat)}`, ...(proximityPossible && { proximityPossible }) };
}

function commercialCourt(place: Place, asOf: Day): Court {
  if (place.department && ALSACE_MOSELLE.includes(place.department)) return court('commercial-chamber', place);
  if (place.department && OVERSEAS.includes(place.department)) return court('mixed-commercial', place);
  const experiment = !isBefore(asOf, ECONOMIC_COURTS_FROM) && !isAfter(asOf, ECONOMIC_COURTS_TO);
  return court(experiment && ECONOMIC_COURTS.includes(place.city) ? 'economic-activities' : 'commercial', place);
}

/**
 * The court for a claim, in the order of the law: public body, debtor who is no trader, both commercial, mixed act; then the
 * place (CPC 42, 46, 48, 1406). Names assume that the commune given is the seat of its court; the directory confirms it.
 */
export function competentCourt(facts: ForumFacts): Outcome<Forum> {
  if (facts.debtorPlace.city.trim() === '') return missing(['debtorPlace.city'], 'Il manque la commune du débiteur.');
  if (facts.debtor === 'public-body') {
    return computed(
      {
        courts: [{ kind: 'administrative', name: 'Tribunal administratif' }],
        paymentOrderOpen: false,
        publicRoutes: PUBLIC_ROUTES,
      },
      [
        say(
          ['cja-R541-1', 'ccp-L2192-13', 'cgct-L1612-15', 'ccp-L2197-1'],
          'memory',
          'Le débiteur est une personne publique (contrat administratif)\u202f: le tribunal administratif, sans injonction de payer. Avant lui, la réclamation par Chorus Pro, le mandatement d’office, le médiateur des entreprises.',
        ),
      ],
    );
  }
  const trace: TraceStep[] = [];
  const chosen = kindOf(facts, trace);
  const places = placesOf(facts, trace);
  const courts = places.list.flatMap((place) =>
    chosen.map((kind) => (kind === 'commercial' ? commercialCourt(place, facts.asOf) : court('judicial', place, facts.amount))),
  );
  return computed(
    { courts, paymentOrderOpen: true, ...(places.clauseEffective !== undefined && { clauseEffective: places.clauseEffective }) },
    trace,
  );
}

function kindOf(facts: ForumFacts, trace: TraceStep[]): readonly ('commercial' | 'judicial')[] {
  const { creditor, debtor } = facts;
  if (!isCommercial(debtor)) {
    trace.push(
      say(
        ['coj-L211-3'],
        'official',
        `Le débiteur est ${QUALITY_WORDS[debtor]}\u202f: le tribunal judiciaire${facts.amount.cents <= 1_000_000n ? ' (sa chambre de proximité jusqu’à 10\u202f000\u00a0€ si elle couvre la commune)' : ''}.`,
      ),
    );
    return ['judicial'];
  }
  if (isCommercial(creditor)) {
    trace.push(
      say(
        ['ccom-L721-3'],
        'secondary',
        `Entre ${QUALITY_WORDS[creditor]} et ${QUALITY_WORDS[debtor]}\u202f: le tribunal de commerce (les artisans depuis le 1er janvier 2022).`,
      ),
    );
    return ['commercial'];
  }
  trace.push(
    say(
      ['ccom-L721-3'],
      'memory',
      `Le créancier est ${QUALITY_WORDS[creditor]}, le débiteur ${QUALITY_WORDS[debtor]}\u202f: l’un ou l’autre tribunal, au choix du créancier\u202f; le tribunal de commerce est plus rapide.`,
    ),
  );
  return ['commercial', 'judicial'];
}

function placesOf(
  facts: ForumFacts,
  trace: TraceStep[],
): { readonly list: readonly Place[]; readonly clauseEffective?: boolean } {
  const home = facts.debtorPlace;
  if (facts.procedure === 'payment-order') {
    trace.push(
      say(
        ['cpc-1406'],
        'official',
        `Injonction de payer\u202f: seulement là où demeure l’un des débiteurs (${home.city})\u202f; une clause contraire est réputée non écrite.`,
      ),
    );
    return facts.clause ? { list: [home], clauseEffective: false } : { list: [home] };
  }
  if (facts.clause) {
    const clauseEffective = facts.clause.veryApparent && isTrader(facts.creditor) && isTrader(facts.debtor);
    trace.push(
      say(
        ['cpc-48'],
        'official',
        `La clause attributive ${clauseEffective ? 's’applique\u202f: entre commerçants et très apparente' : 'ne s’applique pas\u202f: il faut deux commerçants et une clause très apparente'}.`,
      ),
    );
    if (clauseEffective) return { list: [facts.clause.place], clauseEffective };
    return { list: meritsPlaces(facts, trace), clauseEffective };
  }
  return { list: meritsPlaces(facts, trace) };
}

function meritsPlaces(facts: ForumFacts, trace: TraceStep[]): readonly Place[] {
  const other = facts.performedAt;
  if (!other || other.city === facts.debtorPlace.city) return [facts.debtorPlace];
  trace.push(
    say(
      ['cpc-42'],
      'official',
      `Au choix\u202f: là où demeure le débiteur (${facts.debtorPlace.city}) ou au lieu de la prestation (${other.city}).`,
    ),
  );
  return [facts.debtorPlace, other];
}

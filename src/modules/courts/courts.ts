import type { Day } from '#core/kernel/day.ts';
import type { Money } from '#core/kernel/money.ts';
import { computed, notEncoded, type Outcome, type TraceStep } from '#core/kernel/outcome.ts';
import { rulesByAmount } from '#core/law/amount-thresholds.ts';
import { type Court, type CourtKind, competentCourt, ECONOMIC_COURTS, type ForumFacts } from '#core/law/forum.ts';
import type { PartyQuality } from '#core/law/parties.ts';
import type { CourtArea } from '#formats/courts/directory.ts';
import type { Deps } from '#platform/deps.ts';
import type { Commune } from './communes.ts';
import { courtsOf, type DirectoryFacts } from './directory.ts';

/** A party whose quality is known only as « a business »: a company, a craftsman or a lawyer go to different courts. */
export type Party = PartyQuality | 'business';

export interface CourtQuestion {
  readonly creditor: Party;
  readonly debtor: Party;
  readonly commune: Commune;
  readonly amount: Money;
  readonly procedure: ForumFacts['procedure'];
  readonly asOf: Day;
}

/** A court to go to: its kind, and its name when a source gives it. */
export interface NamedCourt {
  readonly kind: CourtKind;
  /** « tribunal judiciaire » */
  readonly title: string;
  /** its full name; several when the official list names several for the commune */
  readonly names: readonly string[];
  /** the proximity chamber, by the official list, for claims it may hear */
  readonly proximity: readonly string[];
}

/** What holds for one quality of the parties. */
export interface CourtCase {
  /** « si votre client est une société commerciale, un commerçant ou un artisan »; absent when the qualities are known */
  readonly when: string | undefined;
  readonly answer: Outcome<{ readonly courts: readonly NamedCourt[]; readonly paymentOrderOpen: boolean }>;
}

export interface CourtAnswer {
  readonly commune: Commune;
  readonly cases: readonly CourtCase[];
  /** the official list the names come from; undefined when none was loaded */
  readonly directory: DirectoryFacts | undefined;
}

const TITLES: Readonly<Record<CourtKind, string>> = {
  commercial: 'tribunal de commerce',
  'economic-activities': 'tribunal des activités économiques',
  'commercial-chamber': 'chambre commerciale du tribunal judiciaire',
  'mixed-commercial': 'tribunal mixte de commerce',
  judicial: 'tribunal judiciaire',
  administrative: 'tribunal administratif',
};

/** Overseas collectivities whose courts the law sheet does not tell. */
const NOT_ENCODED: ReadonlySet<string> = new Set(['975', '977', '978', '984', '986', '987', '988', '989']);

/** Which court to go to from a commune: the rule of the law, and the names the official list gives. */
export async function findCourts(deps: Pick<Deps, 'db'>, asked: CourtQuestion): Promise<CourtAnswer> {
  const { directory, areas } = await courtsOf(deps.db, asked.commune.insee);
  return { commune: asked.commune, directory, cases: casesOf(asked, areas) };
}

interface Branch {
  readonly creditor: PartyQuality;
  readonly debtor: PartyQuality;
}

/** The cases to tell apart: those whose court is the same are one. */
export function casesOf(asked: CourtQuestion, areas: readonly CourtArea[]): readonly CourtCase[] {
  const debtors = asked.debtor === 'business' ? (['company', 'liberal'] as const) : [asked.debtor];
  const creditors = asked.creditor === 'business' ? (['company', 'liberal'] as const) : [asked.creditor];
  const branches = debtors.flatMap((debtor) => creditors.map((creditor): Branch => ({ creditor, debtor })));
  const told = branches.map((branch) => ({ branch, answer: answerFor(asked, branch, areas) }));
  const kinds = (one: (typeof told)[number]) =>
    one.answer.status === 'computed' ? one.answer.value.courts.map((court) => court.kind).join() : one.answer.status;
  const byDebtor = new Set(told.map(kinds)).size > 1;
  const distinct = told.filter((one, i) => told.findIndex((other) => alike(one, other)) === i);
  return distinct.map(({ branch, answer }) => {
    const byCreditor = distinct.filter((one) => one.branch.debtor === branch.debtor).length > 1;
    const words = [
      ...(asked.debtor === 'business' && byDebtor ? [DEBTOR_WORDS[branch.debtor] ?? ''] : []),
      ...(byCreditor ? [CREDITOR_WORDS[branch.creditor] ?? ''] : []),
    ];
    return { when: words.length > 0 ? words.join(', et ') : undefined, answer };
  });

  /** Cases that a person need not tell apart. */
  function alike(one: (typeof told)[number], other: (typeof told)[number]): boolean {
    return kinds(one) === kinds(other) && (!byDebtor || one.branch.debtor === other.branch.debtor);
  }
}

const DEBTOR_WORDS: Readonly<Partial<Record<PartyQuality, string>>> = {
  company: 'si votre client est une société commerciale, un commerçant ou un artisan',
  liberal: 'si votre client est un professionnel libéral, une association, une société civile ou un agriculteur',
};
const CREDITOR_WORDS: Readonly<Partial<Record<PartyQuality, string>>> = {
  company: 'si vous êtes une société commerciale, un commerçant ou un artisan',
  liberal: 'si vous êtes un professionnel libéral, une association, une société civile ou un agriculteur',
};

function answerFor(asked: CourtQuestion, { creditor, debtor }: Branch, areas: readonly CourtArea[]): CourtCase['answer'] {
  const { commune, amount, procedure, asOf } = asked;
  if (NOT_ENCODED.has(commune.department)) {
    return notEncoded(
      `L’organisation des tribunaux à ${commune.name} n’est pas enregistrée dans Quitus\u202f: demandez au greffe ou à l’annuaire officiel.`,
    );
  }
  const debtorPlace = { city: commune.name, department: commune.department };
  const forum = competentCourt({ creditor, debtor, debtorPlace, amount, procedure, asOf });
  if (forum.status !== 'computed') return forum;
  const courts = forum.value.courts.map((court) => named(court, commune, areas));
  return computed({ courts, paymentOrderOpen: forum.value.paymentOrderOpen }, [
    ...forum.trace,
    ...amountSteps(forum.value.courts[0], asked),
  ]);
}

/** Whether a lawyer and an amicable attempt are needed before the first court. */
function amountSteps(court: Court | undefined, { amount, procedure, asOf }: CourtQuestion): readonly TraceStep[] {
  if (!court || court.kind === 'administrative') return [];
  const rules = rulesByAmount({ court: court.kind === 'judicial' ? 'judicial' : 'commercial', amount, procedure, on: asOf });
  return rules.status === 'computed' ? rules.trace : [];
}

/** A court with the names that are known: never that of the commune in place of the court's seat. */
function named(court: Court, commune: Commune, areas: readonly CourtArea[]): NamedCourt {
  const judicial = unique(areas.map((area) => area.judicialCourt));
  const proximity = court.proximityPossible ? unique(areas.map((area) => area.proximityCourt)) : [];
  const title = TITLES[court.kind];
  const of = (names: readonly string[]): NamedCourt => ({ kind: court.kind, title, names, proximity });
  if (court.kind === 'judicial') return of(judicial);
  if (court.kind === 'commercial-chamber') return of(judicial.map((name) => `Chambre commerciale, ${name}`));
  // One of the twelve sits in this very commune.
  if (court.kind === 'economic-activities' && ECONOMIC_COURTS.includes(commune.name)) return of([court.name]);
  return of([]);
}

const unique = (names: readonly (string | null)[]): readonly string[] => [...new Set(names.filter((name) => name !== null))];

/** What a creditor is before the courts, by its legal form; « business » where the form does not tell (sole traders, others). */
export function qualityOfForm(legalForm: string | null): Party {
  if (legalForm === null) return 'business';
  if (['EURL', 'SARL', 'SASU', 'SAS', 'SA', 'SNC'].includes(legalForm)) return 'company';
  if (legalForm === 'SCI') return 'civil-company';
  return legalForm === 'Association' ? 'association' : 'business';
}

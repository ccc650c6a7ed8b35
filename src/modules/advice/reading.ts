import { DEBTOR_TYPES, type DebtorType, TYPE_WORDS } from '#core/advice/actions.ts';
import type { BeliefStep, BeliefTrace } from '#core/advice/belief.ts';
import { EVENT_NAMES } from '#core/advice/events.ts';
import { CLUE_WORDS } from './words.ts';

/** One hypothesis about the debtor, for the user's eyes only: never in a letter, an export or a log. */
export interface Hypothesis {
  readonly type: DebtorType;
  readonly words: string;
  readonly chance: number;
  readonly before: number;
  /** what makes it likelier, what makes it less so */
  readonly clues: readonly string[];
  readonly against: readonly string[];
  /** the behaviour it calls for */
  readonly behaviour: string;
}

const FACTOR_WORDS: Readonly<Record<Exclude<BeliefStep['what'], (typeof EVENT_NAMES)[number]>, string>> = {
  customer: 'ses factures d’avant',
  solvency: 'ce que l’on sait de sa solvabilité',
  emails: 'les courriels n’ont pas fait payer',
  calls: 'les appels n’ont pas fait payer',
  waits: 'l’attente n’a rien donné',
  notice: 'la mise en demeure n’a pas fait payer',
  silence: 'le silence',
  promise: 'une réponse ou une promesse',
  dispute: 'une contestation',
  'plan-refused': 'un échéancier resté sans suite',
  'plan-broken': 'un échéancier rompu',
  credit: 'un avoir refusé',
  mediation: 'une médiation sans accord',
  agency: 'une société de recouvrement sans résultat',
  psr: 'une procédure des petites créances sans résultat',
  'order-rejected': 'une injonction rejetée',
  'order-opposed': 'une opposition à l’injonction',
  'order-title': 'une ordonnance non payée',
  'interim-failed': 'un référé perdu',
  'interim-title': 'un référé gagné, non payé',
  'suit-title': 'un jugement non payé',
};

const isEvent = (what: string): what is (typeof EVENT_NAMES)[number] => EVENT_NAMES.some((event) => event === what);
const wordsOf = (what: BeliefStep['what']): string => (isEvent(what) ? CLUE_WORDS[what].toLowerCase() : FACTOR_WORDS[what]);

export const BEHAVIOURS: Readonly<Record<DebtorType, string>> = {
  P: 'Un rappel simple, facture jointe, suffit presque toujours. Aucun reproche.',
  C: 'Des relances régulières et datées, et la suite annoncée seulement si vous la ferez. Acompte à la prochaine commande.',
  T: 'Un échéancier court, écrit, que vous proposez vous-même. Ne brusquez pas\u202f: il paiera s’il le peut.',
  O: 'Rendez la chose facile\u202f: un seul courriel, le montant, l’IBAN, une date. Un appel vaut mieux que trois lettres.',
  B: 'Des écrits, des délais courts, des preuves. La suite se décide sur le montant et le dossier, pas sur la colère.',
  D: 'Écoutez, répondez point par point, cherchez un accord avant toute pression. La contestation n’est peut-être pas sans raison.',
  I: 'Vérifiez la solvabilité avant d’avancer un euro, et surveillez le BODACC.',
};

/** Factors near 1 say nothing worth a line. */
const SAYS = 1.1;

/** The hypotheses, likeliest first, each with the clues that moved it. */
export function readingOf({ prior, belief, trace }: BeliefTrace): readonly Hypothesis[] {
  return DEBTOR_TYPES.map((type, i): Hypothesis => {
    const moved = trace.map(({ what, before, after }) => ({ what, by: (after[i] ?? 0) / Math.max(before[i] ?? 0, 1e-12) }));
    const told = (kept: (by: number) => boolean) =>
      moved
        .filter(({ by }) => kept(by))
        .sort((a, b) => Math.abs(Math.log(b.by)) - Math.abs(Math.log(a.by)))
        .map(({ what }) => wordsOf(what));
    return {
      type,
      words: TYPE_WORDS[type],
      chance: belief[i] ?? 0,
      before: prior[i] ?? 0,
      clues: told((by) => by > SAYS),
      against: told((by) => by < 1 / SAYS),
      behaviour: BEHAVIOURS[type],
    };
  }).sort((a, b) => b.chance - a.chance);
}

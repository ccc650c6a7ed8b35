import { money } from '#core/kernel/money.ts';
import { count, euros, listOf } from '#ui/format.ts';
import type { Sum } from './comparing.ts';
import type { ImportSummary } from './store.ts';
import type { ImportProgress } from './working.ts';

/** « 4 800,00 € », « 4 800,00 € et 120,00 CHF »; a dash when there is nothing. */
export const sumWords = ({ cents }: Sum): string =>
  cents.length === 0 ? '–' : listOf(cents.map(([currency, amount]) => euros(money(BigInt(amount), currency))));

/** One line of what an import changes. */
export interface Change {
  readonly what: string;
  readonly of: Sum;
  /** what it means, when the name does not say it all */
  readonly means?: string;
}

/** What an import changes, in the order people ask: what comes in, what goes, what stays. */
export function changesIn(summary: ImportSummary, mode: 'full' | 'delta'): Change[] {
  const { newDebtors } = summary;
  const debtors = newDebtors > 0 ? `dont ${count(newDebtors, 'nouveau client', 'nouveaux clients')}` : 'de clients déjà connus';
  const always: readonly Sum[] = [summary.new, ...(mode === 'full' ? [summary.absent] : [])];
  const all: readonly Change[] = [
    { what: 'Nouvelles factures', of: summary.new, means: debtors },
    { what: 'Nouveaux avoirs', of: summary.newCredits, means: 'pas encore déduits d’une facture' },
    { what: 'Payées en partie', of: summary.reduced, means: 'reste dû plus bas qu’ici\u202f: la différence est soldée' },
    { what: 'Soldées par absence', of: summary.absent, means: 'ouvertes ici, absentes de la liste' },
    { what: 'Échéance ou identifiant mis à jour', of: summary.amended },
    { what: 'Sans changement', of: summary.same },
    { what: 'Contradictions, laissées telles quelles', of: summary.differing, means: 'voir les lignes à corriger' },
    { what: 'Déjà réglées, inconnues ici', of: summary.paidBefore, means: 'rien à suivre' },
  ];
  return all.filter(({ of }) => of.count > 0 || always.includes(of));
}

/** « 3 nouveaux clients, d’après leur nom : Mairie d’Azur, CCAS d’Azur et 1 autre » */
export function publicLookingWords({ count: n, names }: NonNullable<ImportSummary['looksPublic']>): string {
  const rest = n - names.length;
  const named = rest > 0 ? [...names, count(rest, 'autre')] : names;
  return `${count(n, 'nouveau client', 'nouveaux clients')}, d’après ${n > 1 ? 'leur' : 'son'} nom\u202f: ${listOf(named)}`;
}

/** « Lecture de la liste (40 %) » */
export function stepWords({ step, done, total }: ImportProgress): string {
  const share = done === undefined || !total ? '' : ` (${Math.min(100, Math.floor((done / total) * 100))}\u00a0%)`;
  return `${STEPS[step]}${share}`;
}

const STEPS: Readonly<Record<ImportProgress['step'], string>> = {
  reading: 'Lecture de la liste',
  comparing: 'Comparaison avec vos factures',
  debtors: 'Clients et dossiers',
  invoices: 'Enregistrement des factures',
  payments: 'Factures soldées',
  cases: 'Mise à jour des dossiers',
};

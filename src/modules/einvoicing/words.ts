import { frenchDay } from '#core/kernel/french.ts';
import { fr } from '#core/letters/typography.ts';
import { count, listOf } from '#ui/format.ts';
import type { ReceivedStatus } from './statuses.ts';

/** « Facture F-12 : « Refusée » le 3 mars 2026, noté dans son dossier » */
export function receivedWords({ documentKind, number, label, on, outcome, caseId }: ReceivedStatus): string {
  const what = documentKind === 'invoice' ? `Facture ${number}` : `Avoir ${number}`;
  const said = fr`${what} : « ${label} », le ${frenchDay(on)}`;
  if (outcome === 'known') return fr`${said}. Ce statut était déjà noté.`;
  if (outcome === 'attached') return caseId ? `${said}. C’est noté dans son dossier.` : `${said}. C’est noté.`;
  return `${said}. Cette ${documentKind === 'invoice' ? 'facture' : 'pièce'} n’est pas dans Quitus\u202f: le statut est gardé, et lui sera rattaché quand elle arrivera.`;
}

/** « 2 statuts notés, 1 statut gardé en attendant sa facture et 1 statut déjà connu » */
export function statusesSummary(statuses: readonly ReceivedStatus[]): string | undefined {
  const having = (outcome: ReceivedStatus['outcome']): number => statuses.filter((one) => one.outcome === outcome).length;
  const [attached, waiting, known] = [having('attached'), having('waiting'), having('known')];
  const parts = [
    ...(attached > 0 ? [count(attached, 'statut noté', 'statuts notés')] : []),
    ...(waiting > 0 ? [count(waiting, 'statut gardé en attendant sa facture', 'statuts gardés en attendant leur facture')] : []),
    ...(known > 0 ? [count(known, 'statut déjà connu', 'statuts déjà connus')] : []),
  ];
  return parts.length > 0 ? listOf(parts) : undefined;
}

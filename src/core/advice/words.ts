import { frenchAmount } from '../kernel/french.ts';
import { money } from '../kernel/money.ts';
import type { AdviceClaim, FileStrength, Solvency } from './claim.ts';

/** « 4 788 € »: estimates are shown without cents, which they do not deserve. */
export function wholeEuros(cents: bigint): string {
  const half = cents < 0n ? -50n : 50n;
  return frenchAmount(money(((cents + half) / 100n) * 100n)).replace(',00', '');
}

/** « 31 % » */
export const wholePercent = (chance: number): string => `${Math.round(chance * 100)}\u00a0%`;

/** « 2 h », « 0,35 h » */
export function frenchHours(hours: number): string {
  return `${(Math.round(hours * 100) / 100).toString().replace('.', ',')}\u00a0h`;
}

const SOLVENCY: Readonly<Record<Solvency, string>> = {
  good: 'débiteur solvable',
  unknown: 'solvabilité inconnue',
  fragile: 'débiteur fragile',
  bad: 'mauvaise solvabilité',
  published: 'insolvabilité publiée',
};
export const solvencyWords = (solvency: Solvency): string => SOLVENCY[solvency];

const FILE: Readonly<Record<FileStrength, string>> = { 0: 'dossier faible', 1: 'dossier moyen', 2: 'dossier solide' };
export const fileWords = (file: FileStrength): string => FILE[file];

/** What the debtor did, in a few neutral words. */
export function conductWords(claim: AdviceClaim): string {
  const h = claim.history;
  if (h.signal === 'dispute') return claim.disputeFounded ? 'contestation en partie fondée' : 'contestation';
  if (h.plan === 'broken') return 'échéancier rompu';
  if (h.signal === 'promise') return 'promesse non tenue';
  return (h.emails ?? 0) + (h.calls ?? 0) + (h.med ? 1 : 0) > 0 ? 'silence' : 'pas encore relancé';
}

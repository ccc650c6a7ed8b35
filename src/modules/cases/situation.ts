import { type Day, daysBetween } from '#core/kernel/day.ts';
import { fr } from '#core/letters/typography.ts';
import { count, dueIn, longDay, relativeDay } from '#ui/format.ts';
import type { CaseState } from './state.ts';

/** Where a case stands in a few words: the deadline that counts, or how late it is. */
export function situation({ stage, deadline }: CaseState, oldestDueOn: Day | undefined, today: Day): string {
  const late = oldestDueOn ? dueIn(oldestDueOn, today) : '';
  const on = deadline ? longDay(deadline) : '';
  const when = deadline ? relativeDay(deadline, today) : '';
  switch (stage) {
    case 'promised':
      return fr`promis pour le ${on}, ${when}`;
    case 'promise-broken':
      return fr`promis pour le ${on}, ${when}`;
    case 'plan-running':
      return fr`prochaine échéance le ${on}, ${when}`;
    case 'plan-broken':
      return fr`échéance du ${on} non payée`;
    case 'notice-prepared':
      return fr`dernier jour pour payer : ${on}`;
    case 'notice-running':
      return fr`délai jusqu'au ${on}, ${when}`;
    case 'notice-expired':
      return fr`délai expiré le ${on}`;
    case 'insolvent':
      if (!deadline) return fr`créance déclarée`;
      return daysBetween(today, deadline) < 0
        ? fr`à déclarer au plus tard le ${on} : dépassé`
        : fr`à déclarer au plus tard le ${on}, ${when}`;
    case 'closed':
      return '';
    case 'money-to-place':
      return fr`virement reçu, à rattacher`;
    case 'settled':
      return fr`montant des factures payé`;
    case 'not-due':
    case 'to-contact':
    case 'overdue':
    case 'disputed':
    case 'payment-announced':
    case 'document-missing':
    case 'not-delivered':
    case 'withdrawn':
      return late;
  }
}

/** « 31 à 60 jours », « plus de 90 jours » */
export const lateWords = ({ from, to }: { from: number; to: number | undefined }): string =>
  to === undefined ? fr`plus de ${count(from - 1, 'jour')}` : fr`${from} à ${count(to, 'jour')}`;

import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { TimelineEvent } from '#ui/components/index.ts';
import { euros } from '#ui/format.ts';
import type { StatusFact } from './einvoice.ts';

type Payload = StatusFact['payload'];

/** How a status stands in the story of a case. */
export const STATUS_LOOKS: Readonly<Record<Payload['meaning'], Pick<TimelineEvent, 'icon' | 'tone'>>> = {
  issued: { icon: 'sent' },
  delivered: { icon: 'sent' },
  'in-progress': { icon: 'read' },
  approved: { icon: 'check', tone: 'good' },
  'partly-approved': { icon: 'dispute', tone: 'dispute' },
  disputed: { icon: 'dispute', tone: 'dispute' },
  suspended: { icon: 'file', tone: 'late' },
  completed: { icon: 'sent', tone: 'info' },
  refused: { icon: 'dispute', tone: 'dispute' },
  'payment-sent': { icon: 'payment', tone: 'info' },
  cashed: { icon: 'payment', tone: 'info' },
  rejected: { icon: 'broken', tone: 'late' },
  cancelled: { icon: 'remove', tone: 'late' },
  factored: { icon: 'transfer', tone: 'info' },
  'account-changed': { icon: 'transfer', tone: 'info' },
  other: { icon: 'info' },
};

/** What a status means, in words that end « Facture F-12 … »; undefined: the name of the status says it best. */
const WORDS: Partial<Readonly<Record<Payload['meaning'], string>>> = {
  issued: 'déposée sur la plateforme',
  delivered: 'reçue par la plateforme de votre client',
  'in-progress': 'prise en charge par votre client',
  approved: 'approuvée par votre client',
  'partly-approved': 'approuvée en partie seulement par votre client',
  disputed: 'mise en litige par votre client',
  suspended: 'suspendue par votre client, à qui une pièce manque',
  completed: 'complétée de la pièce demandée',
  refused: 'refusée par votre client',
  rejected: 'rejetée avant d’arriver à votre client',
  cancelled: 'annulée',
  factored: 'cédée à une société d’affacturage',
  'account-changed': 'à payer désormais sur un autre compte',
};

/** « Facture F-2026-12 refusée par votre client » */
export function statusWords({ document, number, meaning, label, amount }: Payload): string {
  const what = `${document === 'invoice' ? 'Facture' : 'Avoir'} ${number}`;
  const sum = amount === undefined ? undefined : euros(money(amount < 0n ? -amount : amount));
  if (meaning === 'payment-sent') return sum ? fr`${what} : paiement de ${sum} annoncé` : fr`${what} : paiement annoncé`;
  if (meaning === 'cashed') {
    if (amount !== undefined && amount < 0n) return fr`${what} : encaissement de ${sum ?? ''} annulé sur la plateforme`;
    return sum ? fr`${what} : ${sum} dits encaissés` : fr`${what} : dite encaissée`;
  }
  if (document === 'credit-note') return fr`${what} : ${label.toLowerCase()} sur la plateforme`;
  const words = WORDS[meaning];
  return words ? `${what} ${words}` : fr`${what} : ${label.toLowerCase()}`;
}

import type { IconName } from '#ui/icons.tsx';
import type { ActionKind } from './actions.ts';

/** How each thing one may note is shown in a list of links. */
export const ACTION_LOOKS: Readonly<Record<ActionKind, { readonly icon: IconName; readonly link: string }>> = {
  contact: { icon: 'phone', link: 'Un échange avec le client' },
  payment: { icon: 'payment', link: 'Un paiement reçu' },
  promise: { icon: 'promise', link: 'Une promesse de payer' },
  plan: { icon: 'plan', link: 'Un échéancier convenu' },
  dispute: { icon: 'dispute', link: 'Une contestation' },
  'dispute-settled': { icon: 'check', link: 'La fin de la contestation' },
  'status-answered': { icon: 'sent', link: 'Ce que j’ai fait de ce statut' },
  insolvency: { icon: 'insolvent', link: 'Une procédure collective' },
  declaration: { icon: 'check', link: 'La déclaration de la créance' },
  doubtful: { icon: 'question', link: 'La créance devient douteuse' },
  note: { icon: 'note', link: 'Une note pour moi' },
  close: { icon: 'lock', link: 'La fin du dossier' },
  reopen: { icon: 'history', link: 'La reprise du dossier' },
};

/** In the order of lists: what is most often noted first. */
export const ACTION_ORDER = Object.keys(ACTION_LOOKS) as readonly ActionKind[];

import type { Action } from './actions.ts';
import { contactsOf, disputed, hasTitle, INTERIM, inCourt, ORDER, PLAN, PSR, SIGNAL, type State, TRIED } from './state.ts';

/** Why the order of the steps keeps one closed. The guard rails of the design that depend on what was done live here. */
export type OrderRule =
  | 'already-done'
  | 'after-notice'
  | 'before-contact'
  | 'before-notice'
  | 'before-answer'
  | 'dispute-first'
  | 'court-started'
  | 'handed-over'
  | 'after-mediation'
  | 'dispute-not-founded'
  | 'no-dispute'
  | 'one-go-between'
  | 'after-opposition'
  | 'title-held'
  | 'no-title'
  | 'not-published';

export const ORDER_WORDS: Readonly<Record<OrderRule, string>> = {
  'already-done': 'c’est déjà fait',
  'after-notice': 'la mise en demeure est partie\u202f: plus de simple rappel',
  'before-contact': 'il faut d’abord avoir relancé une fois',
  'before-notice': 'il faut d’abord une mise en demeure',
  'before-answer': 'le débiteur n’a encore rien répondu',
  'dispute-first': 'le débiteur conteste\u202f: répondez-lui et cherchez un accord avant toute pression',
  'court-started': 'une procédure est engagée',
  'handed-over': 'le dossier a été confié à un tiers',
  'after-mediation': 'la médiation a échoué',
  'dispute-not-founded': 'vous n’avez pas dit que la réclamation est en partie fondée',
  'no-dispute': 'le débiteur ne conteste rien',
  'one-go-between': 'un tiers a déjà essayé d’obtenir le paiement à l’amiable',
  'after-opposition': 'l’opposition renvoie l’affaire devant le juge',
  'title-held': 'vous avez déjà un titre',
  'no-title': 'il faut d’abord un titre',
  'not-published': 'aucune procédure collective n’est publiée',
};

/** What keeps an action closed in a state, or undefined when the order of the steps allows it. The law is asked besides, by the gate. */
export function orderRule(action: Action, s: State, disputeFounded: boolean): OrderRule | undefined {
  if (action === 'WRITEOFF') return undefined;
  if (action === 'DECLARE') return 'not-published';
  if (action === 'ENFORCE') return hasTitle(s) ? undefined : 'no-title';
  if (hasTitle(s)) return 'title-held';
  switch (action) {
    case 'EMAIL':
      return friendly(s) ?? (s.notice ? 'after-notice' : s.emails >= 3 ? 'already-done' : undefined);
    case 'WAIT':
      return friendly(s) ?? (s.notice ? 'after-notice' : s.waits >= 1 ? 'already-done' : undefined);
    case 'CALL':
      return friendly(s) ?? (s.calls >= 2 ? 'already-done' : undefined);
    case 'PLAN':
      return friendly(s) ?? (s.plan !== PLAN.none ? 'already-done' : contactsOf(s) === 0 ? 'before-contact' : undefined);
    case 'MED':
      if (inCourt(s)) return 'court-started';
      return s.notice ? 'already-done' : contactsOf(s) === 0 ? 'before-contact' : undefined;
    case 'CREDIT':
      if (inCourt(s)) return 'court-started';
      if (!disputed(s)) return 'no-dispute';
      if (!disputeFounded) return 'dispute-not-founded';
      return s.credit !== TRIED.no ? 'already-done' : s.mediation !== TRIED.no ? 'after-mediation' : undefined;
    case 'MEDIATION':
      if (s.mediation !== TRIED.no) return 'already-done';
      if (s.interim !== INTERIM.none) return 'court-started';
      if (s.order === ORDER.opposed) return undefined;
      if (inCourt(s)) return 'court-started';
      return s.signal === SIGNAL.none ? 'before-answer' : undefined;
    case 'AGENCY':
    case 'PSR':
      if (!s.notice) return 'before-notice';
      if (inCourt(s)) return 'court-started';
      if (disputed(s)) return 'dispute-first';
      if (action === 'AGENCY' ? s.agency : s.psr !== PSR.no) return 'already-done';
      return s.agency || s.psr !== PSR.no ? 'one-go-between' : undefined;
    case 'IP':
      if (!s.notice) return 'before-notice';
      if (s.order !== ORDER.none) return 'already-done';
      return s.interim !== INTERIM.none ? 'court-started' : undefined;
    case 'REFERE':
      if (!s.notice) return 'before-notice';
      if (s.interim !== INTERIM.none) return 'already-done';
      return s.order === ORDER.opposed ? 'after-opposition' : undefined;
    case 'SUIT':
      return s.notice ? undefined : 'before-notice';
  }
}

/** What closes the gentle steps together: a court, a dispute to answer first, a third party, a failed mediation. */
function friendly(s: State): OrderRule | undefined {
  if (inCourt(s)) return 'court-started';
  if (disputed(s)) return 'dispute-first';
  if (s.agency || s.psr !== PSR.no) return 'handed-over';
  return s.mediation !== TRIED.no ? 'after-mediation' : undefined;
}

/** What of a state the law and the user's limits are asked about. */
export interface Tried {
  /** an amicable attempt in the sense of CPC 750-1: a mediation, a conciliation, or the small-claims procedure */
  readonly amicable: boolean;
  readonly plan: boolean;
}

export const triedOf = (s: State): Tried => ({
  amicable: s.mediation !== TRIED.no || s.psr !== PSR.no,
  plan: s.plan !== PLAN.none,
});

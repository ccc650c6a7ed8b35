import type { Day } from '#core/kernel/day.ts';
import { frenchAmount } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';

/** Why something is not in the entries, or is there and asks for a word: never guessed, told with what to do. */
export type GapKind =
  | 'currency'
  | 'after-write-off'
  | 'reopened'
  | 'vat-unknown'
  | 'regime-unknown'
  | 'proof-unknown'
  | 'agreement'
  | 'discount-vat'
  | 'duplicate-to-send';

/** One thing to complete. */
export interface Gap {
  readonly on: Day;
  readonly kind: GapKind;
  readonly customer: string;
  /** the invoice, or the case, it is about */
  readonly piece: string;
  readonly cents: bigint;
  readonly currency: string;
  readonly caseId: string | null;
  /** the invoice whose VAT is to be given */
  readonly invoiceId?: string;
  /** what is missing and what to do */
  readonly says: string;
}

const WORDS: Readonly<Record<Exclude<GapKind, 'duplicate-to-send'>, (sum: string) => string>> = {
  currency: (sum) => fr`${sum} : seules les opérations en euros sont passées. Passez celle-ci à son cours de change.`,
  'after-write-off': (sum) =>
    fr`${sum} reçus d'une créance déjà passée en perte : la rentrée se passe à la main, avec la TVA qui redevient due.`,
  reopened: () => fr`Dossier rouvert après sa mise en perte : voyez avec votre comptable si la perte est à reprendre.`,
  'vat-unknown': (sum) => fr`${sum} : la facture ne dit pas sa TVA. Donnez-la à Quitus (page Exports), puis recommencez.`,
  'regime-unknown': (sum) =>
    fr`${sum} : dites votre régime de TVA dans les réglages du conseil, il décide de la TVA à récupérer.`,
  'proof-unknown': (sum) =>
    fr`${sum} passés en perte sans dire ce qui prouve la perte : rouvrez puis fermez le dossier avec sa preuve, elle décide de la TVA à récupérer (CGI, article 272).`,
  agreement: (sum) =>
    fr`${sum} abandonnés par un accord : un avoir, ou une perte, selon ce qui est convenu. Passez-le à la main.`,
  'discount-vat': (sum) => fr`Escompte de ${sum} passé toutes taxes comprises : si vous en reprenez la TVA, corrigez l'écriture.`,
};

/** What to say of a gap. */
export const gapOf = (of: Omit<Gap, 'says'> & { readonly kind: Exclude<GapKind, 'duplicate-to-send'> }): Gap => ({
  ...of,
  says: WORDS[of.kind](frenchAmount(money(of.cents, of.currency))),
});

import { fr } from '#core/letters/typography.ts';
import type { DemoDocument } from './documents.ts';

/** A mention of an invoice, under the code that Factur-X gives its kind (UNTDID 4451). */
export interface Mention {
  readonly code: 'PMD' | 'PMT' | 'AAB';
  readonly text: string;
}

/**
 * What an invoice says of late payment: between professionals, the rate of the penalties, the 40 € and the discount (C. com. L441-9 and
 * L441-10, D441-5); to a public buyer, the default interest and the 40 € (CCP R2192-31, D2192-35); nothing of the kind to a consumer.
 */
export function lateMentions({ story, debtor }: DemoDocument): readonly Mention[] {
  if (story.kind === 'credit-note' || debtor.kind === 'consumer') return [];
  const indemnity: Mention = {
    code: 'PMT',
    text: fr`Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €.`,
  };
  const rate = story.contractRate;
  if (debtor.kind === 'public') {
    const text = fr`Intérêts moratoires en cas de retard : taux de refinancement de la Banque centrale européenne, majoré de huit points.`;
    return [{ code: 'PMD', text }, indemnity];
  }
  const text = rate
    ? fr`Pénalités de retard : ${rate.replace('.', ',')} % par an, exigibles sans rappel.`
    : fr`Pénalités de retard : taux de refinancement de la Banque centrale européenne majoré de dix points, exigibles sans rappel.`;
  return [{ code: 'PMD', text }, indemnity, { code: 'AAB', text: fr`Pas d'escompte pour paiement anticipé.` }];
}

/** Why no VAT is charged, where none is: the buyer owes it in its own country. */
export const REVERSE_CHARGE = fr`Autoliquidation : TVA due par le preneur (directive 2006/112/CE, article 196).`;

/** What is to be paid when, in one sentence. */
export function paymentTerms(document: DemoDocument, dueDay: string): string {
  if (document.credited) return fr`Cet avoir réduit la facture ${document.credited.number} ; rien n'est à payer.`;
  return fr`À payer par virement au plus tard le ${dueDay}.`;
}

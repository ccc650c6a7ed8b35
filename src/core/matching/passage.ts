import type { StatementLine } from './model.ts';
import { nameWords } from './names.ts';
import { foldText } from './text.ts';

/** Where the payer's name stands in a line. */

const REASON = /[\s/](MOTIF|REF|REFDO|RMT|LIB|NOTE|OBJET)\b.*$/;

/** What banks and payers write around a name; a month says what the payment is for. */
const PAYMENT_WORDS = new Set(
  (
    'VIR VIRT VIREMENT VIREMENTS SEPA INST INSTANTANE RECU RECUS PERMANENT EN FAVEUR POUR VOTRE NOTRE NOS VOS MOTIF REF REFERENCE NUM NO N NR ' +
    'REGLEMENT REGLEMENTS REGLT REGL RGLT RGT REG REGLE PAIEMENT PAIEMENTS PAIMT PAIE PAYE PMT VERSEMENT SOLDE SOLDES TOTAL PARTIEL ACOMPTE ' +
    'FACTURE FACTURES FACT FACTS FAC FCT FA F FACTURATION ECHEANCE ECH MENSUALITE LOYER ABONNEMENT PRESTATION PRESTATIONS FOURNISSEUR ' +
    'FOURNISSEURS COTISATION HONORAIRES NOTPROVIDED PRLV PRELEVEMENT SDD CHQ CHEQUE REMISE TIP EUR EUROS CLIENT DOSSIER COMMANDE CDE DEVIS MANDAT BON ' +
    'JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE'
  ).split(' '),
);

/** The payer's name where the bank gives it a field, of its own or « /DE … /MOTIF » in the text. */
export function writtenName(line: StatementLine): string | undefined {
  const named = line.name?.trim();
  if (named) return named;
  return /\/DE\s+([^/]*[^/\s])\s*\/(?:MOTIF|REF|REFDO|RMT|LIB|NOTE|OBJET)\b/i.exec(line.text)?.[1];
}

/** The part of a bank's text where the payer's name stands: before the reason of the transfer. */
export const payerPassage = (text: string): string => foldText(text).replace(REASON, ' ');

/**
 * Whether the words around a name in a passage leave it whole. Words that are no payment's may belong to the name of somebody else:
 * after it, « AGENCE BOREALE CONSEIL » is not Agence Boréale; on either side of a single word, « DUPONT MARTIN » is not Martin SARL.
 */
export function standsAlone(name: string, passage: string): boolean {
  const own = nameWords(name);
  const words = nameWords(passage);
  const isOwn = (word: string): boolean => own.some((one) => one === word || (word.length > 3 && one.startsWith(word)));
  const isOther = (word: string | undefined): boolean =>
    word !== undefined && /^[A-Z]{2,}$/.test(word) && !PAYMENT_WORDS.has(word) && !isOwn(word);
  const from = words.findIndex(isOwn);
  const to = words.findLastIndex(isOwn);
  if (own.length === 1 && (PAYMENT_WORDS.has(own[0] ?? '') || isOther(words[from - 1]))) return false;
  return !isOther(words[to + 1]);
}

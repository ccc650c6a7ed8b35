import { computed, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { steps } from './step.ts';

/** A mention a document must, or should, carry. */
export interface Mention {
  readonly id: string;
  readonly says: string;
  /** required by a text, or advised by us */
  readonly force: 'required' | 'advised';
  readonly cites: readonly string[];
  readonly certainty: TraceStep['certainty'];
}

export const DOCUMENT_KINDS = [
  'invoice',
  'invoice-consumer',
  'terms',
  'formal-notice',
  'collection-for-others',
  'debt-acknowledgement',
  'settlement',
  'payment-order-request',
  'insolvency-declaration',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const required = (
  cites: readonly string[],
  certainty: TraceStep['certainty'],
  list: readonly (readonly [string, string])[],
): Mention[] => list.map(([id, says]) => ({ id, says, force: 'required', cites, certainty }));
const advised = (list: readonly (readonly [string, string])[]): Mention[] =>
  list.map(([id, says]) => ({ id, says, force: 'advised', cites: [], certainty: 'reading' }));

const INVOICE = required(['ccom-L441-9'], 'secondary', [
  ['parties', 'noms et adresses des parties, adresse de facturation si elle diffère'],
  ['order-number', 'numéro du bon de commande s’il a été donné'],
  ['date', 'date'],
  ['lines', 'quantité, désignation, prix unitaire, réductions'],
]);
const PAYMENT_TERMS = required(['ccom-L441-9'], 'secondary', [
  ['payment-date', 'date de paiement et conditions d’escompte'],
  ['penalty-rate', 'taux des pénalités de retard'],
  ['flat-indemnity', 'indemnité forfaitaire de 40\u00a0€'],
]);
const TAX = required(['cgi-an2-242-nonies-A'], 'official', [
  ['number', 'numéro, identifiants de TVA, taux et totaux'],
  [
    'customer-siren',
    'SIREN du client, adresse de livraison, nature de l’opération, option pour les débits (avec la facture électronique)',
  ],
]);

const LISTS: Readonly<Record<DocumentKind, readonly Mention[]>> = {
  invoice: [...INVOICE, ...PAYMENT_TERMS, ...TAX],
  'invoice-consumer': [...INVOICE, ...TAX],
  terms: required(['ccom-L441-1', 'cciv-1119'], 'official', [
    ['conditions', 'conditions de règlement, avec le taux des pénalités et l’indemnité de 40\u00a0€'],
    ['sent', 'à communiquer à tout professionnel qui les demande\u202f; elles ne s’imposent que si elles sont acceptées'],
  ]),
  'formal-notice': [
    ...required(['cciv-1344'], 'official', [
      ['summons', 'une interpellation suffisante\u202f: aucun contenu n’est imposé par une liste'],
    ]),
    ...required(['ccom-R123-237'], 'secondary', [['business-mentions', 'mentions du papier commercial (SIREN, RCS, siège)']]),
    ...required(['cpen-433-13'], 'secondary', [['no-imitation', 'ne pas imiter un document judiciaire ou administratif']]),
    ...advised([
      ['date', 'la date'],
      ['identities', 'l’identité et le SIREN des deux parties'],
      ['words', 'les mots « mise en demeure »'],
      ['debt', 'contrat, devis et factures avec leurs numéros, dates et montants, et les échéances'],
      ['statement', 'le décompte détaillé des intérêts, avec taux et jours, et 40\u00a0€ par facture'],
      ['deadline', 'un délai exact, de 8 à 15\u00a0jours'],
      ['means', 'les moyens de payer'],
      ['next', 'ce qui suivra'],
      ['dispute', 'l’invitation à dire pourquoi, en cas de désaccord'],
      ['plan', 'l’offre d’un échéancier ou d’une médiation'],
      ['signature', 'la signature du créancier'],
    ]),
  ],
  'collection-for-others': required(['cpce-L124-1', 'cpce-L111-8'], 'official', [
    ['collector', 'le nom de qui recouvre et celui du créancier'],
    ['amounts', 'principal, intérêts et autres sommes, chacun à part'],
    ['article', 'la reproduction de l’article L111-8, alinéas 2 et 3'],
    ['receipt', 'une quittance pour chaque paiement'],
    ['transfer', 'le reversement au créancier sous un mois'],
  ]),
  'debt-acknowledgement': required(['cciv-1376'], 'official', [
    ['signature', 'la signature du débiteur'],
    [
      'sum',
      'la somme écrite par lui en toutes lettres et en chiffres\u202f; en cas de différence, les lettres l’emportent (entre commerçants, la preuve est libre)',
    ],
  ]),
  settlement: required(['cciv-2044'], 'official', [
    ['written', 'un écrit'],
    ['concessions', 'des concessions réciproques'],
  ]),
  'payment-order-request': [
    ...required(['cpc-1405'], 'official', [
      ['sum', 'le décompte de la somme demandée, avec son fondement'],
      ['documents', 'la liste des pièces, et les pièces'],
    ]),
    ...required(['cpc-54'], 'official', [['general', 'les mentions générales de toute demande (parties, objet, tribunal)']]),
    ...advised([
      [
        'attachments',
        'contrat ou devis accepté, conditions acceptées, facture, preuve de livraison, relances, mise en demeure et preuve d’envoi, décompte, extraits Kbis ou SIRENE',
      ],
    ]),
  ],
  'insolvency-declaration': required(['ccom-L622-25'], 'secondary', [
    ['amount', 'la somme due au jour du jugement et celles à échoir'],
    ['security', 'les sûretés'],
    ['interest', 'la façon de calculer les intérêts'],
    ['documents', 'les pièces, dont la preuve du contenu de l’envoi'],
    ['certified', 'la certification que la créance est sincère'],
  ]),
};

/** What a document must carry, and what it should. */
export function mandatoryMentions(document: DocumentKind): Outcome<readonly Mention[]> {
  const list = LISTS[document];
  return computed(
    list,
    list.map((m) =>
      steps('mandatory-mentions')(
        m.cites,
        m.certainty,
        `${m.force === 'required' ? 'Obligatoire' : 'Conseillé'}\u202f: ${m.says}.`,
      ),
    ),
  );
}

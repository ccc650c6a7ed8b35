import type { Refusal } from '#core/kernel/result.ts';
import { type Facts, N, NB, quote, refuser, size, text } from '../text/refusals.ts';

/** Every refusal of a file, with its French message: what, where, what to do. The codes are stable: docs/reference/errors.md lists them. */
const CATALOGUE = {
  'empty-file': (f: Facts) =>
    `Le fichier ${quote(f.file)} est vide. Vérifiez qu’il a été enregistré en entier, puis déposez-le de nouveau.`,
  'too-large': (f: Facts) =>
    `Le fichier ${quote(f.file)} est trop gros${N}: ${text(f, 'what')} dépasse la limite de ${size(f, 'limit')}. Déposez une version plus légère, ou relevez la limite dans les réglages.`,
  'unsupported-type': (f: Facts) =>
    `Le fichier ${quote(f.file)} est ${text(f, 'found')}${N}: Quitus lit les factures en PDF, en XML (Factur-X, CII, UBL, XRechnung) et en CSV. ${text(f, 'advice')}`,
  'not-an-invoice': (f: Facts) =>
    `Le fichier ${quote(f.file)} n’est pas une facture que Quitus sait lire${N}: il contient ${text(f, 'found')}. Déposez la facture elle-même, en PDF, en XML ou en CSV.`,
  'xml-doctype': (f: Facts) =>
    `Le XML de ${quote(f.file)} déclare un DOCTYPE, ce qu’aucune facture n’a le droit de faire et que Quitus refuse par sécurité. Demandez à l’émetteur un fichier conforme.`,
  'xml-not-well-formed': (f: Facts) =>
    `Le XML de ${quote(f.file)} est mal formé${f.line ? `, ligne ${text(f, 'line')}` : ''}${N}: il ne peut pas être lu. Exportez de nouveau la facture depuis le logiciel qui l’a produite.`,
  'xml-too-deep': (f: Facts) =>
    `Le XML de ${quote(f.file)} est imbriqué sur plus de ${text(f, 'limit')} niveaux, ce qu’aucune facture ne fait. Quitus le refuse par sécurité${N}: demandez à l’émetteur un fichier conforme.`,
  'xml-too-many-elements': (f: Facts) =>
    `Le XML de ${quote(f.file)} compte plus de ${text(f, 'limit')} éléments, ce qu’aucune facture ne fait. Quitus le refuse par sécurité${N}: demandez à l’émetteur un fichier conforme.`,
  'corrupt-pdf': (f: Facts) =>
    `Le PDF ${quote(f.file)} est abîmé ou incomplet et ne peut pas être ouvert. Téléchargez-le ou exportez-le de nouveau, puis déposez-le.`,
  'encrypted-pdf': (f: Facts) =>
    `Le PDF ${quote(f.file)} est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez cette copie.`,
  'csv-no-header': (f: Facts) =>
    `Aucune colonne de facture n’a été reconnue dans ${quote(f.file)}. La première ligne doit nommer les colonnes (numéro, date, échéance, client, montant TTC…), ou bien indiquez vous-même quelle colonne contient quoi.`,
  'csv-missing-columns': (f: Facts) =>
    `Il manque dans ${quote(f.file)} ${text(f, 'missing')}. Colonnes trouvées${N}: ${text(f, 'columns')}. Indiquez quelle colonne contient quoi, ou complétez le fichier.`,
  'csv-unknown-column': (f: Facts) =>
    `La colonne ${quote(text(f, 'column'))}, que vous avez indiquée, n’existe pas dans ${quote(f.file)}. Colonnes trouvées${N}: ${text(f, 'columns')}.`,
  'csv-malformed': (f: Facts) =>
    `Le fichier ${quote(f.file)} n’est pas un CSV lisible${f.line ? ` (ligne ${text(f, 'line')})` : ''}${N}: un guillemet n’y est sans doute pas fermé. Exportez-le de nouveau depuis votre logiciel.`,
  'csv-too-many-rows': (f: Facts) =>
    `Le fichier ${quote(f.file)} compte plus de ${text(f, 'limit')} lignes. Découpez-le en plusieurs fichiers.`,
  'csv-row': (f: Facts) =>
    `Ligne ${text(f, 'row')} de ${quote(f.file)}${N}: ${text(f, 'problem')} Corrigez cette ligne et déposez-la de nouveau.`,
  'reading-timeout': (f: Facts) =>
    `La lecture de ${quote(f.file)} a été arrêtée au bout de ${text(f, 'seconds')}${NB}secondes. Le fichier est sans doute abîmé ou malveillant${N}: demandez-en un autre exemplaire, ou saisissez la facture à la main.`,
  'reading-memory': (f: Facts) =>
    `La lecture de ${quote(f.file)} demandait trop de mémoire et a été arrêtée. Le fichier est sans doute abîmé ou malveillant${N}: demandez-en un autre exemplaire, ou saisissez la facture à la main.`,
  'reading-failed': (f: Facts) =>
    `Quitus n’a pas su lire ${quote(f.file)}${N}: c’est un défaut de Quitus, pas de votre fichier. Saisissez la facture à la main, et signalez-le si vous pouvez.`,
  'file-not-readable': (f: Facts) => `Le fichier ${quote(f.file)} n’a pas pu être ouvert${N}: ${text(f, 'why')}.`,
} as const;

export type InvoiceRefusalCode = keyof typeof CATALOGUE;

/** All the codes, for the documentation test. */
export const INVOICE_REFUSAL_CODES = Object.keys(CATALOGUE) as readonly InvoiceRefusalCode[];

/** The refusal of a file. `data` is what the message is made of. */
export const refuseInvoice: (
  code: InvoiceRefusalCode,
  file: string,
  data?: Readonly<Record<string, unknown>>,
) => { readonly ok: false; readonly refusal: Refusal } = refuser(CATALOGUE);

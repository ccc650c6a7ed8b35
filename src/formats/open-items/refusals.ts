import { type Facts, fileRefusals, N, quote, refuser, text } from '../text/refusals.ts';

const CATALOGUE = {
  ...fileRefusals({
    one: 'une liste de factures',
    none: 'aucune liste de factures',
    otherwise: 'déposez les factures elles-mêmes',
  }),
  'csv-no-header': (f: Facts) =>
    `Aucune colonne de facture n’a été reconnue dans ${quote(f.file)}. La première ligne doit nommer les colonnes (numéro, date, échéance, client, reste à payer…), ou bien indiquez vous-même quelle colonne contient quoi.`,
  'csv-missing-columns': (f: Facts) =>
    `Il manque dans ${quote(f.file)} ${text(f, 'missing')}. Colonnes trouvées${N}: ${text(f, 'columns')}. Indiquez quelle colonne contient quoi, ou complétez le fichier.`,
  'csv-unknown-column': (f: Facts) =>
    `La colonne ${quote(text(f, 'column'))}, que vous avez indiquée, n’existe pas dans ${quote(f.file)}. Colonnes trouvées${N}: ${text(f, 'columns')}.`,
  'csv-too-wide': (f: Facts) =>
    `Le fichier ${quote(f.file)} a plus de ${text(f, 'limit')} colonnes${N}: ce n’est pas une liste de factures. Exportez-la de nouveau, sans les colonnes inutiles.`,
  'corrupt-archive': (f: Facts) =>
    `Le classeur ${quote(f.file)} est abîmé ou incomplet et ne peut pas être ouvert. Exportez-le de nouveau, ou en CSV.`,
  'import-terms': (f: Facts) =>
    `Le fichier ${quote(f.file)} ne dit pas quand les factures sont à payer${N}: indiquez votre délai de paiement habituel, en jours.`,
} as const;

/** The refusal of a list. `data` is what the message is made of. */
export const refuseOpenItems = refuser(CATALOGUE);
export type OpenItemsRefusalCode = keyof typeof CATALOGUE;

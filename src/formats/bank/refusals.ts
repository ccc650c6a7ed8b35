import { type Facts, fileRefusals, N, quote, refuser, text } from '../text/refusals.ts';

/** Every refusal of a bank file, with its French message. The codes are stable: docs/reference/errors.md lists them. */
const CATALOGUE = {
  ...fileRefusals({
    one: 'un relevé bancaire',
    none: 'aucun relevé bancaire',
    otherwise: 'saisissez les encaissements à la main',
  }),
  'not-a-statement': (f: Facts) =>
    `Le fichier ${quote(f.file)} n’est pas un relevé bancaire que Quitus sait lire${N}: il contient ${text(f, 'found')}. Téléchargez le relevé au format camt.053, CFONB 120, MT940, OFX, QIF, CSV ou XLSX.`,
  'no-statement': (f: Facts) =>
    `Le fichier ${quote(f.file)} ne contient aucun relevé${N}: ni compte avec un solde, ni mouvement. Vérifiez la période choisie, puis téléchargez-le de nouveau.`,
  'broken-statement': (f: Facts) =>
    `Le relevé ${quote(f.file)} est incomplet ou mal assemblé${f.line ? `, ligne ${text(f, 'line')}` : ''}${N}: ${text(f, 'problem')}. Un mouvement pourrait manquer${N}: téléchargez de nouveau le relevé entier.`,
  'bad-value': (f: Facts) =>
    `Dans le relevé ${quote(f.file)}${f.line ? `, ligne ${text(f, 'line')}` : ''}, ${text(f, 'field')} ${quote(text(f, 'value'))} ne peut pas être lu${N}: ${text(f, 'expected')}. Rien n’a été repris${N}: téléchargez de nouveau le relevé ou corrigez cette ligne.`,
  'line-too-long': (f: Facts) =>
    `La ligne ${text(f, 'line')} de ${quote(f.file)} dépasse ${text(f, 'limit')} caractères, ce que ne fait aucun relevé. Téléchargez-le de nouveau.`,
  'entry-too-large': (f: Facts) =>
    `Un mouvement de ${quote(f.file)} compte plus de ${text(f, 'limit')} éléments XML, ce que ne fait aucune banque. Quitus le refuse par sécurité${N}: demandez un autre exemplaire.`,
  'archive-member': (f: Facts) => `Dans l’archive ${quote(f.file)}, un fichier ne peut pas être lu. ${text(f, 'why')}`,
  'corrupt-archive': (f: Facts) =>
    `Le fichier ${quote(f.file)} est abîmé et ne peut pas être décompressé. Téléchargez-le de nouveau.`,
  'table-no-header': (f: Facts) =>
    `Aucune colonne de relevé n’a été reconnue dans ${quote(f.file)}. Une ligne doit nommer les colonnes (date, libellé, montant ou débit et crédit), ou bien indiquez vous-même quelle colonne contient quoi.`,
  'table-missing-columns': (f: Facts) =>
    `Il manque dans ${quote(f.file)} ${text(f, 'missing')}. Colonnes trouvées${N}: ${text(f, 'columns')}. Indiquez quelle colonne contient quoi.`,
  'table-unknown-column': (f: Facts) =>
    `La colonne ${quote(text(f, 'column'))}, que vous avez indiquée, n’existe pas dans ${quote(f.file)}. Colonnes trouvées${N}: ${text(f, 'columns')}.`,
  'table-malformed': (f: Facts) =>
    `Le fichier ${quote(f.file)} n’est pas un CSV lisible${f.line ? ` (ligne ${text(f, 'line')})` : ''}${N}: un guillemet n’y est sans doute pas fermé. Exportez-le de nouveau.`,
  'table-too-many-rows': (f: Facts) =>
    `Le fichier ${quote(f.file)} compte plus de ${text(f, 'limit')} lignes. Exportez une période plus courte.`,
} as const;

export type StatementRefusalCode = keyof typeof CATALOGUE;

/** All the codes, for the documentation test. */
export const STATEMENT_REFUSAL_CODES = Object.keys(CATALOGUE) as readonly StatementRefusalCode[];

/** The refusal of a bank file. `data` is what the message is made of. */
export const refuseStatement = refuser(CATALOGUE);

/**
 * Raised inside the readers of this folder, which are fed piece by piece, to stop at once; `streamStatements` makes a refusal of it. It never
 * leaves the folder.
 */
export class StatementStopped extends Error {
  readonly code: StatementRefusalCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: StatementRefusalCode, data: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

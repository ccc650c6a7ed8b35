import { type Facts, fileRefusals, N, quote, refuser, text } from '../text/refusals.ts';

/** Every refusal of a FEC, with its French message. The codes are stable: docs/reference/errors.md lists them. */
const CATALOGUE = {
  ...fileRefusals({
    one: 'un fichier des écritures comptables (FEC)',
    none: 'aucun FEC',
    otherwise: 'importez vos factures par un CSV',
  }),
  'fec-missing-columns': (f: Facts) =>
    `Il manque dans ${quote(f.file)} les colonnes ${text(f, 'missing')}${N}: sa première ligne doit nommer les dix-huit colonnes d’un FEC (JournalCode, JournalLib, EcritureNum…), séparées par une tabulation ou une barre verticale. Exportez-le de nouveau depuis votre logiciel comptable.`,
  'fec-bad-line': (f: Facts) =>
    `Ligne ${text(f, 'line')} de ${quote(f.file)}${N}: ${text(f, 'problem')}. Rien n’a été repris${N}: corrigez cette ligne ou exportez le fichier de nouveau.`,
} as const;

export type FecRefusalCode = keyof typeof CATALOGUE;

/** All the codes, for the documentation test. */
export const FEC_REFUSAL_CODES = Object.keys(CATALOGUE) as readonly FecRefusalCode[];

/** The refusal of a FEC. `data` is what the message is made of. */
export const refuseFec = refuser(CATALOGUE);

/** Raised inside this folder to stop reading at once; `streamFec` makes a refusal of it. */
export class FecStopped extends Error {
  readonly code: FecRefusalCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: FecRefusalCode, data: Readonly<Record<string, unknown>>) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

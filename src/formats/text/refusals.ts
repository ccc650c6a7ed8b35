import { type Refusal, refuse } from '#core/kernel/result.ts';

/** Narrow no-break space, before ; : ? ! and inside numbers. */
export const N = '\u202f';
/** No-break space, inside quotation marks and before a unit. */
export const NB = '\u00a0';

/** A name or a text between French quotation marks, cut when long. */
export function quote(words: string): string {
  const signs = [...words];
  return `«${NB}${signs.length > 80 ? `${signs.slice(0, 79).join('')}…` : words}${NB}»`;
}

const megabytes = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.ceil(bytes / 1000)}${NB}ko`
    : `${(Math.round(bytes / 100_000) / 10).toString().replace('.', ',')}${NB}Mo`;

/** What the message of a refusal is made of. */
export interface Facts {
  readonly file: string;
  readonly [key: string]: unknown;
}

/** A fact as text, empty when absent. */
export const text = (facts: Facts, key: string): string => String(facts[key] ?? '');
/** A fact in bytes, as people read it. */
export const size = (facts: Facts, key: string): string => megabytes(Number(facts[key] ?? 0));

export type Catalogue = Readonly<Record<string, (facts: Facts) => string>>;

/** Makes the function that refuses a file with a code of the catalogue; the path is cut down to the file's name. */
export function refuser<C extends Catalogue>(
  catalogue: C,
): (
  code: keyof C & string,
  file: string,
  data?: Readonly<Record<string, unknown>>,
) => { readonly ok: false; readonly refusal: Refusal } {
  return (code, file, data = {}) => {
    const facts: Facts = { ...data, file: file.split(/[/\\]/).at(-1) ?? file };
    const message = catalogue[code];
    if (!message) throw new RangeError(`no such refusal: ${code}`);
    return refuse(code, message(facts), facts);
  };
}

/** How a kind of file is called in the refusals that any file may meet. */
export interface FileWords {
  /** "un relevé bancaire" */
  readonly one: string;
  /** "aucun relevé bancaire" */
  readonly none: string;
  /** what to do when there is no other copy: "saisissez les encaissements à la main" */
  readonly otherwise: string;
}

/** The refusals that any file from outside may meet, whatever is expected of it. */
export const fileRefusals = ({ one, none, otherwise }: FileWords) => ({
  'empty-file': (f: Facts) =>
    `Le fichier ${quote(f.file)} est vide. Vérifiez qu’il a été enregistré en entier, puis déposez-le de nouveau.`,
  'too-large': (f: Facts) =>
    `Le fichier ${quote(f.file)} est trop gros${N}: ${text(f, 'what')} dépasse la limite de ${size(f, 'limit')}. Exportez une période plus courte, ou relevez la limite.`,
  'unsupported-type': (f: Facts) =>
    `Le fichier ${quote(f.file)} n’est pas ${one}${N}: c’est ${text(f, 'found')}. ${text(f, 'advice')}`,
  'xml-doctype': (f: Facts) =>
    `Le XML de ${quote(f.file)} déclare un DOCTYPE, ce qui n’a rien à faire dans ${one} et que Quitus refuse par sécurité. Demandez à l’émetteur un fichier conforme.`,
  'xml-not-well-formed': (f: Facts) =>
    `Le XML de ${quote(f.file)} est mal formé${f.line ? `, ligne ${text(f, 'line')}` : ''}${N}: il ne peut pas être lu. Téléchargez-le de nouveau.`,
  'xml-too-deep': (f: Facts) =>
    `Le XML de ${quote(f.file)} est imbriqué sur plus de ${text(f, 'limit')} niveaux, ce que ne fait ${none}. Quitus le refuse par sécurité${N}: demandez à l’émetteur un fichier conforme.`,
  'xml-too-many-elements': (f: Facts) =>
    `Le XML de ${quote(f.file)} compte plus de ${text(f, 'limit')} éléments là où ${none} n’en a autant. Quitus le refuse par sécurité${N}: demandez à l’émetteur un fichier conforme.`,
  'reading-timeout': (f: Facts) =>
    `La lecture de ${quote(f.file)} a été arrêtée au bout de ${text(f, 'seconds')}${NB}secondes. Le fichier est sans doute abîmé ou malveillant${N}: demandez-en un autre exemplaire, ou ${otherwise}.`,
  'reading-memory': (f: Facts) =>
    `La lecture de ${quote(f.file)} demandait trop de mémoire et a été arrêtée. Découpez le fichier s’il est très gros${N}; sinon demandez-en un autre exemplaire, ou ${otherwise}.`,
  'reading-failed': (f: Facts) =>
    `Quitus n’a pas su lire ${quote(f.file)}${N}: c’est un défaut de Quitus, pas de votre fichier. En attendant, ${otherwise}, et signalez-le si vous pouvez.`,
  'file-not-readable': (f: Facts) => `Le fichier ${quote(f.file)} n’a pas pu être ouvert${N}: ${text(f, 'why')}.`,
});

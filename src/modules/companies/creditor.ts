import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { isSiren } from '#formats/siren.ts';

/** Who claims: the identity that letters carry. Every field but the name may still be unknown. */
export interface Creditor {
  readonly name: string;
  readonly legalForm: string | null;
  readonly shareCapitalCents: bigint | null;
  readonly siren: string | null;
  readonly registryCity: string | null;
  readonly vatNumber: string | null;
  readonly street: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly signatoryName: string | null;
  readonly signatoryRole: string | null;
  readonly logoSha256: string | null;
  readonly signatureSha256: string | null;
}

/** The legal forms that a French creditor can have here, as letters write them. `EI` is the mention that C. com. R526-27 asks of a sole trader. */
export const LEGAL_FORMS = [
  ['EI', 'Entreprise individuelle (EI), micro-entreprise comprise'],
  ['EURL', 'EURL'],
  ['SARL', 'SARL'],
  ['SASU', 'SASU'],
  ['SAS', 'SAS'],
  ['SA', 'SA'],
  ['SNC', 'SNC'],
  ['SCOP', 'SCOP'],
  ['SELARL', 'SELARL'],
  ['SCI', 'SCI'],
  ['Association', 'Association loi de 1901'],
  ['Autre', 'Autre forme'],
] as const;

/** Legal forms with a share capital, which business letters must state (C. com. R123-238). */
export const WITH_CAPITAL: ReadonlySet<string> = new Set(['EURL', 'SARL', 'SASU', 'SAS', 'SA', 'SNC', 'SCOP', 'SELARL', 'SCI']);

const bare = (text: string): string => text.replace(/[\s.]/gu, '');
const optional = z
  .string()
  .trim()
  .max(200, 'Ce texte est trop long (200 caractères au plus).')
  .transform((text) => (text === '' ? null : text))
  .default(null);

/** What the settings page lets the user type. Identifiers are checked by their own checksum, never completed. */
export const CreditorForm = z.object({
  name: z.string().trim().min(1, 'Indiquez le nom de votre entreprise, tel qu’il figure sur vos factures.').max(200),
  legalForm: optional.refine(
    (form) => form === null || LEGAL_FORMS.some(([code]) => code === form),
    'Choisissez une forme de la liste.',
  ),
  shareCapitalCents: z
    .string()
    .trim()
    .default('')
    .transform((text, context) => {
      if (text === '') return null;
      const capital = parseTypedAmount(text);
      if (capital && capital.cents >= 0n) return capital.cents;
      context.addIssue({ code: 'custom', message: 'Écrivez le capital en euros, par exemple 1 000 ou 7 622,45.' });
      return z.NEVER;
    }),
  siren: optional
    .transform((text) => text && bare(text))
    .refine(
      (text) => text === null || isSiren(text),
      'Ce numéro SIREN n’est pas valable : il a neuf chiffres, dont une clé de contrôle. Vérifiez sur votre avis de situation Sirene.',
    ),
  registryCity: optional,
  vatNumber: optional
    .transform((text) => text && bare(text).toUpperCase())
    .refine(
      (text) => text === null || /^[A-Z]{2}[0-9A-Z]{2,13}$/.test(text),
      'Ce numéro de TVA n’a pas la forme attendue (par exemple FR suivi de onze chiffres).',
    ),
  street: optional,
  postcode: optional,
  city: optional,
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'Indiquez le pays par ses deux lettres (FR pour la France).')
    .default('FR'),
  email: optional.refine(
    (text) => text === null || z.email().safeParse(text).success,
    'Cette adresse électronique n’est pas complète.',
  ),
  phone: optional,
  iban: optional
    .transform((text) => text && electronicFormatIBAN(text))
    .refine(
      (text) => text === null || isValidIBAN(text),
      'Cet IBAN n’est pas valable : sa clé de contrôle ne correspond pas. Recopiez-le depuis votre RIB.',
    ),
  bic: optional
    .transform((text) => text && bare(text).toUpperCase())
    .refine((text) => text === null || isValidBIC(text), 'Ce BIC n’est pas valable : il a huit ou onze caractères.'),
  signatoryName: optional,
  signatoryRole: optional,
});

export type CreditorInput = z.output<typeof CreditorForm>;

/** What a formal notice cannot do without, and that this creditor has not given yet: [field, French label]. */
export function missingForLetters(creditor: Creditor): readonly (readonly [keyof Creditor, string])[] {
  const needed = [
    ['street', 'la rue de votre adresse'],
    ['postcode', 'votre code postal'],
    ['city', 'votre ville'],
    ['siren', 'votre numéro SIREN'],
    ['iban', 'votre IBAN, pour être payé'],
    ['signatoryName', 'le nom de la personne qui signe'],
  ] as const;
  return needed.filter(([field]) => !creditor[field]);
}

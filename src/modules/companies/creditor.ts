import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { formatCents, parseTypedAmount } from '#core/kernel/money.ts';
import { isSiren, typedSiren } from '#formats/siren.ts';
import type { Typed } from '#platform/form.ts';
import { addressFields, optionalLine } from '#platform/form-fields.ts';

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

/** The legal forms that most French creditors have, as letters write them. `EI` is the mention that C. com. R526-27 asks of a sole trader. */
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
] as const;

/** In the form's list: any other legal form, then written out by the user. */
export const OTHER_FORM = 'Autre';

/** Legal forms with a share capital, which business letters must state (C. com. R123-238). */
export const WITH_CAPITAL: ReadonlySet<string> = new Set(['EURL', 'SARL', 'SASU', 'SAS', 'SA', 'SNC', 'SCOP', 'SELARL', 'SCI']);

const bare = (text: string): string => text.replace(/[\s.]/gu, '');

const CreditorFields = z.object({
  name: z
    .string('Indiquez le nom de votre entreprise.')
    .trim()
    .min(1, 'Indiquez le nom de votre entreprise, tel qu’il figure sur vos factures.')
    .max(200, 'Ce nom est trop long (200 caractères au plus).'),
  legalForm: optionalLine.refine(
    (form) => form === null || form === OTHER_FORM || LEGAL_FORMS.some(([code]) => code === form),
    'Choisissez une forme de la liste.',
  ),
  legalFormOther: optionalLine,
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
  siren: optionalLine
    .transform((text) => text && typedSiren(text))
    .refine(
      (text) => text === null || isSiren(text),
      'Ce numéro SIREN n’est pas valable\u202f: il a neuf chiffres, dont une clé de contrôle. Vérifiez sur votre avis de situation Sirene.',
    ),
  registryCity: optionalLine,
  vatNumber: optionalLine
    .transform((text) => text && bare(text).toUpperCase())
    .refine(
      (text) => text === null || /^[A-Z]{2}[0-9A-Z]{2,13}$/.test(text),
      'Ce numéro de TVA n’a pas la forme attendue (par exemple FR suivi de onze chiffres).',
    ),
  ...addressFields,
  iban: optionalLine
    .transform((text) => text && electronicFormatIBAN(text))
    .refine(
      (text) => text === null || isValidIBAN(text),
      'Cet IBAN n’est pas valable\u202f: sa clé de contrôle ne correspond pas. Recopiez-le depuis votre RIB.',
    ),
  bic: optionalLine
    .transform((text) => text && bare(text).toUpperCase())
    .refine((text) => text === null || isValidBIC(text), 'Ce BIC n’est pas valable\u202f: il a huit ou onze caractères.'),
  signatoryName: optionalLine,
  signatoryRole: optionalLine,
});

/** What the settings let the user type. Identifiers are checked by their own checksum, never completed. */
export const CreditorForm = CreditorFields.transform(({ legalFormOther, ...fields }, context) => {
  if (fields.legalForm !== OTHER_FORM) return fields;
  if (legalFormOther !== null) return { ...fields, legalForm: legalFormOther };
  context.addIssue({
    code: 'custom',
    path: ['legalFormOther'],
    message: 'Écrivez la forme de votre entreprise, par exemple SCIC.',
  });
  return z.NEVER;
});

export type CreditorInput = z.output<typeof CreditorForm>;

/** What is known of a company, as its forms show it. */
export function typedOf(creditor: Creditor): Typed {
  const { legalForm, shareCapitalCents, logoSha256: _logo, signatureSha256: _signature, ...texts } = creditor;
  const listed = legalForm === null || LEGAL_FORMS.some(([code]) => code === legalForm);
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value ?? ''])),
    legalForm: listed ? (legalForm ?? '') : OTHER_FORM,
    legalFormOther: listed ? '' : legalForm,
    shareCapitalCents: shareCapitalCents === null ? '' : formatCents(shareCapitalCents),
  };
}

/** What a formal notice cannot be written without, and that this creditor has not given yet: the field to complete, and its name in French. */
export function missingForLetters(creditor: Creditor): readonly { readonly field: keyof Creditor; readonly label: string }[] {
  const soleTrader = creditor.legalForm === 'EI';
  const addressed = creditor.street && creditor.city && (creditor.postcode || creditor.country !== 'FR');
  const needs = [
    { field: 'siren', label: 'votre numéro SIREN', known: creditor.siren },
    { field: 'legalForm', label: 'la forme juridique de votre entreprise', known: creditor.legalForm },
    { field: 'street', label: 'votre adresse complète', known: addressed },
    { field: 'signatoryName', label: 'le nom de la personne qui signe', known: soleTrader || creditor.signatoryName },
    { field: 'iban', label: 'l’IBAN du compte où vous êtes payé', known: creditor.iban },
  ] as const;
  return needs.filter(({ known }) => !known).map(({ field, label }) => ({ field, label }));
}

import { z } from 'zod';
import { parseDay } from '#core/kernel/day.ts';
import type { Result } from '#core/kernel/result.ts';
import { type ListSample, OPEN_ITEM_FIELDS, type OpenItemField, type OpenItemMapping } from '#formats/open-items/index.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import type { ImportOptions } from './store.ts';

export const FIELD_WORDS: Readonly<Record<OpenItemField, string>> = {
  number: 'Numéro de facture',
  payable: 'Reste à payer',
  total_gross: 'Montant TTC',
  issue_date: 'Date de facture',
  due_date: 'Échéance',
  'buyer.name': 'Nom du client',
  'buyer.key': 'Code client',
  'buyer.siren': 'SIREN ou SIRET du client',
  total_net: 'Montant HT',
  total_tax: 'TVA',
  prepaid: 'Déjà réglé',
  type_code: 'Type (facture ou avoir)',
  currency: 'Devise',
  external_key: 'Identifiant dans l’autre logiciel',
  order_reference: 'Commande',
  'buyer.vat': 'N° de TVA du client',
  'buyer.email': 'Courriel du client',
  'buyer.street': 'Adresse du client',
  'buyer.postcode': 'Code postal',
  'buyer.city': 'Ville',
  'buyer.country': 'Pays (deux lettres)',
};

/** What most lists hold; the rest is asked apart. */
export const MAIN_FIELDS: readonly OpenItemField[] = [
  'number',
  'payable',
  'total_gross',
  'issue_date',
  'due_date',
  'buyer.name',
  'buyer.key',
  'buyer.siren',
];
export const OTHER_FIELDS: readonly OpenItemField[] = OPEN_ITEM_FIELDS.filter((field) => !MAIN_FIELDS.includes(field));

/** How a column is named in a mapping: by its title where it has one of its own, else by its rank from 1. */
export function columnName(headers: readonly string[], at: number): string | number {
  const title = headers[at]?.trim() ?? '';
  const alone = headers.filter((header) => header.trim().toLowerCase() === title.toLowerCase()).length === 1;
  return title !== '' && alone && !/^\d+$/.test(title) ? title : at + 1;
}

/** The columns chosen in a form, by their rank; a recognised column that was taken away holds nothing. */
function mappingIn(typed: Typed, sample: ListSample): Result<OpenItemMapping> {
  const entries: [OpenItemField, string | number][] = [];
  const taken = new Map<number, OpenItemField>();
  const errors: Record<string, string> = {};
  for (const field of OPEN_ITEM_FIELDS) {
    const rank = Number(typed[field] || 0);
    if (Number.isInteger(rank) && rank >= 1 && rank <= sample.headers.length) {
      const other = taken.get(rank);
      if (other) errors[field] = `Cette colonne sert déjà pour «\u00a0${FIELD_WORDS[other]}\u00a0».`;
      taken.set(rank, field);
      entries.push([field, columnName(sample.headers, rank - 1)]);
    } else if (sample.recognised[field] !== undefined) entries.push([field, 0]);
  }
  if (Object.keys(errors).length > 0) return invalidForm(errors);
  return { ok: true, value: Object.fromEntries(entries) as OpenItemMapping };
}

const OptionsForm = z.object({
  mode: z.enum(['full', 'delta'], 'Dites si la liste est complète.'),
  listedOn: z
    .string()
    .default('')
    .transform((text, context) => {
      if (text === '') return undefined;
      const day = parseDay(text);
      if (!day) context.addIssue({ code: 'custom', message: 'Ce jour n’existe pas.' });
      return day;
    }),
  termDays: z
    .string()
    .trim()
    .regex(/^\d{0,3}$/, 'Indiquez un nombre de jours, par exemple 30.')
    .default('')
    .transform((text) => (text === '' ? undefined : Number(text))),
  debtorKind: z.enum(['business', 'consumer', 'public']).default('business'),
});

/** How a list is to be taken, from a form; `sample`: its columns, when it has any to choose from. Refusal `form.invalid`. */
export function optionsIn(typed: Typed, sample: ListSample | undefined): Result<ImportOptions> {
  const read = parseForm(OptionsForm, typed);
  if (!read.ok) return read;
  const { mode, listedOn, termDays, debtorKind } = read.value;
  const mapping = sample ? mappingIn(typed, sample) : undefined;
  if (mapping && !mapping.ok) return mapping;
  return {
    ok: true,
    value: {
      mode,
      debtorKind,
      ...(listedOn ? { listedOn } : {}),
      ...(termDays === undefined ? {} : { termDays }),
      ...(mapping ? { mapping: mapping.value } : {}),
    },
  };
}

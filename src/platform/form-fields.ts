import { z } from 'zod';

/** A line of text that may be left empty: then null. */
export const optionalLine = z
  .string()
  .trim()
  .max(200, 'Ce texte est trop long (200 caractères au plus).')
  .transform((text) => (text === '' ? null : text))
  .default(null);

/** Where to write to somebody: any of it may still be unknown, the country is France unless said otherwise. */
export const addressFields = {
  street: optionalLine,
  postcode: optionalLine,
  city: optionalLine,
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'Indiquez le pays par ses deux lettres (FR pour la France).')
    .default('FR'),
  email: optionalLine.refine(
    (text) => text === null || z.email().safeParse(text).success,
    'Cette adresse électronique n’est pas complète.',
  ),
  phone: optionalLine,
};

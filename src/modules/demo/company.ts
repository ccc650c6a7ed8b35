import type { Typed } from '#platform/form.ts';

/**
 * The company of the demonstration: nobody's. Its SIREN and those of its debtors start with 99999, its public buyer's with the department
 * 96: neither is in use. The bank code 99999 and the test BIC (0 in its eighth place) belong to no bank, addresses end in .example, and the
 * telephone number lies in the range that France keeps for fiction.
 */
export const DEMO_COMPANY = {
  name: 'Studio Brindille & Sextant',
  legalForm: 'SARL',
  capital: '8 000',
  siren: '999991375',
  registryCity: 'Nantes',
  vatNumber: 'FR41999991375',
  street: '7 passage de la Boussole-Verte',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
  email: 'compta@brindille-sextant.example',
  phone: '06 39 98 04 12',
  iban: 'FR7699999000440002026070480',
  bic: 'QBSXFRP0XXX',
  signatoryName: 'Ysaline Corbrande',
  signatoryRole: 'Gérante',
} as const;

/** The same, as a user would type it in the settings. */
export function companyTyped(): Typed {
  const { capital, ...rest } = DEMO_COMPANY;
  return { ...rest, shareCapitalCents: capital };
}

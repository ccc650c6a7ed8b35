import type { FormalNoticeFacts } from '#core/letters/facts.ts';
import type { Creditor } from './creditor.ts';

/** A creditor as the letters know it. */
export function creditorProfile(creditor: Creditor): FormalNoticeFacts['creditor'] {
  const soleTrader = creditor.legalForm === 'EI';
  return {
    name: creditor.name,
    soleTrader,
    ...(creditor.legalForm && !soleTrader ? { legalForm: creditor.legalForm } : {}),
    ...(creditor.shareCapitalCents === null ? {} : { capital: { cents: creditor.shareCapitalCents, currency: 'EUR' } }),
    ...(creditor.siren ? { siren: creditor.siren } : {}),
    ...(creditor.registryCity ? { register: `RCS ${creditor.registryCity}` } : {}),
    ...(creditor.vatNumber ? { vatNumber: creditor.vatNumber } : {}),
    address: postalAddress(creditor),
    ...(creditor.email ? { email: creditor.email } : {}),
    ...(creditor.phone ? { phone: creditor.phone } : {}),
    ...(creditor.iban ? { iban: creditor.iban } : {}),
    ...(creditor.bic ? { bic: creditor.bic } : {}),
    ...(creditor.signatoryName
      ? { signatory: { name: creditor.signatoryName, ...(creditor.signatoryRole ? { title: creditor.signatoryRole } : {}) } }
      : {}),
  };
}

export function postalAddress(of: {
  street: string | null;
  postcode: string | null;
  city: string | null;
  country: string;
}): FormalNoticeFacts['creditor']['address'] {
  return { lines: of.street ? of.street.split('\n') : [], postcode: of.postcode ?? '', city: of.city ?? '', country: of.country };
}

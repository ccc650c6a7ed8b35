import { frenchAmount } from '../kernel/french.ts';
import type { CreditorProfile, Debtor, PostalAddress } from './facts.ts';
import { fr, frenchSiren, NBSP } from './typography.ts';

/** How the parties present themselves on paper. Mentions of a business letter: C. com. R123-237 and R123-238. */

const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });

/** The lines of an address; the country only when the letter leaves France. */
function addressLines(address: PostalAddress): string[] {
  const country = address.country ?? 'FR';
  const abroad = country !== 'FR' && /^[A-Z]{2}$/.test(country) ? [(COUNTRIES.of(country) ?? country).toUpperCase()] : [];
  return [...address.lines, [address.postcode, address.city].join(' '), ...abroad]
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** « Camille Moreau EI »: a sole trader's name bears the mention. */
export function senderName(creditor: CreditorProfile): string {
  return creditor.soleTrader && !/\b(EI|entrepreneur individuel|entrepreneuse individuelle)\b/i.test(creditor.name)
    ? fr`${creditor.name} EI`
    : creditor.name;
}

export function senderLines(creditor: CreditorProfile): string[] {
  return [
    ...(creditor.tradeName === undefined ? [] : [creditor.tradeName]),
    ...addressLines(creditor.address),
    ...[creditor.phone, creditor.email, creditor.website].filter((text) => text !== undefined),
  ];
}

/** The lines of the window: name, person, address. */
export function recipientLines(debtor: Debtor): string[] {
  // « À l'attention de » suits a person; a department is named as it is (« Service comptabilité »).
  const person = /^(M\.|Mme|Mlle|Me|Dr|Monsieur|Madame|Mademoiselle|Maître|Docteur)(?=\s)/.test(debtor.contact ?? '');
  const contact = debtor.contact === undefined ? [] : [person ? fr`À l'attention de ${debtor.contact}` : debtor.contact];
  return [debtor.name, ...contact, ...addressLines(debtor.address)];
}

/** Name, form and capital, seat, SIREN and register, VAT number: the foot of each page. */
export function letterFooter(creditor: CreditorProfile): string {
  const capital = creditor.capital === undefined ? '' : fr` au capital de ${frenchAmount(creditor.capital)}`;
  const form = creditor.soleTrader ? fr`entrepreneur individuel` : `${creditor.legalForm ?? ''}${capital}`;
  const seat = addressLines(creditor.address).join(', ');
  const siren = creditor.siren === undefined ? '' : fr`SIREN${NBSP}${frenchSiren(creditor.siren)}`;
  const register = [siren, creditor.register ?? ''].filter((part) => part !== '').join(' ');
  const vat = creditor.vatNumber === undefined ? '' : fr`TVA${NBSP}${creditor.vatNumber}`;
  return [[creditor.name, form].filter((part) => part !== '').join(', '), seat, register, vat]
    .filter((part) => part !== '')
    .join(fr` · `);
}

/** SIREN, SIRET and French VAT numbers: checks by their keys alone, no look-up. */

const LA_POSTE = '356000000';
const NBSP = '\u00a0';

const digitsOf = (text: string): string => text.replace(/[\s.\u00a0\u202f]/g, '');

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Nine digits whose Luhn key is right. Blanks and points between the digits are allowed. */
export function isSiren(text: string): boolean {
  const digits = digitsOf(text);
  return /^\d{9}$/.test(digits) && digits !== '000000000' && luhn(digits);
}

/**
 * Fourteen digits: a right SIREN, then an establishment number, with a right Luhn key over the whole. The establishments of
 * La Poste (SIREN 356 000 000) follow another rule, known from the INSEE: the sum of the digits is a multiple of five.
 */
export function isSiret(text: string): boolean {
  const digits = digitsOf(text);
  if (!/^\d{14}$/.test(digits) || !isSiren(digits.slice(0, 9))) return false;
  if (luhn(digits)) return true;
  return digits.startsWith(LA_POSTE) && [...digits].reduce((sum, d) => sum + Number(d), 0) % 5 === 0;
}

/** What people give as their SIREN, bare: its digits, those of the company when they copied a whole right SIRET. */
export function typedSiren(text: string): string {
  const digits = digitsOf(text);
  return isSiret(digits) ? digits.slice(0, 9) : digits;
}

/** The nine digits a French VAT number ends with, when it has the shape FR + 2 characters + 9 digits; null otherwise. The key is not checked. */
export function sirenFromVat(vat: string): string | null {
  return /^FR[0-9A-Z]{2}(\d{9})$/.exec(digitsOf(vat).toUpperCase())?.[1] ?? null;
}

/** True for a French VAT number whose SIREN passes its Luhn key and, when the two characters are digits, whose key is 12 + 3 × (SIREN mod 97) mod 97. */
export function isFrenchVat(vat: string): boolean {
  const siren = sirenFromVat(vat);
  if (siren === null || !isSiren(siren)) return false;
  const key = digitsOf(vat).slice(2, 4);
  return /^\d\d$/.test(key) ? Number(key) === (12 + 3 * (Number(siren) % 97)) % 97 : true;
}

/** "552081317" as people write it in France: "552 081 317", with no-break spaces. A text of another shape comes back as it is. */
export function formatSiren(siren: string): string {
  return /^\d{9}$/.test(siren) ? (siren.match(/\d{3}/g) ?? []).join(NBSP) : siren;
}

/** "55208131766522" as people write it: "552 081 317 66522", with no-break spaces. */
export function formatSiret(siret: string): string {
  return /^\d{14}$/.test(siret) ? `${formatSiren(siret.slice(0, 9))}${NBSP}${siret.slice(9)}` : siret;
}

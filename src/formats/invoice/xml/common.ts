import { sirenFromVat } from '../../siren.ts';
import { toUnits } from '../../text/decimal.ts';
import type { XmlNode } from '../../xml/tree.ts';
import { words } from '../../xml/tree.ts';
import type { ReadParty } from '../invoice.ts';

/** ISO 6523 code of the SIREN in `legal_scheme`, and of the SIRET. */
const SIREN_SCHEME = '0002';
const SIRET_SCHEME = '0009';

/**
 * The SIREN a party's identifiers hold, as written, with where it was taken from. Real files put a 14-digit SIRET under the scheme of the
 * SIREN: its first nine digits are the SIREN. Keys are not checked here: the file says what it says.
 */
export function sirenOf(
  legalId: string | null,
  scheme: string | null,
  vat: string | null,
): Pick<ReadParty, 'siren' | 'siren_source'> {
  const digits = legalId?.replace(/\s/g, '') ?? '';
  if (scheme === SIREN_SCHEME && /^\d{9}$/.test(digits)) return { siren: digits, siren_source: 'legal-id-0002' };
  if (scheme === SIREN_SCHEME && /^\d{14}$/.test(digits)) {
    return { siren: digits.slice(0, 9), siren_source: 'legal-id-0002-holding-a-siret' };
  }
  if (scheme === SIRET_SCHEME && /^\d{14}$/.test(digits)) return { siren: digits.slice(0, 9), siren_source: 'legal-id-0009' };
  const fromVat = vat === null ? null : sirenFromVat(vat);
  return fromVat === null ? { siren: null, siren_source: null } : { siren: fromVat, siren_source: 'vat' };
}

/** Of several amounts in different currencies, the one in the invoice's own; else the first without currency; else the first. */
export function inCurrency(nodes: readonly XmlNode[], currency: string | null): string | null {
  const own = nodes.find((n) => n.attributes.currencyID === currency) ?? nodes.find((n) => !n.attributes.currencyID) ?? nodes[0];
  return words(own);
}

/** gross − prepaid + rounding = payable, exactly; an absent prepaid or rounding is nothing; null when gross or payable is absent or unreadable. */
export function arithmeticOk(
  gross: string | null,
  prepaid: string | null,
  rounding: string | null,
  payable: string | null,
): boolean | null {
  if (gross === null || payable === null) return null;
  const [g, p, r, due] = [gross, prepaid ?? '0', rounding ?? '0', payable].map(toUnits);
  if (g === undefined || p === undefined || r === undefined || due === undefined) return null;
  return g - p + r === due;
}

import { formatAmount, type Money } from '../kernel/money.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';

/** A SEPA credit transfer that a bank's application can fill in by itself. */
export interface EpcTransfer {
  /** who receives: cut to the 70 characters the standard has room for */
  readonly name: string;
  readonly iban: string;
  readonly bic?: string;
  readonly amount: Money;
  /** what comes back on the bank statement: 140 characters at most */
  readonly remittance: string;
}

const NAME_LIMIT = 70;
const REMITTANCE_LIMIT = 140;
const PAYLOAD_LIMIT = 331;
const HIGHEST = 999_999_999_99n;

/** An IBAN in its electronic form: no blanks, capitals. */
export const compactIban = (text: string): string => text.replace(/[\s\u00a0\u202f]/g, '').toUpperCase();

/** Shape and key (ISO 7064, mod 97-10) of an IBAN in electronic form. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  if (text.startsWith('FR') && text.length !== 27) return false;
  const digits = `${text.slice(4)}${text.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

export const isBic = (text: string): boolean => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);

/**
 * The text of an EPC QR code (EPC069-12, version 002, UTF-8): to be drawn with error correction M. Refusals: `epc.iban`, `epc.bic`,
 * `epc.amount` (0,01 to 999 999 999,99 euros), `epc.name`, `epc.remittance`, `epc.size` (331 bytes).
 */
export function epcPayload(transfer: EpcTransfer): Result<string> {
  const iban = compactIban(transfer.iban);
  const bic = compactIban(transfer.bic ?? '');
  const name = oneLine(transfer.name);
  const remittance = oneLine(transfer.remittance);
  const { cents, currency } = transfer.amount;
  if (!isIban(iban)) return refuse('epc.iban', `L’IBAN ${transfer.iban} n’est pas valable\u202f: vérifiez ses chiffres.`);
  if (bic !== '' && !isBic(bic))
    return refuse('epc.bic', `Le BIC ${transfer.bic} n’est pas valable\u202f: il a 8 ou 11 caractères.`);
  if (currency !== 'EUR' || cents < 1n || cents > HIGHEST) {
    return refuse(
      'epc.amount',
      'Le code de virement n’existe que pour un montant en euros, de 0,01\u00a0€ à 999\u202f999\u202f999,99\u00a0€.',
    );
  }
  if (name === '') return refuse('epc.name', 'Le titulaire du compte manque.');
  if ([...remittance].length > REMITTANCE_LIMIT) {
    return refuse('epc.remittance', `La référence du virement dépasse ${REMITTANCE_LIMIT} caractères\u202f: raccourcissez-la.`);
  }
  const holder = [...name].slice(0, NAME_LIMIT).join('').trim();
  const lines = ['BCD', '002', '1', 'SCT', bic, holder, iban, `EUR${formatAmount(transfer.amount)}`, '', '', remittance];
  const payload = lines.join('\n').replace(/\n+$/, '');
  if (new TextEncoder().encode(payload).length > PAYLOAD_LIMIT) {
    return refuse('epc.size', `Le code de virement dépasse ${PAYLOAD_LIMIT} octets\u202f: raccourcissez la référence.`);
  }
  return ok(payload);
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

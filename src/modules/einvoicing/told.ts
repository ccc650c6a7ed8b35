import { createHash } from 'node:crypto';
import { type Day, earlier, parseDay } from '#core/kernel/day.ts';
import { parseAmount } from '#core/kernel/money.ts';
import type { InvoiceStatus } from '#formats/cdar/index.ts';
import { isCreditNote } from '#formats/invoice/index.ts';

/** What a message says of one of our documents, ready to be kept. */
export interface ToldStatus {
  readonly messageId: string;
  readonly documentKind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: Day | null;
  readonly sellerSiren: string | null;
  /** the day it counts for: never later than the day it came in */
  readonly on: Day;
  readonly status: InvoiceStatus;
}

/** SIREN (0002), or the SIREN that a SIRET (0009) starts with; some platforms write a SIRET under the scheme of a SIREN. */
function sirenOf(party: InvoiceStatus['invoice']['issuer']): string | null {
  if (!party?.id || (party.scheme !== '0002' && party.scheme !== '0009')) return null;
  return /^(\d{9})(?:\d{5})?$/.exec(party.id.replace(/\s/g, ''))?.[1] ?? null;
}

const dayOf = (moment: string | null): Day | undefined => (moment === null ? undefined : parseDay(moment.slice(0, 10)));

/** A status read of a message as it is kept. A message without an identifier is known by its content. */
export function toldOf(status: InvoiceStatus, bytes: Uint8Array, today: Day): ToldStatus {
  const on = dayOf(status.statusAt) ?? dayOf(status.issuedAt) ?? today;
  return {
    messageId: status.messageId?.trim() || `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    documentKind: isCreditNote(status.invoice.typeCode) ? 'credit-note' : 'invoice',
    number: status.invoice.number,
    issuedOn: dayOf(status.invoice.issuedOn) ?? null,
    sellerSiren: sirenOf(status.invoice.issuer),
    on: earlier(on, today),
    status,
  };
}

/** The money that a status tells of, in euro cents: paid (211) or cashed (212), all VAT rates together; undefined when it tells of none. */
export function centsTold({ amounts, meaning }: InvoiceStatus): bigint | undefined {
  if (meaning !== 'payment-sent' && meaning !== 'cashed') return undefined;
  const told = amounts.filter(({ currency }) => currency === null || currency === 'EUR');
  if (told.length === 0 || told.length < amounts.length) return undefined;
  let sum = 0n;
  for (const { amount } of told) {
    const read = parseAmount(amount);
    if (!read) return undefined;
    sum += read.cents;
  }
  return sum;
}

/** Why the status was given, a reason a line: the words of the message, or its codes. */
export const reasonOf = ({ reasons }: InvoiceStatus): string =>
  [...new Set(reasons.flatMap(({ text, code }) => text ?? code ?? []))].join('\n');

/** What the message asks the seller to do. */
export const actionOf = ({ reasons }: InvoiceStatus): string =>
  [...new Set(reasons.flatMap(({ action }) => action?.replace(/\.$/, '') ?? []))].join(', ');

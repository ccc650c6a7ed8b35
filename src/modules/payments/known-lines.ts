import { createHash } from 'node:crypto';
import { parseAmount } from '#core/kernel/money.ts';
import type { BatchPayment, Counterparty, StatementEntry } from '#formats/bank/index.ts';
import { fold } from '#formats/text/values.ts';

/** A booked entry of a statement, as the store keeps it: one line, or one for each payment of a batch. */
export interface BookedEntry {
  readonly key: string;
  /** its rank among the entries of its statement that say the same */
  readonly occurrence: number;
  readonly bookedOn: string;
  readonly valueOn: string;
  readonly currency: string;
  readonly cents: bigint;
  readonly iban: string | null;
  readonly reference: string | null;
  readonly bankReference: string | null;
  readonly returnReason: string | null;
  /** name and text, folded to bare words, to compare with what another file says of the same movement */
  readonly words: string;
  readonly lines: readonly (Counterparty & {
    readonly part: number;
    readonly cents: bigint;
    readonly returnReason: string | null;
  })[];
}

/** Cents of an amount of a bank file ("5442.09000"); undefined when it has a fraction of a cent: a currency of three decimals. */
export function centsOf(amount: string): bigint | undefined {
  return parseAmount(amount.replace(/(\.\d\d)0+$/, '$1'))?.cents;
}

/** The entries of a statement that are booked and can be kept; `unusable` counts those without a day or with a fraction of a cent. */
export function bookedEntries(
  entries: readonly StatementEntry[],
  currency: string,
  fallbackDay: string | null,
): { readonly booked: readonly BookedEntry[]; readonly pending: number; readonly unusable: number } {
  const seen = new Map<string, number>();
  const booked: BookedEntry[] = [];
  let [pending, unusable] = [0, 0];
  for (const entry of entries) {
    const on = entry.bookedOn ?? entry.valueOn ?? fallbackDay;
    const cents = centsOf(entry.amount);
    if (entry.status === 'pending') pending += 1;
    else if (on === null || cents === undefined) unusable += 1;
    else if (cents !== 0n) {
      const key = keyOf(entry);
      const occurrence = (seen.get(key) ?? 0) + 1;
      seen.set(key, occurrence);
      booked.push({
        key,
        occurrence,
        bookedOn: on,
        valueOn: entry.valueOn ?? on,
        currency: entry.currency ?? currency,
        cents,
        iban: entry.iban,
        reference: entry.reference,
        bankReference: entry.bankReference,
        returnReason: entry.returnReason,
        words: wordsOf(entry),
        lines: linesOf(entry, cents),
      });
    }
  }
  return { booked, pending, unusable };
}

/** What the bank says of an entry, hashed: the same words of the same day are the same movement. */
function keyOf(entry: StatementEntry): string {
  const said = [
    entry.bookedOn,
    entry.valueOn,
    entry.amount,
    entry.currency,
    entry.name,
    entry.iban,
    entry.text,
    entry.reference,
    entry.bankReference,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** The payments of a batch booking when the bank gives them all, to the cent; else the entry as one line. */
function linesOf(entry: StatementEntry, cents: bigint): BookedEntry['lines'] {
  const parts = entry.payments.map((payment) => ({
    payment,
    cents: payment.amount === null ? undefined : centsOf(payment.amount),
  }));
  const whole = parts.length > 1 && parts.every((part) => part.cents !== undefined && part.cents !== 0n);
  const sum = parts.reduce((total, part) => total + (part.cents ?? 0n), 0n);
  if (!whole || sum !== cents) return [{ ...saidBy(entry, entry.payments[0]), part: 0, cents, returnReason: entry.returnReason }];
  return parts.map(({ payment, cents: of = 0n }, i) => ({
    ...saidBy(entry, payment),
    part: i + 1,
    cents: of,
    returnReason: payment.returnReason ?? entry.returnReason,
  }));
}

/** What a payment says, and what its entry says where it is silent. */
const saidBy = (entry: StatementEntry, payment: BatchPayment | undefined): Counterparty => ({
  name: payment?.name ?? entry.name,
  iban: payment?.iban ?? entry.iban,
  text: payment?.text ?? entry.text,
  reference: payment?.reference ?? entry.reference,
});

export const wordsOf = (of: Pick<Counterparty, 'name' | 'text'>): string =>
  fold(`${of.name ?? ''} ${of.text ?? ''}`)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** An entry that the store holds already. */
export interface KnownEntry {
  readonly key: string;
  readonly occurrence: number;
  readonly bookedOn: string;
  readonly currency: string;
  readonly cents: bigint;
  readonly format: string;
  readonly iban: string | null;
  readonly reference: string | null;
  readonly bankReference: string | null;
  readonly words: string;
}

/**
 * The entries that the store does not hold. What says exactly the same is the same. What is left is compared with what other files said
 * of the same amount on the same day: each of those stands for one entry at most, when nothing contradicts it (docs/adr/0302).
 */
export function unknownEntries(booked: readonly BookedEntry[], known: readonly KnownEntry[], format: string): BookedEntry[] {
  const byKey = new Map(known.map((entry) => [`${entry.key} ${entry.occurrence}`, entry]));
  const claimed = new Set<KnownEntry>();
  const left = booked.filter((entry) => {
    const same = byKey.get(`${entry.key} ${entry.occurrence}`);
    if (same) claimed.add(same);
    return !same;
  });
  const free = Map.groupBy(
    known.filter((entry) => !claimed.has(entry)),
    (entry) => `${entry.bookedOn} ${entry.cents} ${entry.currency}`,
  );
  return left.filter((entry) => {
    const candidates = free.get(`${entry.bookedOn} ${entry.cents} ${entry.currency}`) ?? [];
    const twin = candidates.find((one) => !claimed.has(one) && tellTheSame(entry, one, format));
    if (twin) claimed.add(twin);
    return !twin;
  });
}

/** Words of a transfer that tell nothing of who paid or why. */
const EMPTY = new Set([
  'virement',
  'virt',
  'vrt',
  'sepa',
  'recu',
  'inst',
  'instantane',
  'prlv',
  'prelevement',
  'faveur',
  'from',
  'motif',
  'notprovided',
  'reference',
  'remise',
  'paiement',
  'carte',
  'facture',
]);

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

function tellTheSame(entry: BookedEntry, known: KnownEntry, format: string): boolean {
  if (entry.iban && known.iban && entry.iban !== known.iban) return false;
  const sameFormat = known.format === format;
  if (sameFormat && (differ(entry.bankReference, known.bankReference) || differ(entry.reference, known.reference))) return false;
  const [a, b] = [entry.words, known.words];
  if (a === '' || b === '') return true;
  // One bank, one format: the words are the same, or cut.
  if (sameFormat) return a.startsWith(b) || b.startsWith(a) || a.includes(b) || b.includes(a);
  const words = new Set(a.split(' ').filter((word) => word.length >= 4 && !EMPTY.has(word)));
  return words.size === 0 || b.split(' ').some((word) => words.has(word));
}

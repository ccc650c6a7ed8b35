import { evidence } from './evidence.ts';
import { type Book, byDue, type Item } from './ledger.ts';
import { fillParts, fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import { inPart, partSays } from './quoted-part.ts';

/** What the probable payer owes, and what is proposed where nothing better is known. */

/** how many invoices of a payer are looked at, and how many readings are shown */
export const NEAR = 48;
export const MOST = 4;

export const byTrust = (line: Line): Reading['by'] => (line.payer.trust === 'iban' ? 'payer-iban' : 'payer-name');

/** Whether who pays is sure enough for the amount to decide. */
export const knownPayer = (line: Line): boolean => line.payer.trust === 'iban' || line.payer.trust === 'name';

export const booksOf = (line: Line, world: World): Book[] => line.payer.partyIds.map((id) => world.ledger.bookOf(id));

/** What the probable payers owe on the day of the line, oldest due first, and whether that is all of it. */
export function owedBy(line: Line, world: World): { items: Item[]; whole: boolean } {
  const items = booksOf(line, world).flatMap((book) => book.open(NEAR, line.day, line.source.currency));
  return { items: items.sort(byDue).slice(0, NEAR), whole: items.length < NEAR };
}

/** Nobody is recognised, but few invoices are worth exactly this. */
export function readLoneAmounts(line: Line, world: World): Reading[] {
  const items = world.ledger.worth(line.cents, NEAR, line.day, line.source.currency);
  if (items.length > MOST) return [];
  return items.map((item, rank) => {
    const part = inPart(line, item);
    return {
      kind: 'exact',
      by: 'amount',
      partyId: item.invoice.partyId,
      parts: fullParts([item]),
      surplusCents: 0n,
      shortCents: 0n,
      confidence: (items.length === 1 ? 40 : 28) + (part ? 20 : 0) - rank,
      certain: false,
      evidence: () => [...(part ? [partSays(part)] : []), evidence.exact(line.cents, line.source.currency)],
    };
  });
}

/** The payer owes more than the amount and nothing says what is paid: the oldest first. Only ever proposed. */
export function readOnAccount(line: Line, world: World): Reading[] {
  if (new Set(line.payer.partyIds).size !== 1) return [];
  const items = owedBy(line, world).items.filter((item) => item.left > 0n);
  const partyId = items[0]?.invoice.partyId;
  if (partyId === undefined || totalOf(items) < line.cents) return [];
  const total = totalOf(items);
  return [
    {
      kind: 'on-account',
      by: byTrust(line),
      partyId,
      parts: fillParts(items, line.cents),
      surplusCents: 0n,
      shortCents: total - line.cents,
      confidence: knownPayer(line) ? 36 : 22,
      certain: false,
      evidence: () => [evidence.onAccount(), ...line.payer.evidence],
    },
  ];
}

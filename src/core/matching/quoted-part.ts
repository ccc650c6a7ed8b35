import { evidence } from './evidence.ts';
import type { Item } from './ledger.ts';
import type { Line, World } from './line.ts';
import type { Evidence } from './model.ts';
import { endsField, partOfNumber, quotesInPart } from './numbers.ts';
import { foldText } from './text.ts';

/** Numbers of invoices that the words hold in part: their end, their beginning, or with a slip. */

/** how many invoices of one amount are compared with the words of a line: two years of a weekly bill */
const SAME = 104;

export interface InPart {
  readonly item: Item;
  readonly kind: 'serial' | 'cut' | 'slip';
  readonly read: string;
}

/** How the words hold a part of the number of this invoice; undefined when they do not. */
export function inPart(line: Line, item: Item): InPart | undefined {
  const part = quotesInPart(line.numbers, item.written) ?? strangersNumber(line, item);
  return part && { item, ...part };
}

/** The number of an invoice of somebody else may be the payer's own, with a slip, or cut where the words end. */
function strangersNumber(line: Line, item: Item): Omit<InPart, 'item'> | undefined {
  for (const { whole, read, targets } of line.numbers.found) {
    if (!whole || targets.some((t) => line.payer.partyIds.includes(t.invoice.partyId))) continue;
    const kind = partOfNumber(read, item.written, endsField(line.source.text, read));
    if (kind) return { kind, read };
  }
  return undefined;
}

export const partSays = (part: InPart): Evidence => evidence[part.kind](part.item.invoice.number, part.read);

/** Whether the words hold the end of the number of another invoice that had the same amount, or was settled before. */
export function endsLikeAnother(line: Line, world: World, item: Item): boolean {
  const called = calledSerials(line.source.text);
  if (line.numbers.serials.length === 0 && called.length === 0) return false;
  const book = world.ledger.bookOf(item.invoice.partyId);
  const others = [...book.everWorth(line.cents).slice(0, SAME), ...book.settledBefore().slice(-SAME)];
  return others.some((other) => {
    const { serial } = other.written;
    if (other === item || serial === item.written.serial) return false;
    return called.includes(serial) || (serial.length > 2 && line.numbers.serials.includes(serial));
  });
}

/** « 1 » of « FACTURE 1 », « FAC 001 », « Fact. n° 1 »: one or two digits say nothing unless they are called a number. */
const calledSerials = (text: string): string[] =>
  [...foldText(text).matchAll(/\bF(?:ACTURES?|ACT|AC|CT)\b[\s.:#]*(?:N[O°]?\b[\s.:°]*)?0*([1-9]\d?)(?![\w/.-])/g)].map(
    ([, digits = '']) => digits,
  );

import type { PagePlace } from '../invoice.ts';
import { fold } from '../values.ts';
import type { Identifier } from './identifiers.ts';
import { BUYER_BLOCK, DELIVERY_BLOCK, SELLER_BLOCK } from './labels.ts';
import { type Layout, overlap, placeOf, type Segment } from './layout.ts';

/** An address as printed: a name, then lines down to the postcode and city. */
export interface Block {
  readonly name: Segment;
  readonly lines: readonly Segment[];
  readonly role: 'buyer' | 'seller' | 'delivery' | null;
}

const MAX_LINES = 9;

/** A postcode of four or five digits, then a town in letters. */
const TOWN = /^(?:(?:F|FR|D|DE|B|BE|L|CH|A|AT)-? ?)?(\d{4,5}) +(\p{L}[\p{L}' ’.-]{1,40})/u;

/** Words that are no line of an address: titles, labels with a value, amounts. */
const NOT_A_NAME =
  /^(?:facture|avoir|invoice|rechnung|devis|date|page|n[°º]|tel|fax|siret|siren|tva|iban|echeance|total|note)(?![a-z])/;

const column = (a: Segment, b: Segment): boolean =>
  a.page === b.page && (Math.abs(a.x - b.x) < 8 || (overlap(a, b) && Math.abs(a.x + a.width / 2 - b.x - b.width / 2) < 6));

/** The next words of the same column, upwards or downwards, when they follow at the pitch of a paragraph. */
function neighbour(layout: Layout, from: Segment, step: 1 | -1, pitch: number): Segment | undefined {
  for (let line = from.line + step; line >= 0 && line < layout.lines.length; line += step) {
    const next = (layout.lines[line] ?? []).find((s) => column(s, from));
    const away = next ? Math.abs(next.y - from.y) : Number.POSITIVE_INFINITY;
    if (next) return next.page === from.page && away <= pitch * Math.max(from.height, next.height) ? next : undefined;
    if (layout.lines[line]?.[0]?.page !== from.page) return undefined;
  }
  return undefined;
}

const PITCH = 1.9;

function run(layout: Layout, from: Segment, step: 1 | -1): Segment[] {
  const found: Segment[] = [];
  let next = neighbour(layout, from, step, PITCH);
  while (next && found.length < MAX_LINES && roleOf(next) === null) {
    found.push(next);
    next = neighbour(layout, next, step, PITCH);
  }
  return found;
}

function roleOf(segment: Segment): Block['role'] {
  const folded = fold(segment.text).trim();
  if (BUYER_BLOCK.test(folded)) return 'buyer';
  if (SELLER_BLOCK.test(folded)) return 'seller';
  return DELIVERY_BLOCK.test(folded) ? 'delivery' : null;
}

/** Blocks under, or beside, the words that name a party. */
function labelled(layout: Layout): Block[] {
  return layout.segments.flatMap((segment) => {
    const role = roleOf(segment);
    if (role === null) return [];
    const rest = segment.text.slice(segment.text.indexOf(':') + 1).trim();
    if (segment.text.includes(':') && rest !== '') {
      const named = inner(segment, segment.text.indexOf(rest));
      return [{ name: named, lines: [named, ...run(layout, segment, 1)], role }];
    }
    const name = neighbour(layout, segment, 1, 3.5);
    return name && isName(name) ? [{ name, lines: [name, ...run(layout, name, 1)], role }] : [];
  });
}

/** The part of a segment after a label, as a segment of its own. */
function inner(segment: Segment, from: number): Segment {
  const place = placeOf(segment, from);
  return {
    ...segment,
    text: segment.text.slice(from),
    x: place.x,
    width: place.width,
    runs: [{ ...segment, x: place.x, width: place.width, text: segment.text.slice(from), start: 0 }],
  };
}

const isName = (segment: Segment): boolean => {
  const folded = fold(segment.text).trim();
  return /\p{L}{2}/u.test(segment.text) && !NOT_A_NAME.test(folded) && !/[:@]|www\.|https?/.test(folded) && folded.length < 70;
};

/** Blocks around a line that holds a postcode and a town. */
function around(layout: Layout): Block[] {
  return layout.segments.flatMap((town) => {
    if (!TOWN.test(town.text.trim())) return [];
    const above = run(layout, town, -1).reverse();
    const start = above.findLastIndex((s) => !isName(s)) + 1;
    const lines = [...above.slice(start), town, ...run(layout, town, 1)];
    const [name] = lines;
    const label = name && name !== town ? neighbour(layout, name, -1, 3.5) : undefined;
    return name && name !== town ? [{ name, lines, role: label ? roleOf(label) : null }] : [];
  });
}

/** How much a block looks like the seller's: it gives ways to reach or pay it, or the footer names it again. */
function sellerScore(layout: Layout, block: Block): number {
  const page = layout.pages.find((p) => p.number === block.name.page);
  const name = fold(block.name.text).trim();
  const footer = layout.segments.some((s) => s !== block.name && s.y > (page?.height ?? 0) * 0.8 && fold(s.text).includes(name));
  const holder = layout.segments.some(
    (s) => /titulaire|account holder|kontoinhaber/.test(fold(s.text)) && fold(s.text).includes(name),
  );
  const own = block.lines.some((s) => /siret|siren|tva|rcs|capital|tel|fon|phone|@|www|iban|hrb/.test(fold(s.text)));
  const left = block.name.x < (page?.width ?? 0) * 0.4;
  return (block.role === 'seller' ? 10 : 0) + (footer ? 4 : 0) + (holder ? 4 : 0) + (own ? 2 : 0) + (left ? 1 : 0);
}

/** How much a block looks like the buyer's: named so, or in the window of an envelope. */
function buyerScore(layout: Layout, block: Block): number {
  const page = layout.pages.find((p) => p.number === block.name.page);
  const top = page && block.name.page === 1 && block.name.y < page.height * 0.4;
  const window = page && top && block.name.x > page.width * 0.45;
  return (block.role === 'buyer' ? 10 : 0) + (window ? 3 : 0) + (top ? 1 : 0);
}

export interface Parties {
  readonly seller: Block | undefined;
  readonly buyer: Block | undefined;
}

/** Tells the seller's block from the buyer's, as far as the page tells. Delivery addresses are left out. */
export function findParties(layout: Layout): Parties {
  const blocks: Block[] = [];
  for (const block of [...labelled(layout), ...around(layout)]) {
    if (!blocks.some((b) => b.lines.some((line) => line.line === block.name.line && line.x === block.name.x))) blocks.push(block);
  }
  let best: Parties & { score: number } = { seller: undefined, buyer: undefined, score: 0 };
  const open = blocks.filter((b) => b.role !== 'delivery');
  for (const seller of [undefined, ...open.filter((b) => b.role !== 'buyer')]) {
    for (const buyer of [undefined, ...open.filter((b) => b.role !== 'seller')]) {
      if (seller && seller === buyer) continue;
      const score = (seller ? sellerScore(layout, seller) : 0) + (buyer ? buyerScore(layout, buyer) : 0);
      if (score > best.score) best = { seller, buyer, score };
    }
  }
  return { seller: best.seller, buyer: best.buyer };
}

/** The seller named by the small print: "NETPRESSE, SARL au capital de…", "Titulaire du compte : …", "Nom — SIRET …". */
export function sellerInSmallPrint(layout: Layout): { name: string; place: PagePlace } | undefined {
  for (const segment of layout.segments) {
    const m =
      /(?:titulaire du compte|account holder|kontoinhaber)\s*:\s*(.{2,60})$/iu.exec(segment.text) ??
      /^(.{2,60}?)\s*[,—–-]?\s+(?:S\.?A\.?R\.?L\.?|S\.?A\.?S\.?U?|E\.?U\.?R\.?L\.?|S\.?A\.?)?\s*au capital/u.exec(segment.text) ??
      /^(.{2,60}?)\s*[,—–-]\s*(?:SIRET|SIREN)\b/u.exec(segment.text);
    const name = m?.[1]?.trim();
    if (name) return { name, place: placeOf(segment, segment.text.indexOf(name), segment.text.indexOf(name) + name.length) };
  }
  return undefined;
}

/** Postcode, town and street of a block. */
export function addressOf(block: Block): {
  street: string | null;
  postcode: string | null;
  city: string | null;
  town: Segment | undefined;
} {
  const at = block.lines.findIndex((line) => TOWN.test(line.text.trim()));
  const town = block.lines[at];
  const m = town ? TOWN.exec(town.text.trim()) : null;
  const between = at > 1 ? block.lines.slice(1, at).map((line) => line.text.trim()) : [];
  return { street: between.join(', ') || null, postcode: m?.[1] ?? null, city: m?.[2]?.trim() ?? null, town };
}

/** True when an identifier stands in a block. */
export const inBlock = (block: Block | undefined, id: Identifier): boolean =>
  block?.lines.some((line) => line.line === id.segment.line && Math.abs(line.x - id.segment.x) < 8) ?? false;

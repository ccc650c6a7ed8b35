import { fold } from '../../text/values.ts';
import type { PagePlace } from '../invoice.ts';
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
/** Addresses looked at: those of the first pages. A list of customers has thousands. */
const MAX_BLOCKS = 40;

/** A postcode of four or five digits, then a town in letters. */
const TOWN = /^(?:(?:F|FR|D|DE|B|BE|L|CH|A|AT)-? ?)?(\d{4,5}) +(\p{L}[\p{L}' ’.-]{1,40})/u;

/** Words that are no line of an address: titles, labels with a value, amounts. */
const NOT_A_NAME =
  /^(?:facture|avoir|invoice|rechnung|devis|date|page|n[°º]|tel|fax|siret|siren|tva|iban|echeance|total|note|nummer|ust|gln|code|conditions)(?![a-z])/;

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
      return isName(named) ? [{ name: named, lines: [named, ...run(layout, segment, 1)], role }] : [];
    }
    const next = neighbour(layout, segment, 1, 3.5);
    const lines = next ? [next, ...run(layout, next, 1)] : [];
    const at = lines.findIndex(isName);
    const name = lines[at];
    return name && at <= 2 ? [{ name, lines: lines.slice(at), role }] : [];
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

/** Lines of an address that cannot be its name: numbers, streets, contacts. */
const STREET =
  /^\d+[ ,]*(?:bis|ter)?[ ,]*(?:rue|avenue|av|boulevard|bd|place|chemin|route|allee|impasse|quai|cours|zone|za|zi)(?![a-z])|str(?:\.|asse|aße) ?\d/;
const CONTACT =
  /^(?:contact|service|attn|z\.? ?hd|gln|herrn?|frau|monsieur|madame|m\.|mme)(?![a-z])(?: ?:|$|.*(?:contact|comptab))/;

const isName = (segment: Segment): boolean => {
  const folded = fold(segment.text).trim();
  if (!/\p{L}{2}/u.test(segment.text) || folded.length >= 70) return false;
  if (NOT_A_NAME.test(folded) || STREET.test(folded) || CONTACT.test(folded) || /^contact /.test(folded)) return false;
  return !/[:@]|www\.|https?|^[\d .,()-]+(?:\(gln\))?$/.test(folded);
};

/** A letterhead in one line: "Nom - 12 rue des Lilas - 75011 Paris". */
const LETTERHEAD = /^([^:●•·|]{2,60}?) +[-–—●•·|,] +[^:]*?[-–—●•·|,] *(?:[A-Z]{1,2}-? ?)?\d{4,5} +\p{L}/u;

/** A line above an address that is no part of it: a labelled value, a title, the sender's line in a window. Whom to speak to is part of it. */
const endsAddress = (segment: Segment): boolean => {
  const folded = fold(segment.text).trim();
  if (/^(?:contact|a l'attention|attn|attention|z\.? ?hd)(?![a-z])/.test(folded)) return false;
  if (LETTERHEAD.test(segment.text)) return true;
  return NOT_A_NAME.test(folded) || /[:@]|www\.|https?/.test(folded);
};

/** Blocks around a line that holds a postcode and a town. */
function around(layout: Layout): Block[] {
  return layout.segments.flatMap((town) => {
    if (!TOWN.test(town.text.trim())) return [];
    const above = run(layout, town, -1).reverse();
    const lines = above.slice(above.findLastIndex(endsAddress) + 1);
    const at = lines.findIndex(isName);
    const name = lines[at];
    if (!name) return [];
    const label = lines[0] ? neighbour(layout, lines[0], -1, 3.5) : undefined;
    return [{ name, lines: [...lines.slice(at), town, ...run(layout, town, 1)], role: label ? roleOf(label) : null }];
  });
}

/** How far below a block, in points, its numbers may still stand in a table of their own. */
const BELOW_BLOCK = 110;

/** A block and what stands in its column just below it. */
const columnOf = (layout: Layout, { name, lines }: Block): Segment[] => {
  const end = (lines.at(-1)?.y ?? name.y) + BELOW_BLOCK;
  return layout.segments.filter((s) => s.page === name.page && Math.abs(s.x - name.x) < 8 && s.y >= name.y && s.y < end);
};

/** How much a block looks like the seller's: it gives ways to reach or pay it, or the footer names it again. */
function sellerScore(layout: Layout, block: Block): number {
  const page = layout.pages.find((p) => p.number === block.name.page);
  const name = fold(block.name.text).trim();
  const footer = layout.segments.some((s) => s !== block.name && s.y > (page?.height ?? 0) * 0.8 && fold(s.text).includes(name));
  const holder = layout.segments.some(
    (s) => /titulaire|account holder|kontoinhaber/.test(fold(s.text)) && fold(s.text).includes(name),
  );
  const says = (where: readonly Segment[], words: RegExp): boolean => where.some((s) => words.test(fold(s.text)));
  // A bank account below an address is its owner's; a contact below the buyer's address may be the seller's.
  const clues =
    (says(columnOf(layout, block), /iban|(?:^| )bic /) ? 3 : 0) +
    (says(block.lines, /(?:^| )(?:tel|fon|phone|fax)|@|www\./) ? 3 : 0) +
    (says(block.lines, /siret|siren|tva|rcs|capital|hrb|kvk|btw/) ? 1 : 0);
  const left = block.name.x < (page?.width ?? 0) * 0.4;
  return (block.role === 'seller' ? 10 : 0) + (footer ? 4 : 0) + (holder ? 4 : 0) + clues + (left ? 1 : 0);
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
  const open = blocks.filter((b) => b.role !== 'delivery').slice(0, MAX_BLOCKS);
  const scored = open.map((block) => ({
    block,
    asSeller: block.role === 'buyer' ? 0 : sellerScore(layout, block),
    asBuyer: block.role === 'seller' ? 0 : buyerScore(layout, block),
  }));
  let best: Parties & { score: number } = { seller: undefined, buyer: undefined, score: 0 };
  const keep = (seller: Block | undefined, buyer: Block | undefined, score: number): void => {
    if (score > best.score) best = { seller, buyer, score };
  };
  for (const s of scored) {
    // A lone address that nothing tells apart is whom the invoice is sent to.
    if (s.asBuyer > 0) keep(undefined, s.block, s.asBuyer);
    if (s.asSeller > 0) keep(s.block, undefined, s.asSeller);
    for (const b of scored) if (b !== s && s.asSeller > 0 && b.asBuyer > 0) keep(s.block, b.block, s.asSeller + b.asBuyer);
  }
  return { seller: best.seller, buyer: best.buyer };
}

const SMALL_PRINT: readonly RegExp[] = [
  /^([^:]{2,60}?)\s*[,—–-]?\s+(?:S\.?A\.?R\.?L\.?|S\.?A\.?S\.?U?|E\.?U\.?R\.?L\.?|S\.?A\.?)?\s*au capital/u,
  /^([^:]{2,60}?)\s*[,—–-]\s*(?:SIRET|SIREN)\b/u,
  /(?:titulaire du compte|account holder|kontoinhaber)\s*:\s*(.{2,60})$/iu,
];

/** The seller named by the letterhead, or by the small print: "Nom, SARL au capital de…", "Nom — SIRET …", "Titulaire du compte : …". */
export function sellerInSmallPrint(layout: Layout): { name: string; place: PagePlace } | undefined {
  for (const line of layout.lines) {
    const [start] = line;
    const name = LETTERHEAD.exec(line.map((s) => s.text.trim()).join(' '))?.[1]?.trim();
    const at = name && start ? start.text.indexOf(name) : -1;
    if (start && name && at >= 0) return { name, place: placeOf(start, at, at + name.length) };
  }
  for (const pattern of SMALL_PRINT) {
    for (const segment of layout.segments) {
      const name = pattern.exec(segment.text)?.[1]?.trim();
      if (!name) continue;
      const at = segment.text.indexOf(name);
      return { name, place: placeOf(segment, at, at + name.length) };
    }
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

/** True when an identifier stands under a block, in its column. */
export function underBlock(block: Block | undefined, { segment }: Identifier): boolean {
  const last = block?.lines.at(-1);
  if (!block || !last || segment.page !== last.page) return false;
  const below = segment.y - (last.y + last.height);
  return below > -1 && below < BELOW_BLOCK && segment.x > block.name.x - 15 && segment.x < block.name.x + 60;
}

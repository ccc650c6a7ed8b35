import { dayOrderOf, findAmounts, findDates, fold } from '../../text/values.ts';
import { isCreditNote } from '../credit-note.ts';
import type { InvoiceReading, PagePlace, ReadParty } from '../invoice.ts';
import { type Candidate, findLabelled, type Parser } from './candidates.ts';
import { findIdentifiers, type Identifier } from './identifiers.ts';
import * as labels from './labels.ts';
import { type Layout, layOut, type Page, placeOf } from './layout.ts';
import { addressOf, type Block, findParties, inBlock, sellerInSmallPrint, underBlock } from './parties.ts';
import { proposeTotals } from './totals.ts';

type Places = Record<string, PagePlace>;

/** A number found by a vague label ("N°") must be long enough not to be a line's rank. */
const SURE = 0.65;
const GUESSED_LENGTH = 4;

const absolute = (amount: string): string => amount.replace(/^-/, '');

/** A reference: letters, digits and joints, at least one digit, and no date. */
const REFERENCE: Parser = {
  glue: 8,
  find(text, original) {
    const m = /^[\s:.#°º*()=-]*((?:[a-z]{1,4} )?[a-z0-9]+(?: ?[./_-] ?[a-z0-9]+)*)/.exec(text);
    const token = m?.[1];
    if (!m || !token || !/\d/.test(token) || token.length > 40) return [];
    const start = m[0].length - token.length;
    if (findDates(token).some((d) => d.start === 0)) return [];
    return [{ value: original.slice(start, start + token.length), start, end: start + token.length }];
  },
};

const dates = (layout: Layout): Parser => {
  const order = dayOrderOf(layout.segments.map((s) => s.text));
  return { glue: 12, find: (text) => findDates(text, order) };
};

const AMOUNTS: Parser = {
  glue: 24,
  find: (text) => findAmounts(text).filter((a) => a.sure || /^[\s:]*-?[\d ]+$/.test(text)),
};

/** The invoice's own kind, from what a line near the top calls it. */
function typeCode(layout: Layout): { code: string; place: PagePlace } | undefined {
  for (const [pattern, code] of labels.TITLES) {
    const title = layout.segments.find(
      (s) => s.page === layout.pages[0]?.number && s.text.length < 60 && pattern.test(fold(s.text).trim()),
    );
    if (title) return { code, place: placeOf(title) };
  }
  return undefined;
}

/** The only date of the first page's upper half, when nothing calls any date the invoice's. */
function loneDate(layout: Layout): { value: string; place: PagePlace } | undefined {
  const page = layout.pages[0];
  const order = dayOrderOf(layout.segments.map((s) => s.text));
  const found = layout.segments
    .filter((s) => page && s.page === page.number && s.y < page.height / 2)
    .flatMap((s) => findDates(s.text, order).map((d) => ({ value: d.value, place: placeOf(s, d.start, d.end) })));
  return new Set(found.map((d) => d.value)).size === 1 ? found[0] : undefined;
}

/** Sentences that say when to pay, the small print on late payment left out. */
function paymentTerms(layout: Layout): { text: string; place: PagePlace }[] {
  const terms =
    /^(?:(?:conditions|modalites|delai) (?:de |du )?(?:paiement|reglement) ?: ?)?(?:paiement|reglement|payable|remboursement|acompte payable|payment terms?|net \d+ days|zahlbar|zahlungsbedingungen)(?![a-z])/;
  const when = /jours|reception|comptant|fin de mois|days|receipt|tage|sofort/;
  return layout.segments
    .filter(
      (s) =>
        terms.test(fold(s.text).trim()) &&
        when.test(fold(s.text)) &&
        s.text.length < 120 &&
        !/penalit|retard|escompte/.test(fold(s.text)),
    )
    .map((s) => ({ text: s.text.trim(), place: placeOf(s) }));
}

function party(
  block: Block | undefined,
  ids: readonly Identifier[],
  path: string,
  places: Places,
  fallback?: { name: string; place: PagePlace },
): ReadParty | null {
  const main = ids.find((id) => id.kind === 'siret' || id.kind === 'siren') ?? ids.find((id) => id.value.startsWith('FR'));
  const sirenOf = (id: Identifier): string => (id.kind === 'vat' ? id.value.slice(4) : id.value.slice(0, 9));
  const same = (kind: Identifier['kind']): Identifier | undefined =>
    ids.find((id) => id.kind === kind && main !== undefined && sirenOf(id) === sirenOf(main));
  const legal = same('siret') ?? same('siren');
  const vat = same('vat') ?? ids.find((id) => id.kind === 'vat' && !id.value.startsWith('FR'));
  if (!block && !fallback && ids.length === 0) return null;
  const address = block ? addressOf(block) : { street: null, postcode: null, city: null, town: undefined };
  const put = (field: string, place: PagePlace | undefined): void => {
    if (place) places[`${path}.${field}`] = place;
  };
  put('name', block ? placeOf(block.name) : fallback?.place);
  put('vat', vat?.place);
  put('legal_id', legal?.place);
  put('siren', (legal ?? main)?.place);
  if (address.town) for (const field of ['postcode', 'city']) put(field, placeOf(address.town));
  return {
    name: block?.name.text.trim() ?? fallback?.name ?? null,
    vat: vat?.value ?? null,
    tax_number: null,
    legal_id: legal?.value ?? null,
    legal_scheme: legal === undefined ? null : legal.kind === 'siret' ? '0009' : '0002',
    siren: main ? sirenOf(main) : null,
    siren_source: (legal ?? main)?.kind ?? null,
    street: address.street,
    postcode: address.postcode,
    city: address.city,
    country: null,
  };
}

/** The letterhead and the footer of a page: its upper and lower margins. */
function inMargin(layout: Layout, { segment }: Identifier): boolean {
  const height = layout.pages.find((page) => page.number === segment.page)?.height ?? 0;
  return segment.y < height * 0.1 || segment.y > height * 0.85;
}

/**
 * Numbers that stand in a party's block are its own, then those just below it in its column; numbers said to be the reader's own are the
 * buyer's. What is left is the seller's, letterhead and footer first.
 */
function shareOut(
  layout: Layout,
  ids: readonly Identifier[],
  seller: Block | undefined,
  buyer: Block | undefined,
): { ofSeller: Identifier[]; ofBuyer: Identifier[] } {
  const within = (block: Block | undefined): Identifier[] => [
    ...ids.filter((id) => inBlock(block, id)),
    ...ids.filter((id) => underBlock(block, id)),
  ];
  const [nearSeller, nearBuyer] = [within(seller), within(buyer)];
  const ofBuyer = [...new Set([...ids.filter((id) => id.ofBuyer), ...nearBuyer.filter((id) => !nearSeller.includes(id))])];
  const taken = new Set(ofBuyer.map((id) => id.value));
  const left = ids.filter((id) => !taken.has(id.value)).reverse();
  const margin = left.filter((id) => inMargin(layout, id));
  return { ofSeller: [...new Set([...nearSeller.filter((id) => !taken.has(id.value)), ...margin, ...left])], ofBuyer };
}

/** What the words of a PDF say of an invoice: proposals with their places, for the user to confirm. What nothing tells is null. */
export function proposeFromWords(pages: readonly Page[]): InvoiceReading {
  const layout = layOut(pages);
  const places: Places = {};
  const take = (field: string, candidate: Pick<Candidate, 'value' | 'place'> | undefined): string | null => {
    if (candidate) places[field] = candidate.place;
    return candidate?.value ?? null;
  };
  const best = (list: readonly labels.Label[], parser: Parser): Candidate | undefined => findLabelled(layout, list, parser)[0];
  const day = dates(layout);
  const preceding = findLabelled(layout, labels.PRECEDING, REFERENCE);
  const number = findLabelled(layout, labels.NUMBER, REFERENCE).find(
    (c) => !preceding.some((p) => p.segment === c.segment) && (c.score > SURE || c.value.length >= GUESSED_LENGTH),
  );
  const title = typeCode(layout);
  if (title) places.type_code = title.place;
  const due = best(labels.DUE_DATE, day);
  const issue = findLabelled(layout, labels.ISSUE_DATE, day)[0] ?? (due ? undefined : loneDate(layout));
  const totals = proposeTotals(layout, AMOUNTS);
  for (const [field, candidate] of Object.entries(totals.found)) if (candidate) places[field] = candidate.place;
  // A credit note often prints its amounts with a minus: its type already says which way they go.
  const credit = isCreditNote(title?.code ?? null);
  const value = (field: keyof typeof totals.found): string | null => {
    const found = totals.found[field]?.value ?? null;
    return found !== null && (credit || field === 'prepaid') ? absolute(found) : found;
  };
  const ids = findIdentifiers(layout);
  const { seller, buyer } = findParties(layout);
  const shared = shareOut(
    layout,
    ids.filter((id) => id.kind !== 'iban' && id.kind !== 'bic'),
    seller,
    buyer,
  );
  const banks = (kind: 'iban' | 'bic'): string[] => [...new Set(ids.filter((id) => id.kind === kind).map((id) => id.value))];
  for (const kind of ['iban', 'bic'] as const) {
    const found = ids.find((id) => id.kind === kind);
    if (found) places[kind] = found.place;
  }
  const terms = paymentTerms(layout);
  if (terms[0]) places.payment_terms = terms[0].place;
  return {
    format: 'pdf-text',
    container: 'pdf',
    guideline: null,
    number: take('number', number),
    type_code: title?.code ?? null,
    issue_date: take('issue_date', issue),
    due_date: take('due_date', due),
    all_due_dates: due ? [due.value] : [],
    currency: totals.currency,
    seller: party(seller, shared.ofSeller, 'seller', places, seller ? undefined : sellerInSmallPrint(layout)),
    buyer: party(buyer, shared.ofBuyer, 'buyer', places),
    buyer_reference: null,
    order_reference: take('order_reference', best(labels.ORDER_REFERENCE, REFERENCE)),
    preceding_invoices: [...new Set(preceding.map((c) => c.value))],
    total_lines: null,
    total_net: value('total_net'),
    total_tax: value('total_tax'),
    total_gross: value('total_gross'),
    prepaid: value('prepaid'),
    rounding: null,
    payable: value('payable'),
    iban: banks('iban'),
    bic: banks('bic'),
    remittance: null,
    payment_terms: terms.map((t) => t.text),
    notes: [],
    line_count: null,
    arithmetic_ok: null,
    places,
    ...(layout.segments.length === 0 ? { no_text: true as const } : {}),
  };
}

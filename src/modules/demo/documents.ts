import { addDays, type Day } from '#core/kernel/day.ts';
import { parseAmount, scaleCents } from '#core/kernel/money.ts';
import { parseDecimal, parsePercent, type Ratio } from '#core/kernel/ratio.ts';
import { storyDay } from './calendar.ts';
import { STORY } from './story.ts';
import type { StoryDebtor, StoryDocument, StoryLine } from './story-model.ts';

/** An invoice or a credit note of the demonstration, dated and counted. Cents; those of a credit note are what it takes off. */
export interface DemoDocument {
  readonly caseKey: string;
  readonly story: StoryDocument;
  readonly debtor: StoryDebtor;
  readonly number: string;
  readonly fileName: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly lines: readonly DemoLine[];
  readonly vat: readonly VatLine[];
  readonly netCents: bigint;
  readonly taxCents: bigint;
  readonly grossCents: bigint;
  /** of a credit note: the invoice it reduces */
  readonly credited?: { readonly number: string; readonly issuedOn: Day };
}

export interface DemoLine {
  readonly story: StoryLine;
  readonly priceCents: bigint;
  readonly rate: VatRate;
  readonly netCents: bigint;
}

export type VatRate = '20.00' | '5.50' | '0.00';

/** What is taxed at one rate. Category (UNTDID 5305): S taxed, AE the buyer owes the tax. */
export interface VatLine {
  readonly rate: VatRate;
  readonly category: 'S' | 'AE';
  readonly basisCents: bigint;
  readonly taxCents: bigint;
}

/**
 * Every document of the story, in the order in which the company issued them: the numbers of a month follow each other, invoices
 * (F) and credit notes (A) apart.
 */
export function demoDocuments(today: Day): readonly DemoDocument[] {
  const all = STORY.flatMap((of) => of.documents.map((story) => ({ of, story, issuedOn: storyDay(today, story.issued) })));
  all.sort((a, b) => Temporal.PlainDate.compare(a.issuedOn, b.issuedOn));
  const series = new Map<string, number>();
  const numbers = new Map<StoryDocument, { number: string; issuedOn: Day }>();
  for (const { story, issuedOn } of all) {
    const month = `${String(issuedOn.year).slice(2)}${String(issuedOn.month).padStart(2, '0')}`;
    const name = `${story.kind === 'invoice' ? 'F' : 'A'}${month}`;
    const rank = (series.get(name) ?? 0) + 1;
    series.set(name, rank);
    numbers.set(story, { number: `${name}-${String(rank).padStart(2, '0')}`, issuedOn });
  }
  return all.map(({ of, story, issuedOn }) => {
    const number = numbers.get(story)?.number ?? '';
    const reduced = of.documents.find((d) => d.kind === 'invoice' && d.key === story.credits);
    const credited = reduced && numbers.get(reduced);
    return {
      caseKey: of.key,
      story,
      debtor: of.debtor,
      number,
      fileName: `${story.kind === 'invoice' ? 'facture' : 'avoir'}-${number}.pdf`,
      issuedOn,
      dueOn: addDays(issuedOn, story.terms),
      ...count(story.lines),
      ...(credited ? { credited } : {}),
    };
  });
}

function count(story: readonly StoryLine[]): Pick<DemoDocument, 'lines' | 'vat' | 'netCents' | 'taxCents' | 'grossCents'> {
  const lines = story.map((line): DemoLine => {
    const priceCents = must(parseAmount(line.price), line.price).cents;
    const quantity = must(parseDecimal(line.quantity), line.quantity);
    return { story: line, priceCents, rate: line.vat ?? '20.00', netCents: scaleCents(priceCents, quantity, 'half-up') };
  });
  const vat = [...Map.groupBy(lines, (line) => line.rate)].map(([rate, taxed]): VatLine => {
    const basisCents = sum(taxed.map((line) => line.netCents));
    const ratio: Ratio = must(parsePercent(rate), rate);
    return { rate, category: rate === '0.00' ? 'AE' : 'S', basisCents, taxCents: scaleCents(basisCents, ratio, 'half-up') };
  });
  const netCents = sum(vat.map((v) => v.basisCents));
  const taxCents = sum(vat.map((v) => v.taxCents));
  return { lines, vat, netCents, taxCents, grossCents: netCents + taxCents };
}

const sum = (cents: readonly bigint[]): bigint => cents.reduce((total, c) => total + c, 0n);

function must<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new RangeError(`not a number of the story: ${text}`);
  return value;
}

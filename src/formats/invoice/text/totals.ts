import { type Candidate, findLabelled, type Parser } from './candidates.ts';
import * as labels from './labels.ts';
import type { Layout } from './layout.ts';

export interface Totals {
  readonly found: {
    readonly total_net: Candidate | undefined;
    readonly total_tax: Candidate | undefined;
    readonly total_gross: Candidate | undefined;
    readonly prepaid: Candidate | undefined;
    readonly payable: Candidate | undefined;
  };
  readonly currency: string | null;
}

/** How many candidates of each total are tried together. */
const TRIED = 8;

/** Hundredths of an amount with at most two decimals. */
function cents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return amount.startsWith('-') ? -units : units;
}

/** At equal scores the last of the document wins: totals stand at the end, and are repeated from page to page. */
function lastFirst(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => b.score - a.score || b.segment.line - a.segment.line);
}

/** Net, tax and gross that add up, whose labels are the surest; undefined when no three do. */
function addingUp(
  net: readonly Candidate[],
  tax: readonly Candidate[],
  gross: readonly Candidate[],
): readonly [Candidate, Candidate, Candidate] | undefined {
  let best: readonly [Candidate, Candidate, Candidate] | undefined;
  let surest = 0;
  for (const n of net.slice(0, TRIED)) {
    for (const t of tax.slice(0, TRIED)) {
      for (const g of gross.slice(0, TRIED)) {
        const score = n.score + t.score + g.score;
        if (score > surest && cents(n.value) + cents(t.value) === cents(g.value)) {
          best = [n, t, g];
          surest = score;
        }
      }
    }
  }
  return best;
}

/** The currency most amounts are written with. */
function commonest(candidates: readonly Candidate[]): string | null {
  const counts = new Map<string, number>();
  for (const { currency } of candidates) if (currency) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The one currency the pages name, when no total carries it. */
function onlyCurrency(layout: Layout): string | null {
  const named = new Set<string>();
  for (const { text } of layout.segments) {
    if (/€|\b(?:EUR|euros?)\b/i.test(text)) named.add('EUR');
    for (const code of text.match(/\b(?:USD|GBP|CHF)\b/g) ?? []) named.add(code);
  }
  const [only] = named;
  return named.size === 1 ? (only ?? null) : null;
}

/** The totals of the page. Three that add up are preferred to the three surest; what is to be paid is the gross when nothing was paid before. */
export function proposeTotals(layout: Layout, amounts: Parser): Totals {
  const of = (list: readonly labels.Label[]): Candidate[] => lastFirst(findLabelled(layout, list, amounts));
  const [net, tax, gross, payables, prepaids] = [
    of(labels.TOTAL_NET),
    of(labels.TOTAL_TAX),
    of(labels.TOTAL_GROSS),
    of(labels.PAYABLE),
    of(labels.PREPAID),
  ];
  const [prepaid] = prepaids;
  const summed = addingUp(net, tax, gross) ?? (prepaid ? undefined : addingUp(net, tax, payables));
  const [total_net, total_tax] = summed ?? [net[0], tax[0]];
  const total_gross = summed?.[2] ?? gross[0] ?? (prepaid ? undefined : payables[0]);
  const payable = payables[0] ?? (prepaid ? undefined : total_gross);
  return {
    found: { total_net, total_tax, total_gross, prepaid, payable },
    currency: commonest([...net, ...tax, ...gross, ...payables]) ?? onlyCurrency(layout),
  };
}

import type { EpochDay } from '../kernel/epoch-day.ts';
import { type Curve, givenUnpaid, paidBy } from './curve.ts';
import type { Sample } from './models.ts';
import { normalQuantile } from './normal-law.ts';
import { randomFrom } from './random.ts';

/** An open invoice and its curve, already conditional on being unpaid today. */
export interface OpenInvoice {
  readonly customer: string;
  readonly cents: bigint;
  /** the day its curve starts from */
  readonly knownOn: EpochDay;
  readonly curve: Curve;
}

/** Cash of one period: the mean, and the band that holds it eight times in ten. Cents. */
export interface CashBand {
  /** the first day, included, and the last */
  readonly from: EpochDay;
  readonly to: EpochDay;
  readonly mean: bigint;
  readonly p10: bigint;
  readonly p50: bigint;
  readonly p90: bigint;
}

export interface CashOptions {
  /** the share of the uncertainty that the invoices of one customer have in common, 0 to 1 */
  readonly common: number;
  readonly draws: number;
  readonly seed: number;
}

export const CASH_DRAWS = 1000;

/** The open invoice as seen on the morning of `asOf`: nothing was paid on the days before. */
export const stillOpen = (invoice: OpenInvoice, asOf: EpochDay): OpenInvoice => ({
  ...invoice,
  curve: givenUnpaid(invoice.curve, asOf - 1 - invoice.knownOn),
});

/** The cash of periods that follow each other, and of all of them together. */
export interface CashOutlook {
  readonly bands: readonly CashBand[];
  readonly total: CashBand;
}

/**
 * What a portfolio still unpaid (`stillOpen`) brings in, period after period, from the morning of `asOf`; `lasts` are the last days of the periods. The mean is
 * exact; the band is drawn: each invoice by its own curve, with a part of the chance common to the invoices of a customer (Gaussian
 * copula), for who pays one invoice late pays the others late.
 */
export function cashOutlook(
  invoices: readonly OpenInvoice[],
  asOf: EpochDay,
  lasts: readonly EpochDay[],
  options: CashOptions,
): CashOutlook {
  const periods = lasts.length;
  const chances = new Float64Array(invoices.length * periods);
  invoices.forEach((invoice, i) => {
    for (const [k, last] of lasts.entries()) chances[i * periods + k] = paidBy(invoice.curve, last - invoice.knownOn);
  });
  const euros = Float64Array.from(invoices, eurosOf);
  const drawn = drawTotals(invoices, chances, periods, options);
  const means = new Float64Array(periods);
  for (let i = 0; i < invoices.length; i += 1)
    for (let k = 0, before = 0; k < periods; k += 1) {
      const chance = chances[i * periods + k] as number;
      means[k] = (means[k] as number) + (chance - before) * (euros[i] as number);
      before = chance;
    }
  const band = (from: EpochDay, to: EpochDay, mean: number, draws: Float64Array): CashBand => {
    const sorted = draws.sort();
    const at = (p: number): bigint => cents(sorted[Math.round(p * (sorted.length - 1))] ?? 0);
    return { from, to, mean: cents(mean), p10: at(0.1), p50: at(0.5), p90: at(0.9) };
  };
  const all = new Float64Array(options.draws).map((_, d) => drawn.reduce((sum, period) => sum + (period[d] as number), 0));
  const mean = means.reduce((sum, m) => sum + m, 0);
  return {
    total: band(asOf, lasts.at(-1) ?? asOf - 1, mean, all),
    bands: lasts.map((last, k) => band((lasts[k - 1] ?? asOf - 1) + 1, last, means[k] as number, drawn[k] as Float64Array)),
  };
}

/** The same of invoices whose curves know nothing yet of their being unpaid on that morning. */
export const cashBands = (
  open: readonly OpenInvoice[],
  asOf: EpochDay,
  lasts: readonly EpochDay[],
  options: CashOptions,
): readonly CashBand[] =>
  cashOutlook(
    open.map((invoice) => stillOpen(invoice, asOf)),
    asOf,
    lasts,
    options,
  ).bands;

const eurosOf = (invoice: OpenInvoice): number => Number(invoice.cents) / 100;
const cents = (euros: number): bigint => BigInt(Math.round(euros * 100));

/** Standard normals at even ranks: one of them at random is a normal draw, ten times faster than making one. */
const NORMALS = 65_536;
let normals: Float64Array | undefined;
const normalTable = (): Float64Array => {
  normals ??= Float64Array.from({ length: NORMALS }, (_, i) => normalQuantile((i + 0.5) / NORMALS));
  return normals;
};

/** The money of each period in each draw. One number decides when an invoice is paid, so that no draw pays it twice. */
function drawTotals(
  invoices: readonly OpenInvoice[],
  chances: Float64Array,
  periods: number,
  { common, draws, seed }: CashOptions,
): Float64Array[] {
  const random = randomFrom(seed);
  const table = normalTable();
  const euros = Float64Array.from(invoices, eurosOf);
  const totals = Array.from({ length: periods }, () => new Float64Array(draws));
  const customers = [...new Set(invoices.map((i) => i.customer))];
  const place = new Map(customers.map((id, k) => [id, k]));
  const customerOf = Int32Array.from(invoices, (i) => place.get(i.customer) as number);
  const [shared, own] = [Math.sqrt(common), Math.sqrt(1 - common)];
  // A chance c is drawn when a standard normal falls under its quantile: the quantile is taken once, not the law at each draw.
  const limits = chances.map(normalQuantile);
  const mood = new Float64Array(customers.length);
  for (let d = 0; d < draws; d += 1) {
    for (let c = 0; c < mood.length; c += 1) mood[c] = shared * (table[random.whole(NORMALS)] as number);
    for (let i = 0, at = 0; i < invoices.length; i += 1, at += periods) {
      const z = (mood[customerOf[i] as number] as number) + own * (table[random.whole(NORMALS)] as number);
      if (!(z <= (limits[at + periods - 1] as number))) continue;
      let k = 0;
      while (z > (limits[at + k] as number)) k += 1;
      const total = totals[k] as Float64Array;
      total[d] = (total[d] as number) + (euros[i] as number);
    }
  }
  return totals;
}

/**
 * How alike the invoices of one customer are beyond what the model knows: the mean product of their normal scores, two by two within
 * a customer, between 0 and 0.9. 0 when no customer has two paid invoices.
 */
export function commonShare(samples: readonly Sample[], curveOf: (sample: Sample) => Curve): number {
  const sums = new Map<string, { z: number; squares: number; n: number }>();
  for (const sample of samples) {
    if (!sample.seen.paid) continue;
    const curve = curveOf(sample);
    const middle = (paidBy(curve, sample.seen.days) + paidBy(curve, sample.seen.days - 1)) / 2;
    const z = normalQuantile(Math.min(0.999, Math.max(0.001, middle)));
    const { customer } = sample.start.invoice;
    const seen = sums.get(customer) ?? { z: 0, squares: 0, n: 0 };
    sums.set(customer, { z: seen.z + z, squares: seen.squares + z * z, n: seen.n + 1 });
  }
  let [products, pairs] = [0, 0];
  for (const { z, squares, n } of sums.values()) {
    products += z * z - squares;
    pairs += n * (n - 1);
  }
  return pairs > 0 ? Math.min(0.9, Math.max(0, products / pairs)) : 0;
}

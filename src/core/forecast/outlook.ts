import type { EpochDay } from '../kernel/epoch-day.ts';
import { CASH_DRAWS, type CashBand, cashOutlook, commonShare, type OpenInvoice, stillOpen } from './cash.ts';
import { paidBy, quantile } from './curve.ts';
import type { Start } from './features.ts';
import type { Fitted } from './own.ts';

/** The days for which the chance of being paid is told, counted from the eve of the forecast. */
export const HORIZONS = [7, 30, 60, 90] as const;
/** Weeks of cash. */
export const WEEKS = 13;

/** An open invoice with its customer's past, and what is still to come in of it. Cents. */
export interface OpenStart extends Start {
  readonly leftCents: bigint;
}

/** When an open invoice gets paid, as far as can be told. */
export interface Outlook {
  /** P(paid by 7, 30, 60, 90 days) */
  readonly by: readonly number[];
  /** the day by which it is as likely paid as not; undefined when it may well never be, or past what the model sees */
  readonly expectedOn: EpochDay | undefined;
  /** the 80 % band: one chance in ten before the first, one in ten after the last */
  readonly lowOn: EpochDay | undefined;
  readonly highOn: EpochDay | undefined;
}

export interface PortfolioOutlook {
  /** in the order of the invoices */
  readonly invoices: readonly Outlook[];
  readonly weeks: readonly CashBand[];
  /** the same over the thirteen weeks together */
  readonly total: CashBand;
}

/** Draws times invoices at most: a part of a second. A large portfolio needs fewer draws, its band being narrower already. */
const DRAWN = 10_000_000;
const LEAST_DRAWS = 200;

/**
 * Forecasts open invoices on the morning of `on`, knowing that each is still unpaid, and the cash they bring week after week. The same
 * question always gets the same answer: the draws of the band are seeded.
 */
export function outlookOf({ model, training }: Fitted, open: readonly OpenStart[], on: EpochDay): PortfolioOutlook {
  const waiting = open.map((start): OpenInvoice => {
    const { customer, knownOn } = start.invoice;
    return stillOpen({ customer, knownOn, cents: start.leftCents, curve: model.forecast(start).curve }, on);
  });
  const common = commonShare(training, (s) => model.forecast(s.start).curve);
  const draws = Math.max(LEAST_DRAWS, Math.min(CASH_DRAWS, Math.floor(DRAWN / Math.max(1, open.length))));
  const options = { common, draws, seed: 20261122 };
  const lasts = Array.from({ length: WEEKS }, (_, k) => on + 6 + 7 * k);
  const { bands, total } = cashOutlook(waiting, on, lasts, options);
  return {
    invoices: waiting.map((invoice) => outlookOfOne(invoice, on)),
    weeks: bands,
    total,
  };
}

function outlookOfOne({ curve, knownOn }: OpenInvoice, on: EpochDay): Outlook {
  const dayOf = (p: number): EpochDay | undefined => {
    const days = quantile(curve, p);
    return Number.isFinite(days) ? Math.max(on, knownOn + Math.ceil(days - 1e-9)) : undefined;
  };
  return {
    by: HORIZONS.map((days) => paidBy(curve, on - 1 + days - knownOn)),
    expectedOn: dayOf(0.5),
    lowOn: dayOf(0.1),
    highOn: dayOf(0.9),
  };
}

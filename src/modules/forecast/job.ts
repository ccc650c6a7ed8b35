import type { CashBand } from '#core/forecast/cash.ts';
import type { PastInvoice } from '#core/forecast/invoices.ts';
import { HORIZONS, type OpenStart, outlookOf } from '#core/forecast/outlook.ts';
import { chooseOwn, fitOwn, type OwnChoice, ownPast } from '#core/forecast/own.ts';
import type { EpochDay } from '#core/kernel/epoch-day.ts';

/** What the forecasting thread is given. */
export interface ForecastJob {
  /** the morning of the forecast */
  readonly on: EpochDay;
  readonly past: readonly PastInvoice[];
  readonly open: readonly OpenStart[];
  /** a choice made lately on almost the same past: not made again */
  readonly kept?: OwnChoice;
}

/** No such day. */
export const NEVER = -1;

/** What it answers. The figures of the invoices are columns, in the order of `open`: a thread hands those over at no cost. */
export interface ForecastAnswer {
  readonly choice: OwnChoice;
  /** thousandths, HORIZONS by HORIZONS */
  readonly by: Int16Array<ArrayBuffer>;
  /** expected, low, high; NEVER for none */
  readonly days: Int32Array<ArrayBuffer>;
  readonly weeks: readonly CashBand[];
  readonly total: CashBand;
}

/** Chooses a model unless one is kept, fits it and forecasts. */
export function forecastNow({ on, past, open, kept }: ForecastJob): ForecastAnswer {
  const own = ownPast(past, on);
  const choice = kept ?? chooseOwn(own, on);
  const { invoices, weeks, total } = outlookOf(fitOwn(own, choice.chosen, on), open, on);
  const by = new Int16Array(invoices.length * HORIZONS.length);
  const days = new Int32Array(invoices.length * 3);
  invoices.forEach((outlook, i) => {
    by.set(
      outlook.by.map((p) => Math.round(p * 1000)),
      i * HORIZONS.length,
    );
    days.set([outlook.expectedOn ?? NEVER, outlook.lowOn ?? NEVER, outlook.highOn ?? NEVER], i * 3);
  });
  return { choice, by, days, weeks, total };
}

import type { EpochDay } from '../kernel/epoch-day.ts';
import { askHistory } from './as-of.ts';
import { CASH_DRAWS, cashBands, commonShare, type OpenInvoice } from './cash.ts';
import { CATALOGUE, type ModelId } from './catalogue.ts';
import type { PastInvoice } from './invoices.ts';
import type { Model } from './models.ts';
import { endOf, startsOf, trainingAt } from './protocol.ts';

/** How well cash was foreseen, over weekly forecasts of the invoices then open. */
export interface CashCheck {
  readonly id: ModelId;
  /** forecasts made */
  readonly dates: number;
  /** sum of the errors over sum of the cash, 0.125 for 12.5 %, over the next 7 and the next 30 days */
  readonly error7: number;
  readonly error30: number;
  /** the share of the outcomes (7 and 30 days) inside the 80 % band, and the band's mean width over the mean cash */
  readonly covered: number;
  readonly width: number;
}

const REFIT_DAYS = 28;
const SHORT = 7;
const LONG = 30;

/**
 * Weekly forecasts from `from` on, up to thirty days before the end of the file; models are fitted anew every 28 days on what was known
 * by then, and every forecast uses the history of its own morning.
 */
export function checkCash(invoices: readonly PastInvoice[], ids: readonly ModelId[], from: EpochDay, seed = 7): CashCheck[] {
  const starts = startsOf(invoices);
  const end = endOf(invoices);
  const dates: EpochDay[] = [];
  for (let on = from; on + LONG <= end; on += SHORT) dates.push(on);
  return ids.map((id) => {
    let model: Model | undefined;
    let common = 0;
    let fittedOn = Number.NEGATIVE_INFINITY;
    const sums = { error7: 0, cash7: 0, error30: 0, cash30: 0, inside: 0, width: 0 };
    for (const on of dates) {
      if (!model || on - fittedOn >= REFIT_DAYS) {
        const training = trainingAt(starts, on);
        const fitted = CATALOGUE[id].fit(training);
        model = fitted;
        common = commonShare(training, (s) => fitted.forecast(s.start).curve);
        fittedOn = on;
      }
      const open = openOn(invoices, model, on);
      for (const [days, error, cash] of [
        [SHORT, 'error7', 'cash7'],
        [LONG, 'error30', 'cash30'],
      ] as const) {
        const [band] = cashBands(open, on, [on + days - 1], { common, draws: CASH_DRAWS, seed: seed + on });
        if (!band) continue;
        const actual = paidBetween(invoices, on, on + days - 1);
        sums[error] += Math.abs(Number(band.mean) - actual);
        sums[cash] += actual;
        sums.inside += actual >= Number(band.p10) && actual <= Number(band.p90) ? 1 : 0;
        sums.width += Number(band.p90 - band.p10);
      }
    }
    return {
      id,
      dates: dates.length,
      error7: sums.error7 / sums.cash7,
      error30: sums.error30 / sums.cash30,
      covered: sums.inside / (2 * dates.length),
      width: sums.width / (sums.cash7 + sums.cash30),
    };
  });
}

const isOpen = (invoice: PastInvoice, on: EpochDay): boolean =>
  invoice.knownOn < on && (invoice.settledOn === undefined || invoice.settledOn >= on);

function openOn(invoices: readonly PastInvoice[], model: Model, on: EpochDay): OpenInvoice[] {
  const open = invoices.filter((i) => isOpen(i, on));
  const history = askHistory(
    invoices,
    open.map(({ customer, id }) => ({ customer, on, except: id })),
  );
  return open.map((invoice, k) => {
    const { customer, cents, knownOn } = invoice;
    return { customer, cents, knownOn, curve: model.forecast({ invoice, asOf: history[k] as (typeof history)[number] }).curve };
  });
}

/** Cents paid from `from` to `to` on the invoices open on the morning of `from`. */
const paidBetween = (invoices: readonly PastInvoice[], from: EpochDay, to: EpochDay): number =>
  invoices
    .filter((i) => isOpen(i, from) && i.settledOn !== undefined && i.settledOn <= to)
    .reduce((sum, i) => sum + Number(i.cents), 0);

import type { Curve } from './curve.ts';
import type { Start } from './features.ts';
import type { Observed } from './invoices.ts';

/** A past invoice as a model learns from it: what was known at its start, and what was known of it when the training stopped. */
export interface Sample {
  readonly start: Start;
  readonly seen: Observed;
}

/** What a model says of one invoice. */
export interface Forecast {
  readonly pLate: number;
  /** from the start of the invoice */
  readonly curve: Curve;
}

export interface Model {
  forecast(start: Start): Forecast;
}

import { type Day, daysBetween } from '../kernel/day.ts';
import { type LawBook, seriesOf } from './book.ts';
import { SERVICE_TARIFF_KNOWN_UNTIL } from './costs.ts';
import { ECONOMIC_COURTS_TO } from './forum.ts';

/** A part of the law that is known only until a day. */
export interface Expiry {
  readonly id: string;
  readonly title: string;
  readonly knownUntil: Day;
}

/** What expires, the nearest first. */
export function expiries(law: LawBook): readonly Expiry[] {
  const fromSeries = seriesOf(law).flatMap(({ id, title, knownUntil }) => (knownUntil ? [{ id, title, knownUntil }] : []));
  const others = [
    { id: 'service-fee', title: 'Tarif de signification des commissaires de justice', knownUntil: SERVICE_TARIFF_KNOWN_UNTIL },
    { id: 'economic-courts', title: 'Expérience des tribunaux des activités économiques', knownUntil: ECONOMIC_COURTS_TO },
  ];
  return [...fromSeries, ...others].sort((a, b) => Temporal.PlainDate.compare(a.knownUntil, b.knownUntil));
}

/** What expires within so many days of a day, or has expired. */
export const expiringWithin = (law: LawBook, on: Day, days: number): readonly Expiry[] =>
  expiries(law).filter((one) => daysBetween(on, one.knownUntil) <= days);

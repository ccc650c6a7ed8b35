import { type Day, daysBetween } from '#core/kernel/day.ts';
import { frenchAmount, frenchDay, frenchPercent } from '#core/kernel/french.ts';
import { type Money, money } from '#core/kernel/money.ts';
import type { Ratio } from '#core/kernel/ratio.ts';

/** no-break space: before €, %, and between a number and its noun */
export const NBSP = '\u00a0';
/** narrow no-break space: before ; : ? ! and between groups of three digits */
export const NNBSP = '\u202f';

/** Intl objects are costly to build (one per table cell makes a page twenty times slower): each is built once. */
const weekdays = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' });
const clocks = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' });
const plurals = new Intl.PluralRules('fr-FR');
const lists = new Intl.ListFormat('fr-FR', { type: 'conjunction' });

/** « 4 800,00 € », from cents or an amount; exact at any size; a negative amount takes a true minus sign. */
export function euros(amount: Money | bigint): string {
  const text = frenchAmount(typeof amount === 'bigint' ? money(amount) : amount);
  return text.startsWith('-') ? `\u2212${text.slice(1)}` : text;
}

/** « 12,40 % », exact; throws a RangeError on a ratio without a short decimal form. */
export const percent = (rate: Ratio): string => frenchPercent(rate);

/** « 31 mars 2026 », « 1er avril 2026 » */
export const longDay = (of: Day): string => frenchDay(of);

/** « 31/03/2026 » */
export const shortDay = (of: Day): string =>
  `${String(of.day).padStart(2, '0')}/${String(of.month).padStart(2, '0')}/${String(of.year).padStart(4, '0')}`;

/** « mardi 31 mars 2026 » */
export const fullDay = (of: Day): string => `${weekdays.format(Date.UTC(of.year, of.month - 1, of.day))} ${longDay(of)}`;

/** « 31/03/2026 14:05 », Paris time. */
export const dateTime = (at: Temporal.Instant): string => clocks.format(at.epochMilliseconds);

/** « 12 345 », exact for any integer. */
export function integer(value: bigint | number): string {
  const text = value.toString();
  const grouped = text.replace('-', '').replace(/\B(?=(\d{3})+$)/g, NNBSP);
  return text.startsWith('-') ? `\u2212${grouped}` : grouped;
}

/** « 0 facture », « 1 facture », « 2 factures »: in French, 0 and 1 are singular. The plural defaults to the noun with an s. */
export function count(value: bigint | number, singular: string, plural = `${singular}s`): string {
  return `${integer(value)}${NBSP}${plurals.select(Number(value)) === 'one' ? singular : plural}`;
}

/** « A, B et C » */
export const listOf = (items: readonly string[]): string => lists.format(items);

/** Where a day stands from today: « aujourd'hui », « demain », « dans 3 jours », « hier », « il y a 12 jours ». */
export function relativeDay(of: Day, today: Day): string {
  const days = daysBetween(today, of);
  if (days === 0) return 'aujourd’hui';
  if (days === 1) return 'demain';
  if (days === -1) return 'hier';
  return days > 0 ? `dans ${count(days, 'jour')}` : `il y a ${count(-days, 'jour')}`;
}

/** A due day, told from today: « échéance dans 3 jours », « échéance aujourd'hui », « en retard de 235 jours ». */
export function dueIn(due: Day, today: Day): string {
  const days = daysBetween(today, due);
  if (days < 0) return `en retard de ${count(-days, 'jour')}`;
  return `échéance ${relativeDay(due, today)}`;
}

/** « 123 456 789 » for a SIREN, « 123 456 789 00012 » for a SIRET; anything else is left as typed. */
export function siren(text: string): string {
  const digits = text.replace(/\s/g, '');
  const m = /^(\d{3})(\d{3})(\d{3})(\d{5})?$/.exec(digits);
  return m ? m.slice(1).filter(Boolean).join(NBSP) : text;
}

/** « FR76 3000 6000 0112 3456 7890 189 »: groups of four, kept on one line. */
export const iban = (text: string): string =>
  (
    text
      .replace(/\s/g, '')
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  ).join(NBSP);

const KILO = 1024;

/** « 380 octets », « 12 Ko », « 1,4 Mo »: powers of 1024, as the limits of the settings are. */
export function fileSize(bytes: number): string {
  if (bytes < KILO) return count(bytes, 'octet');
  let [value, unit] = [bytes / KILO, 'Ko'];
  for (const larger of ['Mo', 'Go']) {
    if (Math.round(value) >= KILO) [value, unit] = [value / KILO, larger];
  }
  const tenths = Math.round(value * 10);
  const text = tenths >= 100 || tenths % 10 === 0 ? integer(Math.round(value)) : `${Math.floor(tenths / 10)},${tenths % 10}`;
  return `${text}${NBSP}${unit}`;
}

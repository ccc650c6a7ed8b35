import { addDays, type Day } from '../kernel/day.ts';

/** Where the public holidays are those of the general list, or add local ones. */
export type HolidayZone =
  | 'metropole'
  | 'alsace-moselle'
  | 'guadeloupe'
  | 'martinique'
  | 'guyane'
  | 'reunion'
  | 'mayotte'
  | 'saint-barthelemy';

export const HOLIDAY_ZONES: readonly HolidayZone[] = [
  'metropole',
  'alsace-moselle',
  'guadeloupe',
  'martinique',
  'guyane',
  'reunion',
  'mayotte',
  'saint-barthelemy',
];

/** Easter Sunday of a year (Gregorian computus, Meeus/Jones/Butcher). */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1);
}

export interface Holiday {
  readonly on: Day;
  readonly name: string;
  /** not one of the eleven of C. trav. L3133-1: whether it postpones a deadline of procedure is not settled */
  readonly local: boolean;
}

/** Abolition of slavery, by zone: [month, day]. */
const ABOLITION: Partial<Record<HolidayZone, readonly [number, number]>> = {
  mayotte: [4, 27],
  martinique: [5, 22],
  guadeloupe: [5, 27],
  guyane: [6, 10],
  'saint-barthelemy': [10, 9],
  reunion: [12, 20],
};

const known = new Map<string, readonly Holiday[]>();

/** The public holidays of a year, in order: the eleven of C. trav. L3133-1, and those of the zone. */
export function publicHolidays(year: number, zone: HolidayZone = 'metropole'): readonly Holiday[] {
  const key = `${year} ${zone}`;
  const found = known.get(key);
  if (found) return found;
  const on = (month: number, of: number, name: string, local = false): Holiday => ({
    on: new Temporal.PlainDate(year, month, of),
    name,
    local,
  });
  const easter = easterSunday(year);
  const fromEaster = (days: number, name: string, local = false): Holiday => ({ on: addDays(easter, days), name, local });
  const abolition = ABOLITION[zone];
  const all = [
    on(1, 1, 'jour de l’an'),
    fromEaster(1, 'lundi de Pâques'),
    on(5, 1, '1er mai'),
    on(5, 8, '8 mai'),
    fromEaster(39, 'Ascension'),
    fromEaster(50, 'lundi de Pentecôte'),
    on(7, 14, '14 juillet'),
    on(8, 15, 'Assomption'),
    on(11, 1, 'Toussaint'),
    on(11, 11, '11 novembre'),
    on(12, 25, 'Noël'),
    ...(zone === 'alsace-moselle' ? [fromEaster(-2, 'vendredi saint', true), on(12, 26, 'Saint-Étienne', true)] : []),
    ...(abolition ? [on(...abolition, 'abolition de l’esclavage', true)] : []),
  ].sort((a, b) => Temporal.PlainDate.compare(a.on, b.on));
  if (known.size < 2000) known.set(key, all);
  return all;
}

/** Why a day is not worked: the weekend, or a holiday; undefined for a working day. */
export function dayOff(of: Day, zone: HolidayZone): { readonly name: string; readonly local: boolean } | undefined {
  const holiday = publicHolidays(of.year, zone).find((h) => h.on.equals(of));
  if (holiday && !holiday.local) return holiday;
  if (of.dayOfWeek === 6) return { name: 'samedi', local: false };
  if (of.dayOfWeek === 7) return { name: 'dimanche', local: false };
  return holiday;
}

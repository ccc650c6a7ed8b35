import pg from 'pg';

/** How PostgreSQL's values become ours, and back. The only place that says so; the driver's own defaults (Date, float) are not used. */
const { builtins } = pg.types;

const asDay = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
/** "2026-11-21 22:07:42.5+00" */
const asInstant = (text: string): Temporal.Instant => Temporal.Instant.from(text.replace(' ', 'T'));
const asText = (text: string): string => text;
/** `{a,"b c",NULL}`: none of these types writes a comma, a brace or an escape inside an element. */
const listOf =
  (parse: (text: string) => unknown) =>
  (text: string): unknown[] =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map((entry) => (entry === 'NULL' ? null : parse(entry.replaceAll('"', ''))));

/** The array types' numbers are missing from the driver's list. */
const INT8_LIST = 1016;
const DATE_LIST = 1182;
const TIMESTAMPTZ_LIST = 1185;
const NUMERIC_LIST = 1231;

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [builtins.INT8, BigInt],
  [builtins.DATE, asDay],
  [builtins.TIMESTAMPTZ, asInstant],
  [builtins.NUMERIC, asText],
  [INT8_LIST, listOf(BigInt)],
  [DATE_LIST, listOf(asDay)],
  [TIMESTAMPTZ_LIST, listOf(asInstant)],
  [NUMERIC_LIST, listOf(asText)],
]);

/** For the driver's `types` setting: int8 → bigint, date → PlainDate, timestamptz → Instant, numeric → string, and lists of them. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** A parameter as the driver can send it: civil days and instants as ISO text, in lists too. The driver itself writes bigint. */
export function toParameter(value: unknown): unknown {
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return value.toString();
  return Array.isArray(value) ? value.map(toParameter) : value;
}

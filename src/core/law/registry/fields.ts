import { type Day, parseDay } from '../../kernel/day.ts';
import { type Money, parseAmount } from '../../kernel/money.ts';
import { parsePercent, type Ratio } from '../../kernel/ratio.ts';

/** What a field accepts, in the words of `law rules`. */
export type FieldType = 'day' | 'amount' | 'percent' | 'integer' | 'boolean' | 'choice' | 'text' | 'list' | 'object';

/** One input of a rule: how it is described, and how a JSON value is read. `Optional` fields may be absent or null. */
export interface Field<T, Optional extends boolean = false> {
  readonly type: FieldType;
  readonly meaning: string;
  readonly unit?: string;
  readonly choices?: readonly string[];
  /** the fields of an object, or of each element of a list */
  readonly fields?: Fields;
  readonly optional: Optional;
  /** the value, or undefined when the JSON is not one */
  readonly read: (json: unknown) => T | undefined;
}

export type Fields = Readonly<Record<string, Field<unknown, boolean>>>;

type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;
type Flat<T> = { [K in keyof T]: T[K] };

/** The facts that a rule receives: required fields present, optional ones absent when not given. */
export type Given<F extends Fields> = Flat<
  { readonly [K in keyof F as F[K]['optional'] extends true ? never : K]: ValueOf<F[K]> } & {
    readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: ValueOf<F[K]>;
  }
>;

const text = (json: unknown): string | undefined => (typeof json === 'string' ? json : undefined);

const scalar = <T>(
  type: FieldType,
  unit: string | undefined,
  meaning: string,
  read: (json: unknown) => T | undefined,
): Field<T> => ({
  type,
  meaning,
  ...(unit && { unit }),
  optional: false,
  read,
});

/** An ISO day: "2026-03-31". */
export const aDay = (meaning: string): Field<Day> =>
  scalar('day', 'jour ISO', meaning, (json) => {
    const found = text(json);
    return found === undefined ? undefined : parseDay(found);
  });

/** Euros as a decimal string: "4800.00". A JSON number is refused: it could not be exact. */
export const anAmount = (meaning: string): Field<Money> =>
  scalar('amount', 'euros', meaning, (json) => {
    const found = text(json);
    return found === undefined ? undefined : parseAmount(found);
  });

const PERCENT = /^\d{1,4}(\.\d{1,6})?$/;

/** A percentage as a decimal string, from 0, six decimals at most: "8.5" is 8,5 %. */
export const aPercent = (meaning: string): Field<Ratio> =>
  scalar('percent', 'pour cent', meaning, (json) => {
    const found = text(json);
    return found === undefined || !PERCENT.test(found) ? undefined : parsePercent(found);
  });

export const anInteger = (meaning: string, unit?: string): Field<number> =>
  scalar('integer', unit, meaning, (json) =>
    typeof json === 'number' && Number.isSafeInteger(json) && Math.abs(json) <= 100_000 ? json : undefined,
  );

export const aFlag = (meaning: string): Field<boolean> =>
  scalar('boolean', undefined, meaning, (json) => (typeof json === 'boolean' ? json : undefined));

export const aText = (meaning: string): Field<string> => scalar('text', undefined, meaning, text);

/** One of the words listed. */
export const oneOf = <const T extends string>(choices: readonly T[], meaning: string): Field<T> => ({
  ...scalar('choice', undefined, meaning, (json) => choices.find((choice) => choice === json)),
  choices,
});

/** An object of its own fields. */
export const anObject = <F extends Fields>(fields: F, meaning: string): Field<Given<F>> => ({
  ...scalar('object', undefined, meaning, (json) => {
    const found = readFields(fields, json);
    return found.ok ? found.given : undefined;
  }),
  fields,
});

/** A list of objects. */
export const listOf = <F extends Fields>(fields: F, meaning: string): Field<readonly Given<F>[]> => ({
  ...scalar('list', undefined, meaning, (json) => {
    if (!Array.isArray(json)) return undefined;
    const read = json.map((one) => readFields(fields, one));
    return read.every((one) => one.ok) ? read.map((one) => one.given) : undefined;
  }),
  fields,
});

/** The same field, which may be absent or null. */
export const optional = <T>(field: Field<T>): Field<T, true> => ({ ...field, optional: true });

export type FieldsRead<F extends Fields> =
  | { readonly ok: true; readonly given: Given<F> }
  | { readonly ok: false; readonly why: 'missing' | 'malformed' | 'unknown'; readonly names: readonly string[] };

/** Reads a JSON object by its fields: which required ones are missing, which are malformed, which do not exist. */
export function readFields<F extends Fields>(fields: F, json: unknown): FieldsRead<F> {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return { ok: false, why: 'malformed', names: [] };
  const given: Record<string, unknown> = {};
  const [missing, malformed]: [string[], string[]] = [[], []];
  const values = json as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) return { ok: false, why: 'unknown', names: unknown };
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name] ?? null;
    if (value === null) {
      if (!field.optional) missing.push(name);
      continue;
    }
    const read = field.read(value);
    if (read === undefined) malformed.push(name);
    else given[name] = read;
  }
  if (malformed.length > 0) return { ok: false, why: 'malformed', names: malformed };
  if (missing.length > 0) return { ok: false, why: 'missing', names: missing };
  // Every field was read by its own type above: this is the one place where the checked record takes the name of its type.
  return { ok: true, given: given as Given<F> };
}

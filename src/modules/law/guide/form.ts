import type { Json } from '#core/kernel/canonical.ts';
import { parseTypedDay } from '#core/kernel/day.ts';
import { formatAmount, parseTypedAmount } from '#core/kernel/money.ts';
import { parseDecimal } from '#core/kernel/ratio.ts';
import type { Field, Fields } from '#core/law/registry/fields.ts';

/** How the inputs of a rule become the questions of a form, and its answers the facts of the rule. */

type Facts = { readonly [name: string]: Json };
type AnyField = Field<unknown, boolean>;

/** A question of the form. The name holds the way to the fact: « debtorPlace.city », « payments.0.amount ». */
export interface FormQuestion {
  readonly name: string;
  /** the way to the field itself, without the ranks of lists: « payments.amount » */
  readonly path: string;
  /** the field's own name, for the words of its choices */
  readonly key: string;
  readonly field: AnyField;
  readonly optional: boolean;
}

/** Several questions about one thing: an object, or a row of a list. */
export interface FormGroup {
  readonly name: string;
  readonly path: string;
  readonly meaning: string;
  /** the rank in its list, from 1 */
  readonly rank?: number;
  readonly questions: readonly (FormQuestion | FormGroup)[];
}

export const isGroup = (one: FormQuestion | FormGroup): one is FormGroup => 'questions' in one;

/** Rows of a list that a form shows, at most: enough for a person. */
const MOST_ROWS = 12;

/** What was typed, by the name of its question. */
export type TypedFacts = Readonly<Record<string, string>>;

type Asking = FormQuestion | FormGroup;

/** The questions of a rule. A list shows the rows that were filled, and an empty one to go on. */
export function questionsOf(fields: Fields, typed: TypedFacts, prefix = '', path = '', optional = false): readonly Asking[] {
  return Object.entries(fields).flatMap(([key, field]): readonly Asking[] => {
    const name = `${prefix}${key}`;
    const way = `${path}${key}`;
    const free = optional || field.optional;
    const group = (at: string, freely: boolean, rank?: number): FormGroup => ({
      name: at,
      path: way,
      meaning: field.meaning,
      ...(rank !== undefined && { rank }),
      questions: questionsOf(field.fields ?? {}, typed, `${at}.`, `${way}.`, freely),
    });
    if (field.type === 'object') return [group(name, free)];
    if (field.type !== 'list') return [{ name, path: way, key, field, optional: free }];
    const rows = Math.min(rowsFilled(name, typed) + 1, MOST_ROWS);
    return Array.from({ length: rows }, (_, i) => group(`${name}.${i}`, free || i > 0, i + 1));
  });
}

/** How many rows of a list hold something: up to the last one that does. */
function rowsFilled(name: string, typed: TypedFacts): number {
  const ranks = Object.keys(typed).flatMap((one) => {
    const m = one.startsWith(`${name}.`) ? /^(\d{1,2})\./.exec(one.slice(name.length + 1)) : null;
    return m && typed[one]?.trim() ? [Number(m[1]) + 1] : [];
  });
  return Math.max(0, ...ranks);
}

/** The facts that an answer to the form gives, and what is wrong, by the name of its question. */
export interface FormFacts {
  readonly facts: Facts;
  readonly errors: Readonly<Record<string, string>>;
}

const ERRORS: Readonly<Record<string, string>> = {
  day: 'Indiquez un jour, par exemple 31/03/2026.',
  amount: 'Écrivez un montant en euros, par exemple 4 800,00.',
  percent: 'Écrivez un taux en pour cent, par exemple 8,5.',
  integer: 'Écrivez un nombre entier, par exemple 30.',
  choice: 'Choisissez dans la liste.',
  boolean: 'Choisissez oui ou non.',
  text: 'Répondez en quelques mots.',
};

/** Reads the form. Empty answers are absent facts; an object or a row without any answer is absent itself. */
export function factsOf(fields: Fields, typed: TypedFacts): FormFacts {
  const errors: Record<string, string> = {};
  const facts = readObject(fields, typed, '', errors) ?? {};
  return { facts, errors };
}

function readObject(fields: Fields, typed: TypedFacts, prefix: string, errors: Record<string, string>): Facts | undefined {
  const found: Record<string, Json> = {};
  const missing: [string, AnyField][] = [];
  for (const [key, field] of Object.entries(fields)) {
    const name = `${prefix}${key}`;
    const value = readField(field, name, typed, errors);
    if (value !== undefined) found[key] = value;
    else if (!field.optional && errors[name] === undefined) missing.push([name, field]);
  }
  const empty = Object.keys(found).length === 0 && !Object.keys(errors).some((name) => name.startsWith(prefix));
  // An object that nobody began may be left out; one that was begun must be whole. The rule's own facts are always asked.
  if (empty && prefix !== '') return undefined;
  for (const [name, field] of missing) {
    const [at, what] = firstQuestion(name, field);
    errors[at] ??= ERRORS[what.type] ?? 'Répondez à cette question.';
  }
  return found;
}

/** Where the lack of a fact is shown: at the question itself, or at the first question of the group. */
function firstQuestion(name: string, field: AnyField): readonly [string, AnyField] {
  const [first] = Object.entries(field.fields ?? {});
  if (!first) return [name, field];
  const row = field.type === 'list' ? `${name}.0` : name;
  return firstQuestion(`${row}.${first[0]}`, first[1]);
}

function readField(field: AnyField, name: string, typed: TypedFacts, errors: Record<string, string>): Json | undefined {
  if (field.type === 'object') return readObject(field.fields ?? {}, typed, `${name}.`, errors);
  if (field.type === 'list') {
    const rows = Array.from({ length: Math.min(rowsFilled(name, typed), MOST_ROWS) }, (_, i) =>
      readObject(field.fields ?? {}, typed, `${name}.${i}.`, errors),
    ).filter((row) => row !== undefined);
    return rows.length > 0 ? rows : undefined;
  }
  const text = (typed[name] ?? '').trim();
  if (text === '') return undefined;
  const value = factOf(field, text);
  if (value === undefined || field.read(value) === undefined) {
    errors[name] = ERRORS[field.type] ?? 'Cette réponse ne se lit pas.';
    return undefined;
  }
  return value;
}

/** What was typed, as the rule takes it; undefined when it is no such thing. */
function factOf(field: AnyField, text: string): Json | undefined {
  switch (field.type) {
    case 'day':
      return parseTypedDay(text)?.toString();
    case 'amount': {
      const amount = parseTypedAmount(text);
      return amount && formatAmount(amount);
    }
    case 'percent': {
      const bare = text.replace(/[\s%]/gu, '').replace(',', '.');
      return parseDecimal(bare) && bare;
    }
    case 'integer':
      return /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'oui' ? true : text === 'non' ? false : undefined;
    default:
      return text;
  }
}

/** Facts as the form shows them: the worked example, to start from. */
export function typedFacts(fields: Fields, facts: Facts, prefix = ''): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [key, field] of Object.entries(fields)) {
    const value = facts[key];
    const name = `${prefix}${key}`;
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) {
      for (const [i, row] of value.entries()) Object.assign(typed, typedFacts(field.fields ?? {}, row as Facts, `${name}.${i}.`));
    } else if (typeof value === 'object') Object.assign(typed, typedFacts(field.fields ?? {}, value as Facts, `${name}.`));
    else if (typeof value === 'boolean') typed[name] = value ? 'oui' : 'non';
    else typed[name] = field.type === 'amount' || field.type === 'percent' ? String(value).replace('.', ',') : String(value);
  }
  return typed;
}

import type { Json } from '../../kernel/canonical.ts';
import { formatAmount, type Money } from '../../kernel/money.ts';
import { type Certainty, missing, type Outcome } from '../../kernel/outcome.ts';
import { formatPercent, type Ratio } from '../../kernel/ratio.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import type { LawBook } from '../book.ts';
import type { CitationKey } from '../citations.ts';
import { type Fields, type Given, readFields } from './fields.ts';

/** A rule of the law that can be asked by its name. */
export interface Rule {
  readonly name: string;
  /** in French */
  readonly title: string;
  readonly inputs: Fields;
  readonly articles: readonly CitationKey[];
  /** the certainty of the rule itself; each answer's trace says that of its figures */
  readonly certainty: Certainty;
  /** the rule in one French sentence or formula */
  readonly formula: string;
  /** facts of a worked example, computed live wherever it is shown */
  readonly example: { readonly [name: string]: Json };
  /** Answers facts given as JSON: an outcome with a JSON value, or a refusal (`law.facts-malformed`, `law.facts-unknown`). */
  readonly ask: (facts: unknown, law: LawBook) => Result<Outcome<Json>>;
}

/** Defines a rule from its typed inputs. Values of the core (money, rates, days) become JSON by themselves. */
export function defineRule<F extends Fields>(
  rule: Omit<Rule, 'ask' | 'inputs'> & {
    readonly inputs: F;
    readonly answer: (facts: Given<F>, law: LawBook) => Outcome<unknown>;
  },
): Rule {
  const { answer, ...described } = rule;
  return {
    ...described,
    ask: (facts, law) => {
      const read = readFields(rule.inputs, facts);
      if (read.ok) return { ok: true, value: withJson(answer(read.given, law)) };
      if (read.why === 'missing') {
        return {
          ok: true,
          value: missing(
            read.names,
            `Il manque\u202f: ${read.names.map((name) => `${name} (${meaningOf(rule.inputs, name)})`).join(', ')}.`,
          ),
        };
      }
      return complain(rule.name, rule.inputs, read.why, read.names);
    },
  };
}

const meaningOf = (fields: Fields, name: string): string => fields[name]?.meaning ?? '';

function complain(rule: string, fields: Fields, why: 'malformed' | 'unknown', names: readonly string[]): Result<never> {
  if (names.length === 0)
    return refuse('law.facts-malformed', `La règle ${rule} attend un objet JSON\u202f: { ${Object.keys(fields).join(', ')} }.`);
  const list = names.join(', ');
  if (why === 'unknown')
    return refuse(
      'law.facts-unknown',
      `La règle ${rule} ne connaît pas\u202f: ${list}. Elle attend\u202f: ${Object.keys(fields).join(', ')}.`,
      { names },
    );
  const expected = names.map((name) => `${name}\u202f: ${describe(fields, name)}`).join('\u202f; ');
  return refuse('law.facts-malformed', `Valeur illisible. ${expected}.`, { names });
}

const HINTS: Readonly<Record<string, string>> = {
  day: 'un jour comme "2026-03-31"',
  amount: 'un montant entre guillemets comme "4800.00"',
  percent: 'un taux entre guillemets comme "8.5"',
  integer: 'un nombre entier',
  boolean: 'true ou false',
  text: 'un texte',
  list: 'une liste d’objets',
  object: 'un objet',
};

function describe(fields: Fields, name: string): string {
  const field = fields[name];
  if (!field) return 'champ inconnu';
  return field.choices ? field.choices.join(' | ') : (HINTS[field.type] ?? field.type);
}

function withJson(outcome: Outcome<unknown>): Outcome<Json> {
  return outcome.status === 'computed' ? { status: 'computed', value: toJson(outcome.value), trace: outcome.trace } : outcome;
}

const isMoney = (value: object): value is Money => 'cents' in value && 'currency' in value;
const isRatio = (value: object): value is Ratio => 'n' in value && 'd' in value;

/** Amounts and rates become decimal strings, days ISO strings, integers of any size strings; absent values disappear. */
export function toJson(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Temporal.PlainDate) return value.toString();
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') throw new TypeError(`no JSON for a ${typeof value}`);
  if (isMoney(value)) return formatAmount(value);
  if (isRatio(value)) return formatPercent(value);
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, toJson(part)]])));
}

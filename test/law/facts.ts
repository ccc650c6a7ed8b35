import assert from 'node:assert/strict';
import { type Day, day } from '#core/kernel/day.ts';
import { formatAmount, type Money, parseAmount } from '#core/kernel/money.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { formatPercent, parsePercent, type Ratio } from '#core/kernel/ratio.ts';

/** The inputs of a worked case, read with their type; a wrong or absent key fails the case. */
export class Facts {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: unknown) {
    assert.ok(values !== null && typeof values === 'object', 'inputs are an object');
    this.#values = values as Record<string, unknown>;
  }

  has = (key: string): boolean => (this.#values[key] ?? null) !== null;

  number(key: string): number {
    const value = this.#values[key];
    if (typeof value !== 'number') assert.fail(`${key} is not a number`);
    return value;
  }

  text(key: string): string {
    const value = this.#values[key];
    if (typeof value !== 'string') assert.fail(`${key} is not a text`);
    return value;
  }

  flag(key: string): boolean {
    const value = this.#values[key];
    if (typeof value !== 'boolean') assert.fail(`${key} is not a boolean`);
    return value;
  }

  list(key: string): readonly unknown[] {
    const value = this.#values[key];
    if (!Array.isArray(value)) assert.fail(`${key} is not a list`);
    return value;
  }

  facts = (key: string): Facts => new Facts(this.#values[key]);
  each = (key: string): readonly Facts[] => this.list(key).map((value) => new Facts(value));
  day = (key: string): Day => day(this.text(key));
  euros = (key: string): Money => euros(this.number(key));
  percent = (key: string): Ratio => percentOf(this.number(key));
}

/** A JSON number of euros, exactly: 1250.5 is 1 250,50 €. */
export function euros(amount: number): Money {
  const value = parseAmount(amount.toFixed(2));
  assert.ok(value);
  return value;
}

/** A JSON number of percents, exactly: 12.15 is 12,15 %. */
export function percentOf(rate: number): Ratio {
  const value = parsePercent(String(rate));
  assert.ok(value);
  return value;
}

/** Back to the JSON number of the file. */
export const amountOf = (value: Money): number => Number(formatAmount(value));
export const rateOf = (value: Ratio): number => Number(formatPercent(value));
export const dateOf = (value: Day): string => value.toString();

/** The value of an outcome, which must be computed with a trace that says something. */
export function answered<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'computed') assert.fail(`${outcome.status}: ${outcome.reason}`);
  assert.ok(outcome.trace.length > 0, 'a computed answer explains itself');
  for (const step of outcome.trace) assert.ok(step.says.length > 10, `${step.rule} says nothing`);
  return outcome.value;
}

/** The first day of "2025S2". */
export const semesterDay = (label: string): Day => day(`${label.slice(0, 4)}-${label.endsWith('S1') ? '01' : '07'}-01`);

/**
 * What the product answers to one case, in the shape of the case's `expected`. It sees the inputs only, never what is expected:
 * the whole of `expected` is compared with it, so that a change of any figure there fails the case, and no other.
 */
export type Answer = (inputs: Facts) => unknown;
export type Answers = Readonly<Record<string, Answer>>;

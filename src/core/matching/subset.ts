/**
 * Which invoices add up to an amount. Amounts are whole cents in numbers, exact below 2^53 (`wholeCents` refuses more): the search
 * visits thousands of sums a line, where bigint would cost ten times as much.
 */
export function wholeCents(cents: bigint): number {
  const value = Number(cents);
  if (!Number.isSafeInteger(value * 32)) throw new RangeError(`${cents} cents are too many to be added up exactly`);
  return value;
}

/** Positions of the addends, ascending. */
export type Addends = readonly number[];

/** Every pair and every triple of `values` that makes `target`, up to `most` of them. The cost is the square of the length. */
export function smallSums(values: readonly number[], target: number, most: number): Addends[] {
  const found: Addends[] = [];
  const places = new Map<number, number[]>();
  values.forEach((value, i) => {
    const same = places.get(value);
    if (same) same.push(i);
    else places.set(value, [i]);
  });
  values.forEach((a, i) => {
    for (const j of places.get(target - a) ?? []) if (j > i && found.length < most) found.push([i, j]);
  });
  for (let i = 0; i < values.length && found.length < most; i += 1) {
    for (let j = i + 1; j < values.length && found.length < most; j += 1) {
      const rest = target - (values[i] ?? 0) - (values[j] ?? 0);
      for (const k of places.get(rest) ?? []) if (k > j && found.length < most) found.push([i, j, k]);
    }
  }
  return found;
}

/** The longest list that `largeSums` takes: two halves of 1 024 sums. */
export const LARGE_LIMIT = 20;

/** Subsets of four values or more that make `target`, up to `most`, by meeting in the middle. Takes `LARGE_LIMIT` values at most. */
export function largeSums(values: readonly number[], target: number, most: number): Addends[] {
  if (values.length > LARGE_LIMIT) throw new RangeError(`${values.length} values: too many to try every sum`);
  const half = values.length >> 1;
  const left = sumsByMask(values.slice(0, half));
  const right = sumsByMask(values.slice(half));
  const masks = new Map<number, number[]>();
  left.forEach((sum, mask) => {
    const same = masks.get(sum);
    if (!same) masks.set(sum, [mask]);
    else if (same.length < 64) same.push(mask);
  });
  const found: Addends[] = [];
  for (let high = 0; high < right.length && found.length < most; high += 1) {
    for (const low of masks.get(target - (right[high] ?? 0)) ?? []) {
      const addends = bits(low | (high << half), values.length);
      if (addends.length > 3 && found.length < most) found.push(addends);
    }
  }
  return found;
}

function sumsByMask(values: readonly number[]): Float64Array {
  const sums = new Float64Array(1 << values.length);
  values.forEach((value, i) => {
    const bit = 1 << i;
    for (let mask = 0; mask < bit; mask += 1) sums[bit | mask] = (sums[mask] ?? 0) + value;
  });
  return sums;
}

function bits(mask: number, length: number): number[] {
  const on: number[] = [];
  for (let i = 0; i < length; i += 1) if (mask & (1 << i)) on.push(i);
  return on;
}

/** A run of neighbours that makes `target`, the first one, of at least two values. The cost is the length. For positive values. */
export function neighbouringSum(values: readonly number[], target: number): Addends | undefined {
  let from = 0;
  let sum = 0;
  for (let to = 0; to < values.length; to += 1) {
    sum += values[to] ?? 0;
    while (sum > target && from < to) {
      sum -= values[from] ?? 0;
      from += 1;
    }
    if (sum === target && to > from) return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }
  return undefined;
}

/**
 * How many sums of `size` values or fewer would meet an amount by chance: the number of such subsets over the number of different
 * totals there is room for (the sum of the values over their common divisor: round prices meet more often). A round amount is met by
 * round values, of which there are fewer, and with less room.
 */
export function chanceOfSum(values: readonly number[], size: number, amount: number): number {
  const round = roundness(amount);
  const alike = values.filter((v) => v % round === 0);
  return Math.max(chanceAmong(values, size), alike.length >= size ? chanceAmong(alike, size) : 0);
}

function chanceAmong(values: readonly number[], size: number): number {
  let subsets = 0;
  let choose = 1;
  for (let k = 1; k <= size; k += 1) {
    choose = (choose * (values.length - k + 1)) / k;
    subsets += choose;
  }
  const total = values.reduce((sum, v) => sum + Math.abs(v), 0);
  const step = values.reduce((a, b) => commonDivisor(a, Math.abs(b)), 0);
  return step === 0 ? 1 : subsets / (total / step);
}

/** How many of these values would by chance be, altered in one of so many ways, the amount: over the amounts there is room for. */
export function chanceOfLikeness(values: readonly number[], ways: number, amount: number): number {
  const total = values.reduce((sum, v) => sum + Math.abs(v), 0);
  return (values.length * ways * roundness(amount)) / Math.max(total, 1);
}

/** Ten units of money, one, or a cent: what an amount is a multiple of. */
export const roundness = (amount: number): number => [1000, 100].find((step) => amount % step === 0) ?? 1;

function commonDivisor(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

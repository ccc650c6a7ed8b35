/** A dense table of numbers, row after row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function matrixOf(rows: readonly ArrayLike<number>[], columns: number): Matrix {
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    data.set(row, i * columns);
  });
  return { rows: rows.length, columns, data };
}

/** The dot product of row `i` with a vector. */
export function dotRow({ data, columns }: Matrix, i: number, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0, at = i * columns; j < columns; j += 1, at += 1) sum += (data[at] as number) * (vector[j] as number);
  return sum;
}

/** Adds weight·x·xᵀ of row `i` to the lower triangle of a square table; zeros are passed over, rows being mostly indicators. */
export function addOuter(into: Float64Array, { data, columns }: Matrix, i: number, weight: number): void {
  const start = i * columns;
  for (let a = 0; a < columns; a += 1) {
    const xa = (data[start + a] as number) * weight;
    if (xa === 0) continue;
    const row = a * columns;
    for (let b = 0; b <= a; b += 1) into[row + b] = (into[row + b] as number) + xa * (data[start + b] as number);
  }
}

/**
 * Solves S·x = b for a symmetric positive definite S given by its lower triangle, which is overwritten by its Cholesky factor.
 * A pivot that vanishes (columns that repeat each other) gets a tiny one instead: its unknown stays near zero.
 */
export function solveSymmetric(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const n = b.length;
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = lower[i * n + j] as number;
      for (let k = 0; k < j; k += 1) sum -= (lower[i * n + k] as number) * (lower[j * n + k] as number);
      if (i === j) lower[j * n + j] = Math.sqrt(sum > 1e-10 ? sum : 1e10);
      else lower[i * n + j] = sum / (lower[j * n + j] as number);
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i += 1) {
    let sum = x[i] as number;
    for (let k = 0; k < i; k += 1) sum -= (lower[i * n + k] as number) * (x[k] as number);
    x[i] = sum / (lower[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = x[i] as number;
    for (let k = i + 1; k < n; k += 1) sum -= (lower[k * n + i] as number) * (x[k] as number);
    x[i] = sum / (lower[i * n + i] as number);
  }
  return x;
}

import { addOuter, dotRow, type Matrix, solveSymmetric } from './linear.ts';

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A penalty per column: `ridge` on every column but the first `free` ones (the constant). */
const penalties = (columns: number, ridge: number, free: number): Float64Array =>
  Float64Array.from({ length: columns }, (_, j) => (j < free ? 1e-9 : ridge));

/**
 * Logistic regression with a ridge penalty, by iteratively reweighted least squares (Newton's steps) until no coefficient moves by
 * more than 1e-6, at most 30 steps. The first column is the constant, not penalised. `y` holds 0 and 1. Returns the coefficients.
 */
export function fitLogistic(x: Matrix, y: ArrayLike<number>, ridge: number): Float64Array {
  const p = x.columns;
  const penalty = penalties(p, ridge, 1);
  let beta = new Float64Array(p);
  for (let step = 0; step < 30; step += 1) {
    const information = new Float64Array(p * p);
    const gradient = new Float64Array(p);
    for (let i = 0; i < x.rows; i += 1) {
      const chance = sigmoid(dotRow(x, i, beta));
      const miss = (y[i] as number) - chance;
      for (let j = 0, at = i * p; j < p; j += 1, at += 1) gradient[j] = (gradient[j] as number) + miss * (x.data[at] as number);
      addOuter(information, x, i, Math.max(chance * (1 - chance), 1e-9));
    }
    for (let j = 0; j < p; j += 1) {
      gradient[j] = (gradient[j] as number) - (penalty[j] as number) * (beta[j] as number);
      information[j * p + j] = (information[j * p + j] as number) + (penalty[j] as number);
    }
    const move = solveSymmetric(information, gradient);
    const largest = move.reduce((most, m) => Math.max(most, Math.abs(m)), 0);
    // A first step on separable data can be huge; kept within reach, the penalty brings it back.
    const scale = largest > 5 ? 5 / largest : 1;
    beta = beta.map((b, j) => b + scale * (move[j] as number));
    if (largest < 1e-6) break;
  }
  return beta;
}

/** Least squares with a ridge penalty; the first column is the constant, not penalised. */
export function fitRidge(x: Matrix, y: ArrayLike<number>, ridge: number): Float64Array {
  const p = x.columns;
  const penalty = penalties(p, ridge, 1);
  const square = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let i = 0; i < x.rows; i += 1) {
    for (let j = 0, at = i * p; j < p; j += 1, at += 1)
      right[j] = (right[j] as number) + (y[i] as number) * (x.data[at] as number);
    addOuter(square, x, i, 1);
  }
  for (let j = 0; j < p; j += 1) square[j * p + j] = (square[j * p + j] as number) + (penalty[j] as number);
  return solveSymmetric(square, right);
}

import type { Curve } from './curve.ts';
import { fitEncoder, termsOf } from './features.ts';
import { lateFrom, RIDGE } from './hazard.ts';
import { addOuter, dotRow, type Matrix, matrixOf, solveSymmetric } from './linear.ts';
import type { Model, Sample } from './models.ts';

/** Proportional hazards (Cox) with a ridge penalty: Newton's steps on Breslow's partial likelihood, then Breslow's baseline. */
export function fitCox(samples: readonly Sample[]): Model {
  const encoder = fitEncoder(samples.map((s) => s.start));
  const order = [...samples].sort((a, b) => b.seen.days - a.seen.days);
  const x = matrixOf(
    order.map((s) => encoder.encode(s.start)),
    encoder.names.length,
  );
  const beta = coefficientsOf(x, order);
  const { days, hazard } = baselineOf(x, order, beta);
  return {
    forecast: (start) => {
      const risk = Math.exp(encoder.encode(start).reduce((sum, v, j) => sum + v * (beta[j] as number), 0));
      const curve: Curve = { days, paid: hazard.map((h) => 1 - Math.exp(-h * risk)) };
      return { curve, pLate: lateFrom(curve, termsOf(start.invoice)) };
    },
  };
}

/** Calls `day` for each day of payment, latest first, with the rows leaving that day, once those still at risk were `join`ed. */
function byDay(
  order: readonly Sample[],
  join: (row: number) => void,
  day: (paidRows: readonly number[], days: number) => void,
): void {
  for (let next = 0; next < order.length; ) {
    const days = (order[next] as Sample).seen.days;
    const paidRows: number[] = [];
    for (; next < order.length && (order[next] as Sample).seen.days === days; next += 1) {
      join(next);
      if ((order[next] as Sample).seen.paid) paidRows.push(next);
    }
    if (paidRows.length > 0) day(paidRows, days);
  }
}

function coefficientsOf(x: Matrix, order: readonly Sample[]): Float64Array {
  const p = x.columns;
  let beta = new Float64Array(p);
  for (let step = 0; step < 20; step += 1) {
    const gradient = beta.map((b) => -RIDGE * b);
    const information = new Float64Array(p * p);
    for (let j = 0; j < p; j += 1) information[j * p + j] = RIDGE;
    const first = new Float64Array(p);
    const second = new Float64Array(p * p);
    let total = 0;
    byDay(
      order,
      (row) => {
        const risk = Math.exp(dotRow(x, row, beta));
        total += risk;
        for (let j = 0; j < p; j += 1) first[j] = (first[j] as number) + risk * (x.data[row * p + j] as number);
        addOuter(second, x, row, risk);
      },
      (paidRows) => {
        for (const row of paidRows)
          for (let j = 0; j < p; j += 1) gradient[j] = (gradient[j] as number) + (x.data[row * p + j] as number);
        const d = paidRows.length;
        for (let a = 0; a < p; a += 1) {
          const mean = (first[a] as number) / total;
          gradient[a] = (gradient[a] as number) - d * mean;
          for (let b = 0; b <= a; b += 1)
            information[a * p + b] =
              (information[a * p + b] as number) +
              d * ((second[a * p + b] as number) / total - mean * ((first[b] as number) / total));
        }
      },
    );
    const move = solveSymmetric(information, gradient);
    const largest = move.reduce((most, m) => Math.max(most, Math.abs(m)), 0);
    const scale = largest > 2 ? 2 / largest : 1;
    beta = beta.map((b, j) => b + scale * (move[j] as number));
    if (largest < 1e-6) break;
  }
  return beta;
}

/** Breslow's cumulative baseline hazard, with a knot on the eve and on each day of payment. */
function baselineOf(x: Matrix, order: readonly Sample[], beta: Float64Array): { days: Float64Array; hazard: Float64Array } {
  const jumps: { days: number; jump: number }[] = [];
  let total = 0;
  byDay(
    order,
    (row) => {
      total += Math.exp(dotRow(x, row, beta));
    },
    (paidRows, days) => jumps.push({ days, jump: paidRows.length / total }),
  );
  const days = [-1];
  const hazard = [0];
  for (const { days: day, jump } of jumps.reverse()) {
    const before = hazard.at(-1) as number;
    if ((days.at(-1) as number) < day - 1) {
      days.push(day - 1);
      hazard.push(before);
    }
    days.push(day);
    hazard.push(before + jump);
  }
  return { days: Float64Array.from(days), hazard: Float64Array.from(hazard) };
}

import { sigmoid } from './regression.ts';

/** Gradient boosting with small trees over histograms: each figure is cut into at most 32 classes once, then every split is a sum. */

export interface BoostOptions {
  readonly loss: 'squares' | 'logistic';
  readonly trees: number;
  /** the share of each tree's answer that is kept */
  readonly rate: number;
  readonly depth: number;
  readonly leafAtLeast: number;
}

interface Leaf {
  readonly value: number;
}
interface Split {
  readonly column: number;
  /** values up to here go left */
  readonly upTo: number;
  readonly left: Tree;
  readonly right: Tree;
}
type Tree = Leaf | Split;

const CLASSES = 32;
const LEAF_RIDGE = 1;

/** Where the classes of each column end: at most 31 cuts at even ranks. */
function cutsOf(rows: readonly Float64Array[], columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, j) => {
    const values = Float64Array.from(rows, (row) => row[j] as number).sort();
    const cuts = new Set<number>();
    for (let k = 1; k < CLASSES; k += 1) cuts.add(values[Math.floor((k * values.length) / CLASSES)] as number);
    cuts.delete(values.at(-1) as number);
    return Float64Array.from(cuts);
  });
}

const classOf = (cuts: Float64Array, value: number): number => {
  let k = 0;
  while (k < cuts.length && value > (cuts[k] as number)) k += 1;
  return k;
};

interface Growing {
  readonly classes: readonly Uint8Array[];
  readonly cuts: readonly Float64Array[];
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly options: BoostOptions;
}

const gain = (g: number, h: number): number => (g * g) / (h + LEAF_RIDGE);

function grow(data: Growing, rows: Int32Array, depth: number): Tree {
  let [g, h] = [0, 0];
  for (const i of rows) {
    g += data.gradient[i] as number;
    h += data.curvature[i] as number;
  }
  const leaf: Leaf = { value: g / (h + LEAF_RIDGE) };
  if (depth === 0 || rows.length < 2 * data.options.leafAtLeast) return leaf;
  const best = bestSplit(data, rows, g, h);
  if (!best) return leaf;
  const classes = data.classes[best.column] as Uint8Array;
  const left = rows.filter((i) => (classes[i] as number) <= best.at);
  const right = rows.filter((i) => (classes[i] as number) > best.at);
  const upTo = (data.cuts[best.column] as Float64Array)[best.at] as number;
  return { column: best.column, upTo, left: grow(data, left, depth - 1), right: grow(data, right, depth - 1) };
}

function bestSplit(data: Growing, rows: Int32Array, g: number, h: number): { column: number; at: number } | undefined {
  let best: { column: number; at: number } | undefined;
  let most = gain(g, h) + 1e-6;
  const sums = new Float64Array(CLASSES * 3);
  data.cuts.forEach((cuts, column) => {
    if (cuts.length === 0) return;
    sums.fill(0);
    const classes = data.classes[column] as Uint8Array;
    for (const i of rows) {
      const at = (classes[i] as number) * 3;
      sums[at] = (sums[at] as number) + (data.gradient[i] as number);
      sums[at + 1] = (sums[at + 1] as number) + (data.curvature[i] as number);
      sums[at + 2] = (sums[at + 2] as number) + 1;
    }
    let [gLeft, hLeft, nLeft] = [0, 0, 0];
    for (let k = 0; k < cuts.length; k += 1) {
      gLeft += sums[k * 3] as number;
      hLeft += sums[k * 3 + 1] as number;
      nLeft += sums[k * 3 + 2] as number;
      if (nLeft < data.options.leafAtLeast || rows.length - nLeft < data.options.leafAtLeast) continue;
      const found = gain(gLeft, hLeft) + gain(g - gLeft, h - hLeft);
      if (found > most) {
        most = found;
        best = { column, at: k };
      }
    }
  });
  return best;
}

function answerOf(tree: Tree, row: ArrayLike<number>): number {
  let node = tree;
  while ('column' in node) node = (row[node.column] as number) <= node.upTo ? node.left : node.right;
  return node.value;
}

/** The boosted answer for a row: a number of the target's unit for squares, a chance for logistic. */
export type Boosted = (row: ArrayLike<number>) => number;

/** Fits the trees one after the other on what the ones before leave unexplained. */
export function fitBoosted(rows: readonly Float64Array[], y: ArrayLike<number>, options: BoostOptions): Boosted {
  const n = rows.length;
  const logistic = options.loss === 'logistic';
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += y[i] as number;
  const mean = n > 0 ? sum / n : 0;
  const start = logistic ? Math.log((sum + 0.5) / (n - sum + 0.5)) : mean;
  const columns = rows[0]?.length ?? 0;
  const cuts = cutsOf(rows, columns);
  const classes = cuts.map((cut, j) => Uint8Array.from(rows, (row) => classOf(cut, row[j] as number)));
  const score = new Float64Array(n).fill(start);
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n).fill(1);
  const everyone = Int32Array.from({ length: n }, (_, i) => i);
  const trees: Tree[] = [];
  for (let t = 0; t < options.trees; t += 1) {
    for (let i = 0; i < n; i += 1) {
      const at = logistic ? sigmoid(score[i] as number) : (score[i] as number);
      gradient[i] = (y[i] as number) - at;
      if (logistic) curvature[i] = at * (1 - at);
    }
    const tree = grow({ classes, cuts, gradient, curvature, options }, everyone, options.depth);
    trees.push(tree);
    for (let i = 0; i < n; i += 1) score[i] = (score[i] as number) + options.rate * answerOf(tree, rows[i] as Float64Array);
  }
  return (row) => {
    const total = trees.reduce((value, tree) => value + options.rate * answerOf(tree, row), start);
    return logistic ? sigmoid(total) : total;
  };
}

import { type CashCheck, checkCash } from '#core/forecast/cash-check.ts';
import { DEFAULT_MODEL, MODEL_IDS, type ModelId } from '#core/forecast/catalogue.ts';
import { type Choice, chooseModel, type Evaluation, evaluate } from '#core/forecast/evaluate.ts';
import type { PastInvoice } from '#core/forecast/invoices.ts';
import { cutAt, randomSplit, rollingOrigin, type Split, temporalSplit } from '#core/forecast/protocol.ts';
import type { Day } from '#core/kernel/day.ts';
import { fromEpochDay, toEpochDay } from '#core/kernel/epoch-day.ts';

export interface BenchOptions {
  /** first day not learnt from; the day before which seven tenths of the invoices started, by default */
  readonly cut?: Day;
  readonly draws: number;
  /** leaves out what takes minutes on large files: the trees inside an average, the weekly cash */
  readonly fast: boolean;
}

/** What a bench measured, ready to be written as a table or as JSON. */
export interface BenchReport {
  readonly cut: string;
  readonly learnt: number;
  readonly settledBeforeCut: number;
  readonly tested: number;
  readonly lateShare: number;
  readonly models: readonly Evaluation[];
  readonly rolling: Choice;
  readonly origins: readonly string[];
  readonly cash: readonly CashCheck[];
  /** the share of all the money that the largest invoice makes: cash errors may be its own */
  readonly largestShare: number;
  /** a random split, only to be warned against */
  readonly random?: Evaluation;
}

const CASH_MODELS: readonly ModelId[] = ['terms', 'customer-mean', DEFAULT_MODEL];

const iso = (day: number): string => fromEpochDay(day).toString();
const settledIn = ({ training }: Split): number => training.filter((s) => s.seen.paid).length;

function largestShare(invoices: readonly PastInvoice[]): number {
  const [total, largest] = invoices.reduce(([sum, most], { cents }) => [sum + cents, cents > most ? cents : most], [0n, 0n]);
  return total > 0n ? Number(largest) / Number(total) : 0;
}

/** Runs the whole protocol on past invoices. `undefined` when the cut leaves nothing to learn from or nothing to test. */
export function runBench(invoices: readonly PastInvoice[], { cut, draws, fast }: BenchOptions): BenchReport | undefined {
  const at = cut ? toEpochDay(cut) : cutAt(invoices, 0.7);
  const split = temporalSplit(invoices, at);
  const origins = rollingOrigin(invoices).filter((s) => settledIn(s) >= 50 && s.test.length > 0);
  if (settledIn(split) < 50 || split.test.length < 20 || origins.length === 0) return undefined;
  const ids = MODEL_IDS.filter((id) => !fast || id !== 'average');
  const bootstrap = { draws, seed: 20261121, level: 0.9 };
  const [random] = evaluate(randomSplit(invoices), [DEFAULT_MODEL], { ...bootstrap, draws: 0 });
  return {
    cut: iso(at),
    learnt: split.training.length,
    settledBeforeCut: settledIn(split),
    tested: split.test.length,
    lateShare: split.test.filter((t) => t.late).length / split.test.length,
    models: evaluate(split, ids, bootstrap),
    rolling: chooseModel(origins, ids),
    origins: origins.map((s) => iso(s.cut)),
    cash: fast ? [] : checkCash(invoices, CASH_MODELS, at),
    largestShare: largestShare(invoices),
    ...(random ? { random } : {}),
  };
}

import { ok, type Result, refuse } from '../kernel/result.ts';
import { DEFAULT_VALUES, type Sourced } from './defaults.ts';
import type { Numbers, ParamId } from './numbers.ts';

export type { Sourced } from './defaults.ts';

/** A version of every number of the model. A decision keeps the version it was made with. */
export interface DecisionParams {
  readonly version: string;
  readonly values: { readonly [K in ParamId]: Sourced<Numbers[K]> };
}

export const DEFAULT_PARAMS: DecisionParams = { version: '2026-11-21', values: DEFAULT_VALUES };

export const PARAM_IDS = Object.keys(DEFAULT_VALUES) as readonly ParamId[];

const bare = new WeakMap<DecisionParams, Numbers>();

/** The bare numbers of a set, built once. */
export function numbersOf(params: DecisionParams): Numbers {
  const known = bare.get(params);
  if (known) return known;
  const built = Object.fromEntries(PARAM_IDS.map((id) => [id, params.values[id].value])) as unknown as Numbers;
  bare.set(params, built);
  return built;
}

/** Which numbers are chances or shares: they stay between 0 and 1. Others are only kept from being negative. */
const FRACTIONS: ReadonlySet<ParamId> = new Set<ParamId>([
  ...([
    'prior0',
    'pE',
    'pC',
    'pM',
    'pW',
    'decay',
    'qStick',
    'q',
    'planAcc',
    'planSilent',
    'planDone',
    'credAcc',
    'credShare',
  ] as const),
  ...(['mdnAcc', 'mdnShare', 'agyAcc', 'agyFee', 'psrAcc', 'psrSilent', 'ipAcc', 'ipPay', 'ipOpp', 'ipDisputeFactor'] as const),
  ...(['ipDisputeOpp', 'refWin', 'refWinDispute', 'refPay', 'suitWin', 'suitWinD', 'suitWinB', 'suitPay', 'enfFull'] as const),
  ...(['enfHalf', 'tail', 'harden', 'costBack', 'kAmi', 'kJud', 'kPsr', 'lateRate', 'lateRateB2C', 'dividend'] as const),
  ...(['discountAnnual', 'checkGood', 'checkMiddling', 'checkBad'] as const),
]);

export const isFraction = (id: ParamId): boolean => FRACTIONS.has(id);

/** Durations count whole steps; at least one, so that time always moves on. */
const WHOLE: ReadonlySet<ParamId> = new Set<ParamId>([
  ...(['stepDays', 'planN', 'planPace', 'planBrokenSteps', 'credSteps', 'mdnSteps', 'agySteps', 'psrSteps'] as const),
  ...(['ipRejectedSteps', 'ipServeStep', 'ipSteps', 'refSteps', 'suitSteps', 'suitStepsOpp', 'enfSteps'] as const),
]);

const flat = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value]);
const shape = (value: unknown): string => (Array.isArray(value) ? `[${value.map(shape).join()}]` : 'n');

/** No price, hour or rate is above: beyond, sums lose their cents, then overflow. */
const MOST = 1e6;

/** What is wrong with a value for a parameter, in French, or undefined. */
function fault(id: ParamId, value: unknown): string | undefined {
  if (shape(value) !== shape(DEFAULT_VALUES[id].value)) return 'il faut autant de nombres que dans la valeur de départ';
  for (const x of flat(value)) {
    if (typeof x !== 'number' || !Number.isFinite(x) || x < 0) return 'il faut des nombres positifs ou nuls';
    if (x > MOST) return 'il faut des nombres d’au plus un million';
    if (FRACTIONS.has(id) && x > 1) return 'il faut des nombres entre 0 et 1';
    if (WHOLE.has(id) && (!Number.isInteger(x) || x < 1 || x > 120)) return 'il faut un nombre entier d’étapes, de 1 à 120';
  }
  return undefined;
}

/** Chances that exclude each other: for each type their sum stays at most 1. */
function excess(n: Numbers): ParamId | undefined {
  if (n.q.some((row) => Math.abs(row.reduce((a, b) => a + b, 0) - 1) > 1e-9)) return 'q';
  if (n.prior0.every((x) => x === 0)) return 'prior0';
  return n.enfFull.some((full, i) => full + (n.enfHalf[i] ?? 0) > 1 + 1e-9) ? 'enfHalf' : undefined;
}

/**
 * The same set with the user's own values, graded as theirs; the version tells it apart. Refuses a value of the wrong shape or
 * out of range (`advice.param-unknown`, `advice.param-invalid`); nothing is changed then.
 */
export function withUserValues(
  params: DecisionParams,
  own: Readonly<Record<string, unknown>>,
  version = `${params.version}+`,
): Result<DecisionParams> {
  const values: Record<string, Sourced<unknown>> = { ...params.values };
  for (const [name, value] of Object.entries(own)) {
    const id = PARAM_IDS.find((known) => known === name);
    if (!id)
      return refuse('advice.param-unknown', `Le chiffre «\u202f${name}\u202f» n’existe pas dans le modèle.`, { param: name });
    const wrong = fault(id, value);
    if (wrong) return refuse('advice.param-invalid', `${DEFAULT_VALUES[id].label} (${id})\u202f: ${wrong}.`, { param: id });
    values[id] = { value, grade: 'user', label: DEFAULT_VALUES[id].label, source: 'votre valeur' };
  }
  const next: DecisionParams = { version, values: values as DecisionParams['values'] };
  const over = excess(numbersOf(next));
  if (over)
    return refuse(
      'advice.param-invalid',
      `${DEFAULT_VALUES[over].label} (${over})\u202f: la somme doit rester égale ou inférieure à 1.`,
      {
        param: over,
      },
    );
  return ok(next);
}

import type { Action } from '../advice/actions.ts';
import { rateInterval } from './rates.ts';

/** What the advice proposed on a day, and what the user chose. */
export interface Choice {
  readonly proposed: Action;
  /** the steps told to be worth as much */
  readonly tie: readonly Action[];
  /** absent: the proposal was refused, and nothing chosen instead */
  readonly chosen?: Action | undefined;
  /** something still ran (a promise, a plan, a notice): the advice was to wait */
  readonly waiting: boolean;
}

/** A choice follows the advice when it is the proposed step or one told to be its equal; while something runs, waiting is. */
export function followed({ proposed, tie, chosen, waiting }: Choice): boolean {
  if (waiting) return chosen === undefined || chosen === 'WAIT';
  return chosen !== undefined && (chosen === proposed || tie.includes(chosen));
}

/** A choice of a closed case, and what came in after it and before the next choice. */
export interface ClosedChoice extends Choice {
  /** cents */
  readonly receivedCents: bigint;
  /** what came in settled the case */
  readonly settled: boolean;
}

/**
 * What came of the choices made: all those that followed the advice, then all the others; under each, by what was proposed and chosen.
 * These are the outcomes of different cases: never what following the advice causes.
 */
export interface ChoiceRecord {
  readonly followed: boolean;
  readonly times: number;
  readonly settled: number;
  /** share settled, and the interval that holds it nine times in ten, from these choices alone */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly receivedCents: bigint;
}

/** The same for one pair of a proposed and a chosen step. */
export interface PairRecord extends ChoiceRecord {
  readonly proposed: Action;
  readonly chosen?: Action | undefined;
}

function recordOf(choices: readonly ClosedChoice[], follows: boolean): ChoiceRecord {
  const settled = choices.filter((c) => c.settled).length;
  return {
    followed: follows,
    times: choices.length,
    settled,
    rate: settled / choices.length,
    ...rateInterval({ cases: choices.length, successes: settled }),
    receivedCents: choices.reduce((sum, c) => sum + c.receivedCents, 0n),
  };
}

/** Followed and not followed, each only where it happened. */
export function choiceRecords(choices: readonly ClosedChoice[]): ChoiceRecord[] {
  return [true, false].flatMap((follows) => {
    const of = choices.filter((c) => followed(c) === follows);
    return of.length === 0 ? [] : [recordOf(of, follows)];
  });
}

/** By what was proposed and what was chosen, most frequent first. */
export function pairRecords(choices: readonly ClosedChoice[]): PairRecord[] {
  const groups = Map.groupBy(choices, (c) => `${c.proposed} ${c.chosen ?? ''} ${followed(c)}`);
  return [...groups.values()]
    .flatMap((of) => {
      const [first] = of;
      return first ? [{ ...recordOf(of, followed(first)), proposed: first.proposed, chosen: first.chosen }] : [];
    })
    .sort((a, b) => b.times - a.times || (a.proposed < b.proposed ? -1 : 1));
}

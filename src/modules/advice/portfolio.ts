import type { Action } from '#core/advice/actions.ts';
import type { Day } from '#core/kernel/day.ts';
import { listCases, viewCase } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { adviseCase, type Hold } from './advice.ts';
import { keptAnswers, typedAnswers } from './answers.ts';
import { basisOf } from './case-claim.ts';
import { companyAdvice } from './settings.ts';

/** A case weighed against the others. Cents and hours. */
export interface Weighed {
  readonly caseId: string;
  readonly reference: string;
  readonly debtor: string;
  readonly owed: bigint;
  readonly proposed: Action;
  /** what doing the rest at best brings over stopping now */
  readonly gain: bigint;
  readonly hours: number;
  /** what each hour of that brings, the hour itself already paid */
  readonly perHour: bigint;
  readonly hold?: Hold;
}

export interface Portfolio {
  /** worth an hour this week, the dearest hour first */
  readonly worth: readonly Weighed[];
  /** something still runs, or it is too early: nothing now */
  readonly waiting: readonly Weighed[];
  /** stopping is the best */
  readonly drop: readonly Weighed[];
  /** there are smaller cases that were not weighed */
  readonly more: boolean;
}

/** Cases weighed on the page, the largest first. Each is solved exactly. */
export const MOST_WEIGHED = 100;

/** Hours below which a step's value is not divided further: nobody opens a file for less than five minutes. */
const LEAST_HOURS = 1 / 12;

/** Which open cases deserve an hour this week, which wait, which to let go. */
export async function weighPortfolio(tx: Tx, tenantId: string, today: Day): Promise<Portfolio> {
  const company = await companyAdvice(tx, tenantId);
  const listed = await listCases(tx, tenantId, { which: 'open' }, today, { limit: MOST_WEIGHED + 1, offset: 0 });
  const looked = listed.slice(0, MOST_WEIGHED);
  const answers = await typedAnswers(
    tx,
    tenantId,
    looked.map((row) => row.id),
  );
  const weighed: Weighed[] = [];
  for (const row of looked) {
    const of = await viewCase(tx, tenantId, row.id, today);
    const advice = of && adviseCase(basisOf(of), keptAnswers(answers.get(row.id)), company, today);
    if (!advice?.ok || 'none' in advice.value) continue;
    const { decision, hold } = advice.value.advised;
    const option = decision.options.find((o) => o.action === decision.proposed);
    const stop = decision.options.find((o) => o.action === 'WRITEOFF');
    if (!option) continue;
    const gain = option.net - (stop?.net ?? 0n);
    const hours = Math.max(LEAST_HOURS, option.hours);
    weighed.push({
      caseId: row.id,
      reference: row.reference,
      debtor: row.debtor,
      owed: row.balanceCents,
      proposed: decision.proposed,
      gain,
      hours,
      perHour: BigInt(Math.round(Number(gain) / hours)),
      ...(hold && { hold }),
    });
  }
  // A declaration has a deadline that nothing moves: it comes before any hour's worth.
  const pressing = (w: Weighed): number => (w.proposed === 'DECLARE' ? 1 : 0);
  const sorted = weighed.sort(
    (a, b) => pressing(b) - pressing(a) || (a.perHour > b.perHour ? -1 : a.perHour < b.perHour ? 1 : 0),
  );
  const waits = (w: Weighed): boolean => w.hold !== undefined || w.proposed === 'WAIT';
  return {
    worth: sorted.filter((w) => !waits(w) && w.proposed !== 'WRITEOFF'),
    waiting: sorted.filter(waits),
    drop: sorted.filter((w) => !waits(w) && w.proposed === 'WRITEOFF'),
    more: listed.length > looked.length,
  };
}

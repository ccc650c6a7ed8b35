import { ACTION_WORDS, ACTIONS, type Action } from '#core/advice/actions.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import { DEFAULT_PARAMS } from '#core/advice/params.ts';
import { type LearntTime, learntTime, proposedMinutes } from '#core/history/times.ts';
import { type Day, daysBetween } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Fact } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { isId, newId } from '#platform/ids.ts';
import { companyAdvice, paramsFor, setFigure } from './settings.ts';
import { addEntry, minutesByStep, typedMinutes } from './time-log.ts';

/** The figure of the advice that says how long a step takes, hours. */
type TimeFigure = ParamId & ('eH' | 'cH' | 'medH' | 'planH' | 'declH');
const FIGURES: ReadonlyMap<Action, TimeFigure> = new Map<Action, TimeFigure>([
  ['EMAIL', 'eH'],
  ['CALL', 'cH'],
  ['MED', 'medH'],
  ['PLAN', 'planH'],
  ['DECLARE', 'declH'],
]);

/** A step that took time: whose figure, what part of it, how it is called in the log. */
interface Timed {
  readonly action: Action;
  readonly share: number;
  readonly label: string;
}

/** The letter is a third of a notice's time; signing, copying and posting it the rest. */
const PREPARING = 1 / 3;
const CHANNELS: Readonly<Record<string, Timed>> = {
  call: { action: 'CALL', share: 1, label: 'Appel' },
  meeting: { action: 'CALL', share: 1, label: 'Rencontre' },
  email: { action: 'EMAIL', share: 1, label: 'Courriel' },
  letter: { action: 'EMAIL', share: 1, label: 'Courrier' },
};

function timedIn(fact: { readonly kind: Fact['kind']; readonly payload: unknown }): Timed | undefined {
  switch (fact.kind) {
    case 'contact-made':
      return CHANNELS[(fact.payload as { readonly channel: string }).channel];
    case 'letter-prepared':
      return { action: 'MED', share: PREPARING, label: 'Mise en demeure préparée' };
    case 'letter-posted':
      return { action: 'MED', share: 1 - PREPARING, label: 'Mise en demeure postée' };
    case 'plan-agreed':
      return { action: 'PLAN', share: 1, label: 'Échéancier convenu' };
    case 'claim-declared':
      return { action: 'DECLARE', share: 1, label: 'Créance déclarée' };
    default:
      return undefined;
  }
}

/**
 * Proposes the time of a step the user just noted: the minutes since the page was opened, when the step is of today and they are
 * credible, otherwise the company's figure. Nothing is logged until the user says so. `opened` is the instant the form was shown, as the
 * form gives it back.
 */
export async function proposeTime(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseId: string,
  fact: Parameters<typeof timedIn>[0] & { readonly on: Day },
  opened: string,
): Promise<void> {
  const timed = timedIn(fact);
  const figure = timed && FIGURES.get(timed.action);
  if (!timed || !figure) return;
  const today = deps.clock.today();
  const params = paramsFor(await companyAdvice(tx, tenantId), today);
  if (!params.ok) return;
  const usual = params.value.values[figure].value * 60 * timed.share;
  const measured = daysBetween(fact.on, today) === 0 ? minutesSince(opened, deps.clock.now()) : undefined;
  await tx
    .insertInto('time_proposals')
    .values({
      ...{ tenant_id: tenantId, proposal_id: newId(), case_id: caseId, on_day: fact.on },
      ...{ action: timed.action, label: timed.label, ...proposedMinutes(measured, usual), created_at: deps.clock.now() },
    })
    .execute();
}

/** Minutes from an instant written by our own form; undefined for anything else. */
function minutesSince(opened: string, now: Temporal.Instant): number | undefined {
  try {
    return Temporal.Instant.from(opened).until(now).total('minutes');
  } catch {
    return undefined;
  }
}

/** Time waiting for the user's word. */
export interface TimeProposal {
  readonly id: string;
  readonly on: Day;
  readonly label: string;
  readonly minutes: number;
  readonly measured: boolean;
}

/** What is proposed on a case, oldest first. */
export async function proposalsOf(tx: Tx, tenantId: string, caseId: string): Promise<TimeProposal[]> {
  const rows = await tx
    .selectFrom('time_proposals')
    .select(['proposal_id', 'on_day', 'label', 'minutes', 'measured'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('proposal_id')
    .execute();
  return rows.map((row) => ({
    id: row.proposal_id,
    on: row.on_day,
    label: row.label,
    minutes: row.minutes,
    measured: row.measured,
  }));
}

/** Notes a proposed time, as corrected. Pressed twice, it counts once. Refusals `form.invalid`, `advice.time-unknown` (gone already). */
export function acceptTime(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  id: string,
  typed: Typed,
): Promise<Result<{ readonly minutes: number }>> {
  const form = typedMinutes(typed);
  if (!form.ok) return Promise.resolve(form);
  const { minutes } = form.value;
  return deps.db.tenant(tenantId, async (tx) => {
    const row = await takeOut(tx, tenantId, caseId, id);
    if (!row) return refuse('advice.time-unknown', 'Ce temps est déjà noté, ou écarté.');
    const action = ACTIONS.find((one) => one === row.action);
    await addEntry(tx, deps, tenantId, { id, caseId, on: row.on_day, minutes, label: row.label, ...(action && { action }) });
    return ok({ minutes });
  });
}

/** Sets a proposed time aside; one that is gone already changes nothing. */
export async function dismissTime(deps: Pick<Deps, 'db'>, tenantId: string, caseId: string, id: string): Promise<void> {
  await deps.db.tenant(tenantId, (tx) => takeOut(tx, tenantId, caseId, id));
}

async function takeOut(tx: Tx, tenantId: string, caseId: string, id: string) {
  if (!isId(id)) return undefined;
  return tx
    .deleteFrom('time_proposals')
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('proposal_id', '=', id)
    .returning(['on_day', 'action', 'label'])
    .executeTakeFirst();
}

/** What a step takes the user, against the figure the advice counts with. */
export interface OwnTime extends LearntTime {
  readonly action: Action;
  readonly figure: TimeFigure;
  /** the advice counts with it already */
  readonly inUse: boolean;
}

/** The figure as it is kept: hours, to a tenth of a second. */
const hoursText = (minutes: number): string => (minutes / 60).toFixed(4);

/** The user's own times of each step noted at least once; they start from the starting figures, so that accepting twice changes nothing. */
export async function ownTimes(tx: Tx, tenantId: string): Promise<OwnTime[]> {
  const noted = await minutesByStep(tx, tenantId);
  const { own } = await companyAdvice(tx, tenantId);
  return [...FIGURES].flatMap(([action, figure]) => {
    const learnt = learntTime(noted.get(action) ?? [], DEFAULT_PARAMS.values[figure].value * 60);
    return learnt ? [{ ...learnt, action, figure, inUse: own.get(figure)?.value === Number(hoursText(learnt.mean)) }] : [];
  });
}

/** Makes the time learnt of a step the advice's own figure. Refusals `advice.time-unknown` (never noted), and those of the figures. */
export async function acceptOwnTime(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, action: string): Promise<Result<void>> {
  const times = await deps.db.tenant(tenantId, (tx) => ownTimes(tx, tenantId));
  const own = times.find((one) => one.action === action);
  if (!own) return refuse('advice.time-unknown', 'Aucun temps n’est noté pour cette étape.');
  const note = `Vos temps notés au ${frenchDay(deps.clock.today())}, ${ACTION_WORDS[own.action].noun}\u202f: ${own.times} fois, ${Math.round(own.average)}\u00a0min en moyenne`;
  return setFigure(deps, tenantId, own.figure, { v0: hoursText(own.mean), note });
}

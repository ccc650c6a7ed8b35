import { z } from 'zod';
import { ACTIONS, type Action } from '#core/advice/actions.ts';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { isId, newId } from '#platform/ids.ts';

/** Time spent on a case. */
export interface TimeEntry {
  readonly id: string;
  readonly on: Day;
  readonly minutes: number;
  readonly label: string;
}

/** The time spent on a case, latest first. */
export async function timeOf(tx: Tx, tenantId: string, caseId: string): Promise<TimeEntry[]> {
  const rows = await tx
    .selectFrom('time_entries')
    .select(['entry_id', 'on_day', 'minutes', 'label'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('on_day', 'desc')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({ id: row.entry_id, on: row.on_day, minutes: row.minutes, label: row.label }));
}

/** The minutes of each time a step was noted; a notice is prepared, then posted: both are one time of its case. */
export async function minutesByStep(tx: Tx, tenantId: string): Promise<ReadonlyMap<Action, readonly number[]>> {
  const rows = await tx
    .selectFrom('time_entries')
    .select(['case_id', 'action', 'minutes'])
    .where('tenant_id', '=', tenantId)
    .where('action', 'is not', null)
    .orderBy('entry_id')
    .execute();
  const known = rows.flatMap(({ case_id, action, minutes }) => {
    const step = ACTIONS.find((one) => one === action);
    return step ? [{ caseId: case_id, step, minutes }] : [];
  });
  return new Map(
    [...Map.groupBy(known, ({ step }) => step)].map(([step, entries]) => {
      if (step !== 'MED') return [step, entries.map((e) => e.minutes)] as const;
      const cases = [...Map.groupBy(entries, (e) => e.caseId).values()];
      return [step, cases.map((of) => of.reduce((sum, e) => sum + e.minutes, 0))] as const;
    }),
  );
}

const Minutes = z
  .string()
  .transform((text) => (/^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN))
  .refine((n) => n >= 1 && n <= 1440, 'Écrivez un nombre de minutes, de 1 à 1\u202f440.');

const TimeForm = z.object({
  minutes: Minutes,
  label: z
    .string()
    .trim()
    .max(200, 'Ce texte est trop long (200 caractères au plus).')
    .optional()
    .transform((text) => text || 'Suivi du dossier'),
});

/** Reads the one field of a proposal. Refusal `form.invalid`. */
export const typedMinutes = (typed: Typed): Result<{ readonly minutes: number }> =>
  parseForm(z.object({ minutes: Minutes }), typed);

interface NewEntry extends TimeEntry {
  readonly caseId: string;
  readonly action?: Action;
}

/** Adds an entry, once for an id, and tells the journal. */
export async function addEntry(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, entry: NewEntry): Promise<void> {
  const { id, caseId, on, minutes, label, action } = entry;
  const at = deps.clock.now();
  const added = await tx
    .insertInto('time_entries')
    .values({
      tenant_id: tenantId,
      entry_id: id,
      case_id: caseId,
      on_day: on,
      minutes,
      label,
      action: action ?? null,
      created_at: at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (!added.numInsertedOrUpdatedRows) return;
  const payload = { id, caseId, minutes, label, ...(action && { action }) };
  await appendJournal(tx, tenantId, { kind: 'time-logged', on, at, actor: 'user', payload });
}

/** Notes time spent today on a case. A form sent twice (same `id`) counts once. Refusal `form.invalid`. */
export async function logTime(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  typed: Typed,
): Promise<Result<void>> {
  const form = parseForm(TimeForm, typed);
  if (!form.ok) return form;
  const id = typed.id !== undefined && isId(typed.id) ? typed.id : newId();
  await deps.db.tenant(tenantId, (tx) => addEntry(tx, deps, tenantId, { id, caseId, on: deps.clock.today(), ...form.value }));
  return ok(undefined);
}

/** Takes an entry out; one that is gone already changes nothing. */
export async function removeTime(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, caseId: string, id: string): Promise<void> {
  if (!isId(id)) return;
  await deps.db.tenant(tenantId, async (tx) => {
    const gone = await tx
      .deleteFrom('time_entries')
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .where('entry_id', '=', id)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return;
    const at = deps.clock.now();
    await appendJournal(tx, tenantId, {
      kind: 'time-removed',
      on: deps.clock.today(),
      at,
      actor: 'user',
      payload: { id, caseId },
    });
  });
}

/** What the time of a case cost, cents, at so many euros an hour. */
export const costOf = (minutes: number, hourlyRate: number): bigint => BigInt(Math.round((minutes / 60) * hourlyRate * 100));

import { z } from 'zod';
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

const TimeForm = z.object({
  minutes: z
    .string()
    .transform((text) => (/^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN))
    .refine((n) => n >= 1 && n <= 1440, 'Écrivez un nombre de minutes, de 1 à 1 440.'),
  label: z
    .string()
    .trim()
    .max(200, 'Ce texte est trop long (200 caractères au plus).')
    .optional()
    .transform((text) => text || 'Suivi du dossier'),
});

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
  const on = deps.clock.today();
  const { minutes, label } = form.value;
  await deps.db.tenant(tenantId, async (tx) => {
    const at = deps.clock.now();
    const added = await tx
      .insertInto('time_entries')
      .values({ tenant_id: tenantId, entry_id: id, case_id: caseId, on_day: on, minutes, label, created_at: at })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (!added.numInsertedOrUpdatedRows) return;
    await appendJournal(tx, tenantId, { kind: 'time-logged', on, at, actor: 'user', payload: { id, caseId, minutes, label } });
  });
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

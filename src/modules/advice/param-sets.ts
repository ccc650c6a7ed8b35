import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Grade } from '#core/advice/defaults.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import { DEFAULT_PARAMS, type DecisionParams, PARAM_IDS } from '#core/advice/params.ts';
import type { Json } from '#core/kernel/canonical.ts';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import { type CompanyAdvice, type OwnFigure, paramsFor } from './settings.ts';

/** A figure of a set as it was: its value and how well it was known. */
export interface KeptFigure {
  readonly value: Json;
  readonly grade: Grade;
}

/** The figures of a past decision. */
export interface ParamSet {
  readonly hash: string;
  /** the starting set they come from, by its date */
  readonly startingSet: string;
  readonly values: ReadonlyMap<string, KeptFigure>;
  readonly firstUsedOn: Day;
}

/** The name of a set of figures: SHA-256 (hex) of its values in the order of their names. The same numbers have the same name. */
export function paramsHash(params: DecisionParams): string {
  const values = [...PARAM_IDS].sort().map((id) => [id, params.values[id].value]);
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

const keptOf = (params: DecisionParams): ReadonlyMap<string, KeptFigure> =>
  new Map(PARAM_IDS.map((id) => [id, { value: params.values[id].value as Json, grade: params.values[id].grade }]));

/** Keeps the figures a decision is made with, once; answers how the decision names them. */
export async function keepParamSet(
  tx: Tx,
  tenantId: string,
  params: DecisionParams,
  on: Day,
): Promise<{ readonly figures: string; readonly startingSet: string }> {
  const hash = paramsHash(params);
  const values = Object.fromEntries(keptOf(params));
  await tx
    .insertInto('advice_param_sets')
    .values({ tenant_id: tenantId, hash, starting_set: DEFAULT_PARAMS.version, values: jsonText(values), first_used_on: on })
    .onConflict((c) => c.doNothing())
    .execute();
  return { figures: hash, startingSet: DEFAULT_PARAMS.version };
}

const Kept = z.record(
  z.string(),
  z.object({ value: z.json(), grade: z.enum(['seed', 'official', 'published', 'expert', 'user']) }),
);

/** The figures of a past decision by their name; undefined when no decision of this company used such a set. */
export async function readParamSet(tx: Tx, tenantId: string, hash: string): Promise<ParamSet | undefined> {
  const row = await tx
    .selectFrom('advice_param_sets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (!row) return undefined;
  const values = new Map(Object.entries(Kept.parse(row.values)));
  return { hash, startingSet: row.starting_set, values, firstUsedOn: row.first_used_on };
}

const Told = z.object({ figure: z.string(), value: z.string().optional(), note: z.string().optional() });

/** A company's own figures at the end of a day: what the journal says was set, less what was put back. */
async function ownFiguresOn(tx: Tx, tenantId: string, on: Day): Promise<CompanyAdvice['own']> {
  const rows = await tx
    .selectFrom('journal')
    .select(['kind', 'payload'])
    .where('tenant_id', '=', tenantId)
    .where('kind', 'in', ['advice-figure-set', 'advice-figure-reset'])
    .where('on_day', '<=', sql<Day>`${on}::date`)
    .orderBy('seq')
    .execute();
  const own = new Map<ParamId, OwnFigure>();
  for (const { kind, payload } of rows) {
    const { figure, value, note } = Told.parse(payload);
    const id = PARAM_IDS.find((known) => known === figure);
    if (!id) continue;
    if (kind === 'advice-figure-reset' || value === undefined) own.delete(id);
    else own.set(id, { value: JSON.parse(value) as Json, note: note ?? '' });
  }
  return own;
}

/** The figures in force at the end of a day: the starting set, the law's rates of the day, the company's own of then. */
export async function figuresOn(tx: Tx, tenantId: string, on: Day) {
  const own = await ownFiguresOn(tx, tenantId, on);
  const params = paramsFor({ own }, on);
  if (!params.ok) throw new Error(`figures that were accepted are refused: ${params.refusal.message}`);
  const notes = new Map([...own].map(([id, { note }]) => [id as string, note]));
  return { startingSet: DEFAULT_PARAMS.version, values: keptOf(params.value), notes, hash: paramsHash(params.value) };
}

import type { ClosedCase } from '#core/history/closed-case.ts';
import type { Json } from '#core/kernel/canonical.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Mapping } from '#formats/table/columns.ts';
import { findFile, recordFile } from '#modules/companies/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import { asStored, jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { fileSize } from '#ui/format.ts';
import {
  CLOSED_CASE_FIELDS,
  type ClosedCaseColumns,
  type ClosedCaseField,
  type ClosedCases,
  closedCaseColumns,
  readClosedCases,
} from './closed-cases.ts';

/** Keeps a table, to be looked at before anything is taken from it; answers its content's hash. Refusal `closed-cases-too-large`. */
export async function keepTable(deps: Deps, tenantId: string, file: File): Promise<Result<string>> {
  const limit = deps.config.limits.fileBytes;
  if (file.size > limit)
    return refuse('closed-cases-too-large', `Ce fichier dépasse la taille permise (${fileSize(limit)}). Découpez-le.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = await deps.files.write(tenantId, bytes);
  await deps.db.tenant(tenantId, (tx) =>
    recordFile(tx, deps, tenantId, { sha256, bytes, mediaType: 'text/csv', name: file.name || 'dossiers.csv' }),
  );
  return ok(sha256);
}

/** The columns that a form points at; what it leaves out is found out. */
export function mappingIn(typed: Typed): Mapping<ClosedCaseField> {
  return Object.fromEntries(CLOSED_CASE_FIELDS.flatMap((field) => (typed[field] ? [[field, typed[field]]] : [])));
}

/** A kept table as it would be imported, and what that would change. */
export interface Preview {
  readonly sha256: string;
  readonly name: string;
  /** undefined when no line of titles was found */
  readonly columns: ClosedCaseColumns | undefined;
  readonly read: Result<ClosedCases>;
  readonly added: number;
  /** known under the same number, with other steps */
  readonly changed: number;
  /** known already, the same */
  readonly same: number;
}

/** Reads a kept table; undefined when the company has none such. */
export async function previewTable(
  deps: Deps,
  tenantId: string,
  sha256: string,
  mapping: Mapping<ClosedCaseField>,
): Promise<Preview | undefined> {
  const file = await deps.db.tenant(tenantId, (tx) => findFile(tx, tenantId, sha256));
  if (!file) return undefined;
  const bytes = new Uint8Array(await deps.files.read(tenantId, sha256));
  const read = readClosedCases(bytes, file.name, mapping);
  // A wrong mapping must not take away the list of columns to choose from.
  const columns = closedCaseColumns(bytes, mapping) ?? closedCaseColumns(bytes);
  const { added, changed, same } = read.ok
    ? await compared(deps, tenantId, read.value.cases)
    : { added: [], changed: [], same: [] };
  return { sha256, name: file.name, columns, read, added: added.length, changed: changed.length, same: same.length };
}

const stepsOf = ({ steps }: ClosedCase): Json =>
  steps.map((s) => ({
    ...{ action: s.action, cost: `${s.costCents}`, minutes: s.minutes, received: `${s.receivedCents}` },
    ...(s.days === undefined ? {} : { days: s.days }),
  }));

/** What tells a case apart from the one kept under its number; text as it is kept. */
const printOf = (c: ClosedCase): string =>
  JSON.stringify([asStored(c.customer ?? null), asStored(c.segment ?? null), `${c.faceCents}`, sorted(stepsOf(c))]);

/** The database keeps the fields of an object in an order of its own. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
};

async function compared(deps: Pick<Deps, 'db'>, tenantId: string, cases: readonly ClosedCase[]) {
  const rows = await deps.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom('closed_cases')
      .select(['reference', 'customer', 'segment', 'face_cents', 'steps'])
      .where('tenant_id', '=', tenantId)
      .execute(),
  );
  const known = new Map(
    rows.map((r) => [r.reference, JSON.stringify([r.customer, r.segment, `${r.face_cents}`, sorted(r.steps)])]),
  );
  const groups = Map.groupBy(cases, (c) => {
    const before = known.get(keyOf(c));
    return before === undefined ? 'added' : before === printOf(c) ? 'same' : 'changed';
  });
  return { added: groups.get('added') ?? [], changed: groups.get('changed') ?? [], same: groups.get('same') ?? [] };
}

/** Text as the database keeps it. */
const kept = (text: string): string => String(asStored(text));
const keyOf = (c: ClosedCase): string => kept(c.id);

/** What an import changed. */
export interface Imported {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
}

/** Rows written in one statement. */
const AT_ONCE = 1000;

/**
 * Takes the cases of a kept table in. The same table again changes nothing; a case told anew replaces what was known of it. Refusals
 * of `readClosedCases`, and `closed-cases-unknown-file`.
 */
export async function importTable(
  deps: Deps,
  tenantId: string,
  sha256: string,
  mapping: Mapping<ClosedCaseField>,
): Promise<Result<Imported>> {
  const file = await deps.db.tenant(tenantId, (tx) => findFile(tx, tenantId, sha256));
  if (!file) return refuse('closed-cases-unknown-file', 'Ce tableau n’est plus là. Déposez-le de nouveau.');
  const read = readClosedCases(new Uint8Array(await deps.files.read(tenantId, sha256)), file.name, mapping);
  if (!read.ok) return read;
  const { added, changed, same } = await compared(deps, tenantId, read.value.cases);
  const moving = [...added, ...changed];
  const told = { added: added.length, changed: changed.length, same: same.length };
  if (moving.length === 0) return ok(told);
  const at = deps.clock.now();
  await deps.db.tenant(tenantId, async (tx) => {
    for (let start = 0; start < moving.length; start += AT_ONCE) {
      const rows = moving.slice(start, start + AT_ONCE).map((c) => ({
        tenant_id: tenantId,
        reference: keyOf(c),
        customer: c.customer === undefined ? null : kept(c.customer),
        segment: c.segment === undefined ? null : kept(c.segment),
        face_cents: c.faceCents,
        steps: jsonText(stepsOf(c)),
        file_sha256: sha256,
        imported_at: at,
      }));
      await tx
        .insertInto('closed_cases')
        .values(rows)
        .onConflict((c) =>
          c.columns(['tenant_id', 'reference']).doUpdateSet((e) => ({
            customer: e.ref('excluded.customer'),
            segment: e.ref('excluded.segment'),
            face_cents: e.ref('excluded.face_cents'),
            steps: e.ref('excluded.steps'),
            file_sha256: e.ref('excluded.file_sha256'),
            imported_at: e.ref('excluded.imported_at'),
          })),
        )
        .execute();
    }
    const on = deps.clock.today();
    await appendJournal(tx, tenantId, { kind: 'closed-cases-imported', on, at, actor: 'user', payload: { sha256, ...told } });
  });
  return ok(told);
}

/** Erases every imported case; those followed in Quitus stay. Answers how many went. */
export async function forgetImported(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string): Promise<number> {
  return deps.db.tenant(tenantId, async (tx) => {
    const gone = await tx.deleteFrom('closed_cases').where('tenant_id', '=', tenantId).executeTakeFirst();
    const count = Number(gone.numDeletedRows);
    if (count > 0)
      await appendJournal(tx, tenantId, {
        kind: 'closed-cases-forgotten',
        on: deps.clock.today(),
        at: deps.clock.now(),
        actor: 'user',
        payload: { count },
      });
    return count;
  });
}

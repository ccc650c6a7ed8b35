import { type Selectable, sql } from 'kysely';
import type { Database, Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { JournalTable } from '#platform/db/schema.ts';
import { chain, type Entry, GENESIS, type NewEntry, sealOf } from './entry.ts';

/** Rows of one statement, and of one page. */
const BATCH = 1000;

/**
 * Records what happened, at the end of the company's journal, in the caller's transaction: the entry stands or falls with the facts it
 * tells. Entries of one company are recorded one transaction after the other (its head is locked until the end of this one).
 * Returns the last entry's rank.
 */
export async function appendJournal(tx: Tx, tenantId: string, ...added: readonly [NewEntry, ...NewEntry[]]): Promise<bigint> {
  const head = await lockHead(tx, tenantId);
  const entries = chain(tenantId, head, added);
  for (let start = 0; start < entries.length; start += BATCH) {
    await insert(tx, tenantId, entries.slice(start, start + BATCH));
  }
  const { seq, hash } = entries.at(-1) ?? head;
  await tx.updateTable('journal_heads').set({ seq, hash }).where('tenant_id', '=', tenantId).execute();
  return seq;
}

async function lockHead(tx: Tx, tenantId: string): Promise<{ seq: bigint; hash: string }> {
  const locked = () =>
    tx.selectFrom('journal_heads').select(['seq', 'hash']).where('tenant_id', '=', tenantId).forUpdate().executeTakeFirst();
  const head = await locked();
  if (head) return head;
  await tx
    .insertInto('journal_heads')
    .values({ tenant_id: tenantId, seq: 0n, hash: GENESIS })
    .onConflict((c) => c.doNothing())
    .execute();
  const made = await locked();
  if (!made) throw new Error('the company of this journal cannot be seen in this transaction');
  return made;
}

/** The entries of one case, oldest first. */
export async function readJournal(tx: Tx, tenantId: string, caseId: string): Promise<Entry[]> {
  const rows = await tx
    .selectFrom('journal')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  return rows.map(toEntry);
}

/** Whether a company's journal is what was recorded. `seq` is the first entry that is not, and why. */
export type Verification =
  | { readonly intact: true; readonly entries: bigint; readonly head: string }
  | {
      readonly intact: false;
      readonly seq: bigint;
      /** `missing`: the entry is not there; `altered`: it is not what was sealed; `added`: it stands after the last one recorded */
      readonly reason: 'missing' | 'altered' | 'added';
    };

/** Recomputes every seal of the company's journal, a page at a time (memory does not grow with it). */
export function verifyJournal(db: Pick<Database, 'tenant'>, tenantId: string): Promise<Verification> {
  return db.tenant(tenantId, async (tx) => {
    // One statement, one moment: entries recorded while this runs are beyond the head and are not looked at.
    const { last, ...head } = await tx
      .selectNoFrom((eb) => {
        const ofHead = eb.selectFrom('journal_heads').where('tenant_id', '=', tenantId);
        const all = eb.selectFrom('journal').where('tenant_id', '=', tenantId);
        return [
          ofHead.select('seq').as('seq'),
          ofHead.select('hash').as('hash'),
          all.select((j) => j.fn.max('seq').as('m')).as('last'),
        ];
      })
      .executeTakeFirstOrThrow();
    const seq = head.seq ?? 0n;
    let previous: { seq: bigint; hash: string } = { seq: 0n, hash: GENESIS };
    for await (const entry of pages(tx, tenantId, seq)) {
      const due = previous.seq + 1n;
      if (entry.seq !== due) return { intact: false, seq: due, reason: 'missing' };
      if (entry.prevHash !== previous.hash || !isSealed(tenantId, entry)) return { intact: false, seq: due, reason: 'altered' };
      previous = entry;
    }
    if (previous.seq < seq) return { intact: false, seq: previous.seq + 1n, reason: 'missing' };
    if (previous.hash !== (head.hash ?? GENESIS)) return { intact: false, seq, reason: 'altered' };
    if ((last ?? 0n) > seq) return { intact: false, seq: seq + 1n, reason: 'added' };
    return { intact: true, entries: seq, head: previous.hash };
  });
}

function isSealed(tenantId: string, entry: Entry): boolean {
  try {
    return sealOf(tenantId, entry) === entry.hash;
  } catch {
    // A number the journal never writes: no canonical form, hence no seal.
    return false;
  }
}

async function* pages(tx: Tx, tenantId: string, last: bigint): AsyncGenerator<Entry> {
  let after = 0n;
  for (;;) {
    const rows = await tx
      .selectFrom('journal')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('seq', '>', after)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    yield* rows.map(toEntry);
    const end = rows.at(-1);
    if (!end) return;
    after = end.seq;
  }
}

async function insert(tx: Tx, tenantId: string, entries: readonly Entry[]): Promise<void> {
  const of = <T>(pick: (entry: Entry) => T): T[] => entries.map(pick);
  await sql`
    insert into journal (tenant_id, seq, case_id, kind, on_day, recorded_at, actor, payload, prev_hash, hash)
    select ${tenantId}::uuid, n.* from unnest(
      ${of((e) => e.seq)}::bigint[], ${of((e) => e.caseId)}::uuid[], ${of((e) => e.kind)}::text[], ${of((e) => e.on)}::date[],
      ${of((e) => e.at)}::timestamptz[], ${of((e) => e.actor)}::text[], ${of((e) => jsonText(e.payload))}::jsonb[],
      ${of((e) => e.prevHash)}::text[], ${of((e) => e.hash)}::text[]) as n`.execute(tx);
}

function toEntry(row: Selectable<JournalTable>): Entry {
  return {
    seq: row.seq,
    caseId: row.case_id,
    kind: row.kind,
    on: row.on_day,
    at: row.recorded_at,
    actor: row.actor,
    payload: row.payload,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

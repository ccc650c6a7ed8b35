import { sql } from 'kysely';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { compactIban, nameKey } from '#core/matching/learning.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';

/** Who paid from this IBAN or under this name, as the user's confirmations showed. */
export interface PayerAlias {
  readonly kind: 'iban' | 'name';
  /** the IBAN without blanks, or the telling words of the name */
  readonly value: string;
  readonly partyId: string;
  readonly partyName: string;
  readonly confirmed: number;
  readonly rejected: number;
}

/** Every alias of the company, by debtor. */
export async function listAliases(tx: Tx, tenantId: string): Promise<PayerAlias[]> {
  const rows = await tx
    .selectFrom('payer_aliases as a')
    .innerJoin('parties as p', (join) => join.onRef('p.tenant_id', '=', 'a.tenant_id').onRef('p.party_id', '=', 'a.party_id'))
    .select(['a.kind', 'a.value', 'a.party_id', 'p.name', 'a.confirmed', 'a.rejected'])
    .where('a.tenant_id', '=', tenantId)
    .orderBy('p.name')
    .orderBy('a.party_id')
    .orderBy('a.kind')
    .orderBy('a.value')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    value: row.value,
    partyId: row.party_id,
    partyName: row.name,
    confirmed: row.confirmed,
    rejected: row.rejected,
  }));
}

/** A person's word on who paid a line, counted once for its IBAN and once for its name. */
export async function learnFrom(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  word: { readonly partyId: string; readonly iban: string | null; readonly name: string | null; readonly rejected?: boolean },
): Promise<void> {
  const values = [
    { kind: 'iban' as const, value: word.iban ? compactIban(word.iban) : '' },
    { kind: 'name' as const, value: word.name ? nameKey(word.name) : '' },
  ].filter(({ value }) => value !== '');
  if (values.length === 0) return;
  const column = word.rejected ? 'rejected' : 'confirmed';
  await tx
    .insertInto('payer_aliases')
    .values(
      values.map((of) => ({ tenant_id: tenantId, ...of, party_id: word.partyId, [column]: 1, updated_at: deps.clock.now() })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'kind', 'value', 'party_id']).doUpdateSet({
        [column]: sql`payer_aliases.${sql.ref(column)} + 1`,
        updated_at: deps.clock.now(),
      }),
    )
    .execute();
}

/** Forgets what was learned of an IBAN or a name for a debtor: it is as if nobody had ever confirmed it. Refusal `alias.unknown`. */
export function forgetAlias(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  alias: Pick<PayerAlias, 'kind' | 'value' | 'partyId'>,
): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const at = deps.clock.now();
    const done = await tx
      .updateTable('payer_aliases')
      .set({ confirmed: 0, rejected: 0, updated_at: at })
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', alias.kind)
      .where('value', '=', alias.value)
      .where('party_id', '=', alias.partyId)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return refuse('alias.unknown', 'Ce payeur n’est pas dans la liste.');
    const payload = { kind: alias.kind, value: alias.value, partyId: alias.partyId };
    await appendJournal(tx, tenantId, { kind: 'payer-alias-forgotten', on: deps.clock.today(), at, actor: 'user', payload });
    return ok(undefined);
  });
}

import { sql } from 'kysely';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm } from '#platform/form.ts';
import { recordFact } from './cases.ts';
import { type Fact, type FactKind, type FactOf, mistakesIn } from './facts.ts';
import { storyByCase } from './projection.ts';

/** What may be said to have been noted by mistake: the words of people. Money has its own way back (`takePaymentBack`), letters none. */
const TAKEABLE = ['contact-made', 'promise-made', 'plan-agreed', 'dispute-raised'] as const satisfies readonly FactKind[];
export type Takeable = FactOf<(typeof TAKEABLE)[number]> & { readonly seq: bigint };

export const isTakeable = (fact: Fact): fact is Takeable =>
  fact.seq !== undefined && (TAKEABLE as readonly FactKind[]).includes(fact.kind);

/**
 * Says that what was noted of a case under a rank of the journal was a mistake: by a new fact, with the reason; what was noted stays in the
 * journal and counts no more, for the case, the advice and the forecast alike. The decision that was kept along with it goes too.
 * Refusals: `form.invalid` (no reason), `case.fact-unknown`, `case.mistake-noted` (said already), `case.closed`.
 */
export function noteMistake(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  seq: bigint,
  typedReason: string,
): Promise<Result<void>> {
  const reason = typedReason.trim();
  if (reason === '') return Promise.resolve(invalidForm({ reason: 'Dites pourquoi c’était une erreur.' }));
  if (reason.length > 500) return Promise.resolve(invalidForm({ reason: 'Ce texte est trop long (500 caractères au plus).' }));
  return deps.db.tenant(tenantId, async (tx) => {
    const found = await tx
      .selectFrom('cases')
      .select('closed_on')
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    const story = found ? ((await storyByCase(tx, tenantId, [caseId])).get(caseId) ?? []) : [];
    if (!found || !story.some((fact) => fact.seq === seq && isTakeable(fact))) return unknownFact();
    if (mistakesIn(story).has(seq)) return refuse('case.mistake-noted', 'C’est déjà noté comme une erreur.');
    if (found.closed_on) return refuse('case.closed', 'Ce dossier est fermé. Rouvrez-le avant d’y ajouter quelque chose.');
    const entries = [seq, ...(await decisionsWith(tx, tenantId, caseId, seq))].map(String);
    await recordFact(tx, deps, tenantId, caseId, {
      kind: 'noted-by-mistake',
      on: deps.clock.today(),
      payload: { entries, reason },
    });
    return ok(undefined);
  });
}

const unknownFact = () => refuse('case.fact-unknown', 'Rien de tel n’est noté dans ce dossier.');

/** The decision recorded just before an entry, in the same breath (see `witnessed`). */
async function decisionsWith(tx: Tx, tenantId: string, caseId: string, seq: bigint): Promise<bigint[]> {
  const rows = await tx
    .selectFrom('journal as before')
    .innerJoin('journal as noted', (join) =>
      join.onRef('noted.tenant_id', '=', 'before.tenant_id').onRef('noted.recorded_at', '=', 'before.recorded_at'),
    )
    .select('before.seq')
    .where('before.tenant_id', '=', tenantId)
    .where('before.case_id', '=', caseId)
    .where('before.kind', '=', 'advice-decided')
    .where('before.seq', '=', seq - 1n)
    .where('noted.seq', '=', seq)
    .where(sql<boolean>`before.on_day = noted.on_day`)
    .execute();
  return rows.map((row) => row.seq);
}

import { ok, type Result } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import { PartyForm, saveParty } from '#modules/parties/index.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { unknownCase } from './actions.ts';

/**
 * Corrects the debtor of a case: its name, its quality (which decides the law), its address. The journal keeps what was entered; letters
 * already made keep what they were made with. Refusals: `form.invalid`, `case.unknown`.
 */
export async function editDebtor(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  typed: Typed,
): Promise<Result<void>> {
  const parsed = parseForm(PartyForm, typed);
  if (!parsed.ok) return parsed;
  return deps.db.tenant(tenantId, async (tx) => {
    const found = await tx
      .selectFrom('cases')
      .select('party_id')
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    if (!found) return unknownCase();
    await saveParty(tx, deps, tenantId, found.party_id, parsed.value);
    await appendJournal(tx, tenantId, {
      kind: 'party-updated',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { partyId: found.party_id, ...parsed.value },
    });
    return ok(undefined);
  });
}

import { statementOfAccount } from '#core/claim/account.ts';
import { frenchAmount } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import { lawOf } from '#modules/law/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import type { NewCaseFact } from './cases.ts';
import { claimsOf } from './claim.ts';
import type { Fact, FactOf } from './facts.ts';

/**
 * When a case closes by itself (docs/adr/0003): once nothing is owed by law, as soon as the principal is paid, or never. Interest and the
 * 40 € stay claimable after the principal is paid until someone gives them up: that is why the first one is the default.
 */
export type ClosingPolicy = 'nothing-owed' | 'principal-paid' | 'never';

export async function closingPolicy(tx: Tx, tenantId: string): Promise<ClosingPolicy> {
  const row = await tx.selectFrom('money_settings').select('closing').where('tenant_id', '=', tenantId).executeTakeFirst();
  return row?.closing ?? 'nothing-owed';
}

/** Interest and the 40 € that were given up, unless the case was taken up again since: they are then to claim or to give up anew. */
export function standingWaiver(facts: readonly Fact[]): FactOf<'accessories-waived'> | undefined {
  const told = facts.findLast((fact) => fact.kind === 'accessories-waived' || fact.kind === 'case-reopened');
  return told?.kind === 'accessories-waived' ? told : undefined;
}

/** The closing facts of those cases, among cases whose principal is paid, that the company's settings close. */
export async function closingsOf(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  settled: readonly { readonly caseId: string; readonly facts: readonly Fact[] }[],
): Promise<NewCaseFact[]> {
  if (settled.length === 0) return [];
  const policy = await closingPolicy(tx, tenantId);
  if (policy === 'never') return [];
  const claims = await claimsOf(tx, tenantId, settled);
  const law = await lawOf(tx, tenantId);
  const on = deps.clock.today();
  return settled.flatMap(({ caseId, facts }) => {
    const claim = claims.get(caseId);
    if (!claim) return [];
    const account = statementOfAccount(claim, on, law);
    const left = account.status === 'computed' ? account.value.total.cents : undefined;
    const waived = standingWaiver(facts) !== undefined;
    if (policy === 'nothing-owed' && left !== 0n && !waived) return [];
    const text = waived
      ? 'Factures payées. Le reste est abandonné.'
      : left === undefined || left <= 0n
        ? 'Tout est payé.'
        : `Factures payées. Intérêts et indemnités non réclamés\u202f: ${frenchAmount(money(left))}.`;
    return [{ caseId, kind: 'case-closed' as const, on, payload: { reason: 'paid', text } }];
  });
}

import { frenchAmount } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { recordFact, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm } from '#platform/form.ts';

type World = Pick<Deps, 'db' | 'clock'>;

/**
 * The creditor agrees that payments go to the principal before interest, or comes back to the law (C. civ. 1343-1). The whole account of
 * the case follows. Refusals `form.invalid`, `case.unknown`.
 */
export function agreeImputation(
  deps: World,
  tenantId: string,
  caseId: string,
  order: 'interest-first' | 'principal-first',
  typedReason: string,
): Promise<Result<void>> {
  const reason = typedReason.trim();
  if (reason === '') return Promise.resolve(invalidForm({ reason: 'Dites ce qui a été convenu, et quand.' }));
  return deps.db.tenant(tenantId, async (tx) => {
    const updated = await tx
      .updateTable('cases')
      .set({ imputation: order })
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
    await recordFact(tx, deps, tenantId, caseId, {
      kind: 'imputation-agreed',
      on: deps.clock.today(),
      payload: { order, reason },
    });
    return ok(undefined);
  });
}

/**
 * Gives up the interest and the 40 € of a case whose principal is paid: the case closes by itself. Refusals `form.invalid` (a reason is asked,
 * for it is a gift), `case.unknown`, `case.not-settled`.
 */
export function waiveAccessories(
  deps: World,
  tenantId: string,
  caseId: string,
  typedReason: string,
): Promise<Result<{ readonly waivedCents: bigint }>> {
  const reason = typedReason.trim();
  if (reason === '') return Promise.resolve(invalidForm({ reason: 'Dites pourquoi vous y renoncez.' }));
  return deps.db.tenant(tenantId, async (tx) => {
    const today = deps.clock.today();
    const view = await viewCase(tx, tenantId, caseId, today);
    if (!view) return refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
    if (view.state.stage !== 'settled') {
      const left = view.invoices.reduce(
        (sum, i) => (i.documentKind === 'invoice' && i.balanceCents > 0n ? sum + i.balanceCents : sum),
        0n,
      );
      return refuse(
        'case.not-settled',
        left > 0n
          ? `Il reste ${frenchAmount(money(left))} de factures à payer\u202f: on ne renonce aux intérêts qu’une fois le principal payé.`
          : 'Ce dossier est déjà fermé.',
      );
    }
    const waivedCents = view.statement.status === 'computed' ? view.statement.value.total.cents : 0n;
    const payload = { amount: `${waivedCents}`, reason };
    const closed = await recordFact(tx, deps, tenantId, caseId, { kind: 'accessories-waived', on: today, payload });
    if (closed.length === 0)
      await recordFact(tx, deps, tenantId, caseId, { kind: 'case-closed', on: today, payload: { reason: 'paid', text: reason } });
    return ok({ waivedCents });
  });
}

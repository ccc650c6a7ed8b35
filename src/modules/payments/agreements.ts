import { z } from 'zod';
import { statementOfAccount } from '#core/claim/account.ts';
import type { Claim } from '#core/claim/claim.ts';
import type { StatementOfAccount } from '#core/claim/statement.ts';
import { type Day, isAfter } from '#core/kernel/day.ts';
import { frenchAmount } from '#core/kernel/french.ts';
import { type Money, money } from '#core/kernel/money.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { besideOf, type CaseView, recordFact, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { aDay } from './payment-form.ts';

type World = Pick<Deps, 'db' | 'clock'>;

/** What payments extinguish first: interest by law (C. civ. 1343-1), the principal when the creditor agreed to it. */
export type ImputationOrder = NonNullable<Claim['imputation']>;

/** The account of a case on a day as payments are imputed, and as they would be in the other order. */
export interface OrdersCompared {
  readonly order: ImputationOrder;
  readonly other: ImputationOrder;
  readonly current: Outcome<StatementOfAccount>;
  readonly otherwise: Outcome<StatementOfAccount>;
}

export function compareOrders({ claim, law }: Pick<CaseView, 'claim' | 'law'>, asOf: Day): OrdersCompared {
  const order = claim.imputation ?? 'interest-first';
  const other = order === 'interest-first' ? 'principal-first' : 'interest-first';
  const otherwise = statementOfAccount({ ...claim, imputation: other }, asOf, law);
  return { order, other, current: statementOfAccount(claim, asOf, law), otherwise };
}

const reasonOf = (missing: string) =>
  z.string(missing).trim().min(1, missing).max(1000, 'Ce texte est trop long (1 000 caractères au plus).');
const AGREED = z.object({ agreedOn: aDay, reason: reasonOf('Dites ce qui a été convenu, et avec qui.') });
const BACK = z.object({ reason: reasonOf('Dites pourquoi la règle de la loi s’applique de nouveau.') });
const WAIVER = z.object({ reason: reasonOf('Dites pourquoi vous y renoncez.') });

const unknownCase = () => refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');

/**
 * The creditor agrees that payments go to the principal before interest, or comes back to the law (C. civ. 1343-1). The whole account of
 * the case follows; the fact keeps what was owed that day in each order. Answers the new amount, where it can be told. Refusals
 * `form.invalid`, `case.unknown`, `case.closed`, `case.imputation-same`.
 */
export async function agreeImputation(
  deps: World,
  tenantId: string,
  caseId: string,
  order: ImputationOrder,
  typed: Typed,
): Promise<Result<{ readonly before?: Money; readonly after?: Money }>> {
  const today = deps.clock.today();
  const parsed = parseForm<{ agreedOn?: Day; reason: string }>(order === 'principal-first' ? AGREED : BACK, typed);
  if (!parsed.ok) return parsed;
  const { agreedOn, reason } = parsed.value;
  if (agreedOn && isAfter(agreedOn, today))
    return invalidForm({ agreedOn: 'Ce jour n’est pas encore venu\u202f: indiquez quand l’accord a été donné.' });
  return deps.db.tenant(tenantId, async (tx) => {
    const locked = await tx
      .selectFrom('cases')
      .select('imputation')
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    const view = locked && (await viewCase(tx, tenantId, caseId, today));
    if (!view) return unknownCase();
    if (view.state.stage === 'closed') return refuse('case.closed', 'Ce dossier est fermé. Rouvrez-le d’abord.');
    if (locked.imputation === order)
      return refuse('case.imputation-same', 'Les paiements de ce dossier s’imputent déjà dans cet ordre\u202f: rien n’a changé.');
    await tx
      .updateTable('cases')
      .set({ imputation: order })
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .execute();
    const { current, otherwise } = compareOrders(view, today);
    const told =
      current.status === 'computed' && otherwise.status === 'computed'
        ? { before: current.value.total, after: otherwise.value.total }
        : {};
    const payload = {
      ...{ order, reason },
      ...(agreedOn ? { agreedOn: agreedOn.toString() } : {}),
      ...(told.before ? { before: `${told.before.cents}`, after: `${told.after.cents}` } : {}),
    };
    await recordFact(tx, deps, tenantId, caseId, { kind: 'imputation-agreed', on: today, payload });
    return ok(told);
  });
}

/** What is left once the invoices of a case are paid: the interest and the 40 €. */
export interface Accessories {
  /** what the law still counts as principal is part of it: earlier payments went to interest first */
  readonly interest: Money;
  readonly indemnity: Money;
  readonly total: Money;
}

/** What there is to claim or to give up; undefined when invoices are not paid, nothing is left, or the account cannot be told. */
export function accessoriesLeft({ state, invoices, statement }: CaseView): Accessories | undefined {
  if (state.stage !== 'settled' || statement.status !== 'computed' || statement.value.total.cents <= 0n) return undefined;
  const balances = new Map(invoices.map((i) => [i.id, i.balanceCents]));
  const beside = statement.value.invoices.map((of) => besideOf(of, balances.get(of.invoiceId) ?? 0n));
  const sum = (of: (one: (typeof beside)[number]) => bigint) => money(beside.reduce((total, one) => total + of(one), 0n));
  return { interest: sum((one) => one.interest), indemnity: sum((one) => one.indemnity), total: statement.value.total };
}

/**
 * Gives up the interest and the 40 € of a case whose principal is paid, and closes it. Refusals `form.invalid` (a reason is asked, for it is
 * a gift), `case.unknown`, `case.not-settled`, `case.nothing-to-waive`, `case.waiver-void` (a public buyer: CCP L2192-14).
 */
export async function waiveAccessories(
  deps: World,
  tenantId: string,
  caseId: string,
  typed: Typed,
): Promise<Result<{ readonly waived: Money }>> {
  const parsed = parseForm(WAIVER, typed);
  if (!parsed.ok) return parsed;
  const { reason } = parsed.value;
  return deps.db.tenant(tenantId, async (tx) => {
    const today = deps.clock.today();
    const view = await viewCase(tx, tenantId, caseId, today);
    if (!view) return unknownCase();
    if (view.state.stage !== 'settled') return refuse('case.not-settled', notSettled(view));
    const left = accessoriesLeft(view);
    if (!left)
      return refuse(
        'case.nothing-to-waive',
        'Il n’y a ni intérêts ni indemnité à abandonner\u202f: fermez simplement le dossier.',
      );
    if (view.party.kind === 'public')
      return refuse(
        'case.waiver-void',
        'La loi tient pour nulle toute renonciation aux intérêts d’un acheteur public (CCP, art. L2192-14)\u202f: fermez le dossier sans y renoncer.',
      );
    const payload = { amount: `${left.total.cents}`, reason };
    const closed = await recordFact(tx, deps, tenantId, caseId, { kind: 'accessories-waived', on: today, payload });
    if (closed.length === 0)
      await recordFact(tx, deps, tenantId, caseId, { kind: 'case-closed', on: today, payload: { reason: 'paid', text: reason } });
    return ok({ waived: left.total });
  });
}

function notSettled({ invoices }: CaseView): string {
  const left = invoices.reduce(
    (sum, i) => (i.documentKind === 'invoice' && i.balanceCents > 0n ? sum + i.balanceCents : sum),
    0n,
  );
  return left > 0n
    ? `Il reste ${frenchAmount(money(left))} de factures à payer\u202f: on ne renonce aux intérêts qu’une fois le principal payé.`
    : 'Ce dossier est déjà fermé.';
}

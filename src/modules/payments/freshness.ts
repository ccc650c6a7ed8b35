import { addDays, type Day, isBefore } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { coverageOf, type Gap } from './coverage.ts';
import { moneySettings } from './settings.ts';

/** What is known of one bank account. */
export interface AccountFreshness {
  readonly accountId: string;
  readonly number: string;
  readonly name: string;
  readonly currency: string;
  /** « complet jusqu’au … »: every line until this day included is known */
  readonly completeUntil: Day | undefined;
  /** days that no statement tells */
  readonly gaps: readonly Gap[];
  /** asked before anything leaves */
  readonly watched: boolean;
  readonly stale: boolean;
}

/** Whether the money is known well enough to press a debtor. */
export interface Freshness {
  /** `no-account`: no statement was ever given, payments are entered by hand; `stale`: nothing should leave */
  readonly status: 'fresh' | 'stale' | 'no-account';
  readonly accounts: readonly AccountFreshness[];
  /** the setting, in days; null: never asked */
  readonly maxAgeDays: number | null;
  /** incoming lines that nobody has placed yet */
  readonly waitingLines: number;
  /** why it is stale and what to do, in French; undefined otherwise */
  readonly reason: string | undefined;
}

/** How far each account is known on a day, and whether that is recent enough for the company's setting. */
export async function freshness(tx: Tx, tenantId: string, today: Day): Promise<Freshness> {
  const { maxBankAgeDays } = await moneySettings(tx, tenantId);
  const rows = await tx
    .selectFrom('bank_accounts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('name')
    .orderBy('account_id')
    .execute();
  const stretches = await stretchesOf(tx, tenantId);
  const oldest = maxBankAgeDays === null ? undefined : addDays(today, -maxBankAgeDays);
  const accounts = rows.map((row) => {
    const completeUntil = row.complete_on ?? undefined;
    return {
      accountId: row.account_id,
      number: row.number,
      name: row.name,
      currency: row.currency,
      completeUntil,
      gaps: coverageOf(stretches.get(row.account_id) ?? []).gaps,
      watched: row.watched,
      stale: row.watched && oldest !== undefined && (completeUntil === undefined || isBefore(completeUntil, oldest)),
    };
  });
  const waiting = await tx
    .selectFrom('bank_lines')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', ['new', 'proposed', 'unmatched'])
    .where('amount_cents', '>', 0n)
    .executeTakeFirstOrThrow();
  const stale = accounts.find((account) => account.stale);
  return {
    status: accounts.length === 0 ? 'no-account' : stale ? 'stale' : 'fresh',
    accounts,
    maxAgeDays: maxBankAgeDays,
    waitingLines: Number(waiting.n),
    reason: stale && whyStale(stale),
  };
}

/** The day until which every watched account is known; undefined without one, or when one of them has no whole statement. */
export function knownUntil({ accounts }: Pick<Freshness, 'accounts'>): Day | undefined {
  const days = accounts.filter(({ watched }) => watched).map(({ completeUntil }) => completeUntil);
  return days.every((day) => day !== undefined) ? days.sort((a, b) => Temporal.PlainDate.compare(a, b))[0] : undefined;
}

function whyStale({ name, completeUntil, gaps }: AccountFreshness): string {
  const [gap] = gaps;
  const account = `Le compte ${name.replace(/^compte /i, '')}`;
  if (!completeUntil) return `${account} n’a encore aucun relevé complet\u202f: déposez-en un avant de relancer.`;
  const known = `${account} n’est complet que jusqu’au ${frenchDay(completeUntil)}`;
  if (!gap) return `${known}\u202f: déposez le relevé qui suit avant de relancer, un paiement est peut-être arrivé.`;
  return `${known}\u202f: il manque du ${frenchDay(gap.from)} au ${frenchDay(gap.until)}. Déposez ce relevé, ou dites que rien ne manque.`;
}

async function stretchesOf(tx: Tx, tenantId: string, accountId?: string) {
  let query = tx
    .selectFrom('bank_statements')
    .select(['account_id', 'from_on', 'until_on', 'opening_cents', 'closing_cents'])
    .where('tenant_id', '=', tenantId);
  if (accountId) query = query.where('account_id', '=', accountId);
  const rows = await query.execute();
  const known = rows.flatMap((row) =>
    row.from_on && row.until_on
      ? [
          {
            accountId: row.account_id,
            from: row.from_on,
            until: row.until_on,
            openingCents: row.opening_cents,
            closingCents: row.closing_cents,
          },
        ]
      : [],
  );
  return Map.groupBy(known, (row) => row.accountId);
}

/** Rewrites until when an account is complete, from its statements. */
export async function rewriteCoverage(tx: Tx, tenantId: string, accountId: string): Promise<Day | undefined> {
  const { completeUntil } = coverageOf((await stretchesOf(tx, tenantId, accountId)).get(accountId) ?? []);
  await tx
    .updateTable('bank_accounts')
    .set({ complete_on: completeUntil ?? null })
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .execute();
  return completeUntil;
}

/**
 * The user says that nothing is missing on an account between two days: no line was booked, or none matters. Refusals `bank.unknown-account`,
 * `bank.future` (nobody knows what tomorrow brings).
 */
export function declareComplete(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  accountId: string,
  days: Gap,
): Promise<Result<Day | undefined>> {
  const today = deps.clock.today();
  if (isBefore(today, days.until) || isBefore(days.until, days.from))
    return Promise.resolve(refuse('bank.future', 'Indiquez deux jours qui se suivent et qui sont déjà passés.'));
  return deps.db.tenant(tenantId, async (tx) => {
    const account = await tx
      .selectFrom('bank_accounts')
      .select('currency')
      .where('tenant_id', '=', tenantId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (!account) return unknownAccount();
    const at = deps.clock.now();
    await tx
      .insertInto('bank_statements')
      .values({
        tenant_id: tenantId,
        statement_id: newId(),
        account_id: accountId,
        ordinal: 0,
        format: 'declared',
        from_on: days.from,
        until_on: days.until,
        currency: account.currency,
        lines: 0,
        added: 0,
        warnings: '[]',
        created_at: at,
      })
      .execute();
    const payload = { accountId, from: days.from.toString(), until: days.until.toString() };
    await appendJournal(tx, tenantId, { kind: 'bank-days-declared-complete', on: today, at, actor: 'user', payload });
    return ok(await rewriteCoverage(tx, tenantId, accountId));
  });
}

export const unknownAccount = () => refuse('bank.unknown-account', 'Ce compte bancaire n’existe pas dans cette entreprise.');

/** Names an account, or says whether it is asked for freshness (an account closed, or where no client pays). Refusal `bank.unknown-account`. */
export function amendAccount(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  accountId: string,
  change: { readonly name?: string; readonly watched?: boolean },
): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const name = change.name?.trim().slice(0, 100);
    const done = await tx
      .updateTable('bank_accounts')
      .set({
        ...(name ? { name } : {}),
        ...(change.watched === undefined ? {} : { watched: change.watched }),
        tenant_id: tenantId,
      })
      .where('tenant_id', '=', tenantId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n ? ok(undefined) : unknownAccount();
  });
}

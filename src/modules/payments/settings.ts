import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';

/** How a company wants its money handled. */
export interface MoneySettings {
  /** nothing leaves when a watched account is complete only until an older day; null: never asked */
  readonly maxBankAgeDays: number | null;
  /** when a case closes by itself: nothing is owed by law, the principal is paid, never */
  readonly closing: 'nothing-owed' | 'principal-paid' | 'never';
}

const DEFAULTS: MoneySettings = { maxBankAgeDays: 7, closing: 'nothing-owed' };

export async function moneySettings(tx: Tx, tenantId: string): Promise<MoneySettings> {
  const row = await tx
    .selectFrom('money_settings')
    .select(['max_bank_age_days', 'closing'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return row ? { maxBankAgeDays: row.max_bank_age_days, closing: row.closing } : DEFAULTS;
}

/** Replaces the settings; the journal keeps what they were changed to. `maxBankAgeDays` from 0 to 366. */
export function saveMoneySettings(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, settings: MoneySettings): Promise<void> {
  const at = deps.clock.now();
  const row = { max_bank_age_days: settings.maxBankAgeDays, closing: settings.closing, updated_at: at };
  return deps.db.tenant(tenantId, async (tx) => {
    await tx
      .insertInto('money_settings')
      .values({ tenant_id: tenantId, ...row })
      .onConflict((c) => c.column('tenant_id').doUpdateSet(row))
      .execute();
    const payload = { maxBankAgeDays: settings.maxBankAgeDays, closing: settings.closing };
    await appendJournal(tx, tenantId, { kind: 'money-settings-saved', on: deps.clock.today(), at, actor: 'user', payload });
  });
}

import { readCreditor } from '#modules/companies/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { type Checked, check } from './anomalies.ts';
import { confirmReading } from './intake.ts';
import { countPending, readingsOf } from './readings.ts';

/** Documents looked at in one go: a page that can be read, and an answer within seconds. */
export const LOT = 500;

/** The first pending documents, apart: those that need no correction, and those to look at one by one. */
export interface Lot {
  readonly clean: readonly Checked[];
  readonly others: readonly Checked[];
  /** all that is pending, those beyond this lot counted */
  readonly pending: number;
}

export async function pendingLot(deps: Pick<Deps, 'db'>, tenantId: string): Promise<Lot> {
  return deps.db.tenant(tenantId, async (tx) => {
    const creditor = await readCreditor(tx, tenantId);
    const items = await readingsOf(tx, tenantId, 'pending', { limit: LOT });
    const looked = items.flatMap((item) => check(item, creditor) ?? []);
    const checked = await withoutOrphans(tx, tenantId, looked);
    return {
      clean: checked.filter(isClean),
      others: checked.filter((one) => !isClean(one)),
      pending: await countPending(tx, tenantId),
    };
  });
}

const isClean = ({ anomalies }: Checked): boolean => anomalies.length === 0;
const credits = ({ input }: Checked): string | undefined =>
  input?.documentKind === 'credit-note' ? input.creditedInvoice : undefined;

/** A credit note can be confirmed with the others when the invoice it reduces is on the books, or will be by then. */
export async function withoutOrphans(tx: Tx, tenantId: string, all: readonly Checked[]): Promise<Checked[]> {
  const wanted = [...new Set(all.flatMap((one) => credits(one) || []))];
  const rows =
    wanted.length === 0
      ? []
      : await tx
          .selectFrom('invoices')
          .select('number')
          .where('tenant_id', '=', tenantId)
          .where('document_kind', '=', 'invoice')
          .where('number', 'in', wanted)
          .execute();
  const there = new Set(rows.map(({ number }) => number));
  for (const one of all) if (isClean(one) && one.input?.documentKind === 'invoice') there.add(one.input.number);
  return all.map((one) => {
    const credited = credits(one);
    if (!credited || there.has(credited)) return one;
    return { ...one, anomalies: [...one.anomalies, `réduit la facture ${credited}, à confirmer d’abord`] };
  });
}

export interface LotResult {
  readonly confirmed: number;
  /** left for the user: duplicates, credit notes without their invoice */
  readonly left: number;
}

/**
 * Confirms, each by itself, the readings of `ids` that still need no correction; invoices before the credit notes that reduce them.
 * `unknownKind` is what clients are whose invoice does not tell; without it those are left alone. Stopped half-way, what is
 * confirmed stays so and the rest is still pending.
 */
export async function confirmLot(
  deps: Deps,
  tenantId: string,
  ids: ReadonlySet<string>,
  unknownKind: 'business' | 'consumer' | undefined,
): Promise<LotResult> {
  const { clean } = await pendingLot(deps, tenantId);
  const asked = clean.filter(({ item, kindUnknown }) => ids.has(item.id) && (!kindUnknown || unknownKind !== undefined));
  const rank = (one: Checked): number => (one.input?.documentKind === 'credit-note' ? 1 : 0);
  let confirmed = 0;
  for (const { item, typed, kindUnknown } of [...asked].sort((a, b) => rank(a) - rank(b))) {
    const answers = kindUnknown && unknownKind ? { ...typed, 'debtor.kind': unknownKind } : typed;
    const done = await confirmReading(deps, tenantId, item.id, answers);
    if (done.ok || done.refusal.code === 'reading.done') confirmed += 1;
  }
  return { confirmed, left: ids.size - confirmed };
}

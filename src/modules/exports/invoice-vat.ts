import { frenchAmount } from '#core/kernel/french.ts';
import { money, parseTypedAmount } from '#core/kernel/money.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, type Typed } from '#platform/form.ts';

/** An invoice whose VAT is asked for. */
export interface VatAsked {
  readonly number: string;
  readonly currency: string;
  readonly grossCents: bigint;
  readonly taxCents: bigint | null;
}

/** The invoice, or undefined when there is none of this name. */
export async function findVat(tx: Tx, tenantId: string, invoiceId: string): Promise<VatAsked | undefined> {
  const row = await tx
    .selectFrom('invoices')
    .select(['number', 'currency', 'gross_cents', 'tax_cents'])
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', '=', invoiceId)
    .executeTakeFirst();
  return row && { number: row.number, currency: row.currency, grossCents: row.gross_cents, taxCents: row.tax_cents };
}

/** Keeps the VAT that an invoice bears, as typed in `tax` (0 for none). Refusals `form.invalid`, `payment.unknown-invoice`. */
export async function saveVat(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  invoiceId: string,
  typed: Typed,
): Promise<Result<string>> {
  const tax = parseTypedAmount(typed.tax ?? '');
  if (!tax || tax.cents < 0n) return invalidForm({ tax: 'Écrivez la TVA de la facture, par exemple 200,00, ou 0.' });
  return deps.db.tenant(tenantId, async (tx) => {
    const found = await findVat(tx, tenantId, invoiceId);
    if (!found) return refuse('payment.unknown-invoice', 'Cette facture n’existe pas dans cette entreprise.');
    if (tax.cents >= found.grossCents) {
      const total = frenchAmount(money(found.grossCents, found.currency));
      return invalidForm({ tax: `La TVA est plus petite que le total de la facture, ${total} toutes taxes comprises.` });
    }
    const net = found.grossCents - tax.cents;
    await tx
      .updateTable('invoices')
      .set({ tax_cents: tax.cents, net_cents: net })
      .where('tenant_id', '=', tenantId)
      .where('invoice_id', '=', invoiceId)
      .execute();
    await appendJournal(tx, tenantId, {
      kind: 'invoice-vat-set',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { invoiceId, net: `${net}`, tax: `${tax.cents}` },
    });
    return ok(found.number);
  });
}

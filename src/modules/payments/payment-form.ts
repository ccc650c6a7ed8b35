import { z } from 'zod';
import { type Day, parseTypedDay } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { refuse } from '#core/kernel/result.ts';
import type { Tx } from '#platform/db/database.ts';
import { invalidForm } from '#platform/form.ts';

export const aDay = z.string().transform((text, context): Day => {
  const value = parseTypedDay(text);
  if (value) return value;
  context.addIssue({ code: 'custom', message: 'Indiquez un jour, par exemple 31/03/2026.' });
  return z.NEVER;
});
export const anAmount = z.string().transform((text, context): bigint => {
  const value = parseTypedAmount(text);
  if (value && value.cents > 0n) return value.cents;
  context.addIssue({ code: 'custom', message: 'Indiquez un montant, par exemple 1 250,00.' });
  return z.NEVER;
});
export const aNote = z.string().trim().max(1000, 'Ce texte est trop long (1 000 caractères au plus).').default('');

/** What the user types of a payment. */
export const PaymentForm = z.object({
  on: aDay,
  amount: anAmount,
  reference: z.string().trim().max(140).default(''),
  kind: z.enum(['received', 'set-off']).default('received'),
  note: aNote,
});

export const inTheFuture = () => invalidForm({ on: 'Ce jour n’est pas encore venu\u202f: indiquez quand cela s’est passé.' });

/** Whether a payment is on the books: the button of its form was pressed twice. */
export async function isEntered(tx: Tx, tenantId: string, paymentId: string | undefined): Promise<boolean> {
  if (paymentId === undefined) return false;
  const row = await tx
    .selectFrom('payments')
    .select('payment_id')
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  return row !== undefined;
}

export const alreadyEntered = () =>
  refuse('payment.entered', 'Ce paiement est déjà enregistré\u202f: rien n’est compté deux fois.');

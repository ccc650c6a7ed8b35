import type { Day } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import type { NewCaseFact } from '#modules/cases/index.ts';

/** What a case that was there already learns of a list. Amounts in cents. */
export interface Told {
  readonly case_id: string;
  /** new ones, and what they come to */
  readonly invoices: number;
  readonly cents: bigint;
  readonly paid: readonly { readonly paymentId: string; readonly amount: string }[];
  readonly credited: readonly {
    readonly creditNoteId: string;
    readonly number: string;
    readonly invoiceId: string;
    readonly amount: string;
  }[];
}

/** The same as facts of the case. A case none of this happened to had due dates changed. */
export function toldFacts(row: Told, of: { readonly importId: string; readonly listedOn: Day }, today: Day): NewCaseFact[] {
  const { case_id: caseId, invoices, cents, paid, credited } = row;
  const facts: NewCaseFact[] = [];
  if (invoices > 0 || paid.length + credited.length === 0)
    facts.push({
      caseId,
      kind: 'invoices-imported',
      on: today,
      payload: { importId: of.importId, count: invoices, amount: `${cents}` },
    });
  for (const payload of credited) facts.push({ caseId, kind: 'credit-note-applied', on: of.listedOn, payload: { ...payload } });
  const says = [`La liste du ${frenchDay(of.listedOn)} ne montre plus cette somme à payer.`];
  for (const { paymentId, amount } of paid)
    facts.push({ caseId, kind: 'payment-recorded', on: of.listedOn, payload: { paymentId, amount, how: 'listed', says } });
  return facts;
}

import { day } from '#core/kernel/day.ts';
import { parseAmount } from '#core/kernel/money.ts';
import type { Result } from '#core/kernel/result.ts';
import { openOrJoinCase, recordFact } from '#modules/cases/index.ts';
import { createCompany } from '#modules/companies/index.ts';
import { allocate, recordInvoice } from '#modules/invoices/index.ts';
import { findOrCreateParty, PartyForm } from '#modules/parties/index.ts';
import { type Clock, clockOn } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';

/** Invented companies, debtors and invoices put on the books by the use cases themselves, without a PDF. */

/** A value that a test needs to go on: throws with the refusal otherwise. */
export function done<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.refusal.code}: ${result.refusal.message} ${JSON.stringify(result.refusal.data ?? {})}`);
}

/** A company that has all a letter needs. Every identifier is made up; the keys are right. */
export const CREDITOR = {
  name: 'Atelier des Brumes',
  legalForm: 'SARL',
  shareCapitalCents: '8 000',
  siren: '900000001',
  registryCity: 'Nantes',
  street: '14 quai des Tanneurs',
  postcode: '44000',
  city: 'Nantes',
  iban: 'FR7630006000011234567890189',
  signatoryName: 'Camille Moreau',
  signatoryRole: 'gérante',
};

export const aCompany = async (deps: Deps, typed: Readonly<Record<string, string>> = CREDITOR): Promise<string> =>
  done(await createCompany(deps, typed)).id;

interface NewCase {
  readonly kind?: 'business' | 'consumer' | 'public';
  readonly name?: string;
  readonly invoices: readonly {
    readonly number: string;
    readonly issuedOn: string;
    readonly dueOn: string;
    /** euros, VAT included: "4800.00" */
    readonly amount: string;
    /** the same, without VAT, when the document tells it */
    readonly net?: string;
    readonly currency?: string;
  }[];
}

const cents = (text: string): bigint => {
  const amount = parseAmount(text);
  if (!amount) throw new RangeError(text);
  return amount.cents;
};

/** Puts a debtor's invoices on the books, in one case; answers its id. */
export function aCase(deps: Deps, tenantId: string, { kind = 'business', name = 'Brasserie du Vieux Port', invoices }: NewCase) {
  const party = PartyForm.parse({
    kind,
    name,
    street: '27 boulevard de la Liberté',
    postcode: '13001',
    city: 'Marseille',
  });
  return deps.db.tenant(tenantId, async (tx) => {
    const partyId = await findOrCreateParty(tx, deps, tenantId, party);
    const [first] = invoices;
    const caseId = await openOrJoinCase(tx, deps, tenantId, partyId, deps.clock.today(), first && day(first.dueOn));
    for (const { number, issuedOn, dueOn, amount, net, currency = 'EUR' } of invoices) {
      const gross = cents(amount);
      const netCents = net === undefined ? null : cents(net);
      const invoiceId = done(
        await recordInvoice(tx, deps, tenantId, {
          documentKind: 'invoice',
          partyId,
          caseId,
          number,
          issuedOn: day(issuedOn),
          dueOn: day(dueOn),
          currency,
          netCents,
          taxCents: netCents === null ? null : gross - netCents,
          grossCents: gross,
          payableCents: gross,
          orderReference: null,
          fileSha256: null,
        }),
      );
      const payload = { invoiceId, number, amount: gross.toString(), dueOn };
      await recordFact(tx, deps, tenantId, caseId, { kind: 'invoice-added', on: deps.clock.today(), payload });
    }
    return caseId;
  });
}

/** Takes a credit note off an invoice of the case. */
export function aCreditNote(
  deps: Deps,
  tenantId: string,
  caseId: string,
  of: string,
  number: string,
  on: string,
  amount: string,
) {
  return deps.db.tenant(tenantId, async (tx) => {
    const invoice = await tx
      .selectFrom('invoices')
      .select(['invoice_id', 'party_id'])
      .where('tenant_id', '=', tenantId)
      .where('number', '=', of)
      .executeTakeFirstOrThrow();
    const creditNoteId = done(
      await recordInvoice(tx, deps, tenantId, {
        documentKind: 'credit-note',
        partyId: invoice.party_id,
        caseId,
        number,
        issuedOn: day(on),
        dueOn: day(on),
        currency: 'EUR',
        netCents: null,
        taxCents: null,
        grossCents: cents(amount),
        payableCents: cents(amount),
        orderReference: null,
        fileSha256: null,
      }),
    );
    await allocate(tx, tenantId, [{ invoiceId: invoice.invoice_id, creditNoteId, amountCents: cents(amount), on: day(on) }]);
    const payload = { creditNoteId, number, invoiceId: invoice.invoice_id, amount: cents(amount).toString() };
    await recordFact(tx, deps, tenantId, caseId, { kind: 'credit-note-applied', on: day(on), payload });
  });
}

/** The same dependencies on a day that a story moves: `on('2026-12-05')`. */
export function story(deps: Deps, start: string): { readonly deps: Deps; readonly on: (isoDay: string) => void } {
  let clock: Clock = clockOn(day(start));
  const moving: Clock = { today: () => clock.today(), now: () => clock.now() };
  return {
    deps: { ...deps, clock: moving },
    on(isoDay) {
      clock = clockOn(day(isoDay));
    },
  };
}

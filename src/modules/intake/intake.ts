import { frenchDay } from '#core/kernel/french.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { InvoiceReading } from '#formats/invoice/index.ts';
import { openOrJoinCase, recordFact } from '#modules/cases/index.ts';
import { amendCreditor, readCreditor, recordFile } from '#modules/companies/index.ts';
import { attachWaiting } from '#modules/einvoicing/index.ts';
import { applyCreditNote, findInvoice, readInvoiceSafely, recordInvoice } from '#modules/invoices/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import { findOrCreateParty } from '#modules/parties/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { completeCreditor, fieldsOf, InvoiceForm, type InvoiceInput } from './draft.ts';
import { type Found, markDuplicates, type Reading, readingsOf, recordReadings, setReading } from './readings.ts';

const mediaTypeOf = (bytes: Uint8Array): string => {
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (start === '%PDF-') return 'application/pdf';
  return /^\W*</.test(start) ? 'application/xml' : 'text/plain';
};

/**
 * Takes a dropped file in: keeps its content, reads it, and answers what is to be confirmed. The file is stored before its rows, and
 * its rows come in one transaction: whatever interrupts it, dropping the file again ends in the same state. The same content again
 * answers the readings it gave the first time.
 */
export async function receiveFile(deps: Deps, tenantId: string, file: { name: string; bytes: Uint8Array }): Promise<Reading[]> {
  const result = await readInvoiceSafely(file.bytes, file.name, { maxBytes: deps.config.limits.fileBytes });
  const sha256 = await deps.files.write(tenantId, file.bytes);
  const found: Found[] = result.ok
    ? [
        ...result.value.map((reading) => ({ reading, refusal: null })),
        ...(result.rejected_rows ?? []).map(({ refusal }) => ({ reading: null, refusal })),
      ]
    : [{ reading: null, refusal: result.refusal }];
  return deps.db.tenant(tenantId, async (tx) => {
    await recordFile(tx, deps, tenantId, { sha256, bytes: file.bytes, mediaType: mediaTypeOf(file.bytes), name: file.name });
    await recordReadings(tx, deps, tenantId, { sha256, name: file.name }, found);
    await markDuplicates(tx, tenantId, sha256);
    return readingsOf(tx, tenantId, { sha256 });
  });
}

/** What confirming a reading leads to. */
export interface Confirmed {
  readonly invoiceId: string;
  /** absent for a credit note whose invoice is not on the books */
  readonly caseId: string | null;
}

/**
 * Puts a reading on the books as confirmed or corrected: debtor, invoice, case; a credit note reduces its invoice. What was typed is
 * kept when it is refused. Refusals: `form.invalid`, `invoice.duplicate`, `reading.unknown`, `reading.done`, `credit-note.no-invoice`.
 */
export async function confirmReading(deps: Deps, tenantId: string, readingId: string, typed: Typed): Promise<Result<Confirmed>> {
  const parsed = parseForm(InvoiceForm, fieldsOf(typed));
  const done = parsed.ok ? await enter(deps, tenantId, readingId, parsed.value) : parsed;
  if (!done.ok) {
    const draft = jsonText(typed);
    await deps.db.tenant(tenantId, (tx) => setReading(tx, tenantId, readingId, { draft }, ['to-confirm', 'duplicate']));
  }
  return done;
}

function enter(deps: Deps, tenantId: string, readingId: string, input: InvoiceInput): Promise<Result<Confirmed>> {
  return deps.db.tenant(tenantId, async (tx) => {
    // Invoices of one company enter one after the other: two of one new debtor make one party and one case.
    await tx.selectFrom('creditors').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().execute();
    const row = await tx
      .selectFrom('readings')
      .select(['status', 'file_sha256', 'invoice_id'])
      .where('tenant_id', '=', tenantId)
      .where('reading_id', '=', readingId)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.status === 'refused')
      return refuse('reading.unknown', 'Ce document n’est plus en attente\u202f: déposez-le de nouveau pour le reprendre.');
    if (row.status === 'confirmed')
      return refuse('reading.done', 'Cette facture est déjà enregistrée.', { invoiceId: row.invoice_id });
    const { documentKind, number, issuedOn } = input;
    const known = await findInvoice(tx, tenantId, documentKind, number, issuedOn);
    if (known) {
      await setReading(tx, tenantId, readingId, { status: 'duplicate', invoice_id: known.id }, ['to-confirm', 'discarded']);
      return refuse('invoice.duplicate', `La facture ${number} du ${frenchDay(issuedOn)} est déjà dans Quitus.`, {
        number,
        caseId: known.caseId,
      });
    }
    const credited =
      documentKind === 'credit-note' ? await findInvoice(tx, tenantId, 'invoice', input.creditedInvoice) : undefined;
    if (documentKind === 'credit-note' && !credited) {
      return refuse(
        'credit-note.no-invoice',
        'La facture que cet avoir réduit n’est pas dans Quitus. Déposez-la d’abord, ou corrigez son numéro.',
        { fields: { creditedInvoice: 'Aucune facture de ce numéro n’est dans Quitus\u202f: déposez-la d’abord, ou corrigez.' } },
      );
    }
    const partyId = credited?.partyId ?? (await findOrCreateParty(tx, deps, tenantId, debtorOf(input)));
    const today = deps.clock.today();
    const caseId = credited ? credited.caseId : await openOrJoinCase(tx, deps, tenantId, partyId, today, input.dueOn);
    const recorded = await recordInvoice(tx, deps, tenantId, {
      documentKind,
      partyId,
      caseId,
      number,
      issuedOn,
      dueOn: input.dueOn,
      currency: input.currency,
      netCents: input.net,
      taxCents: input.tax,
      grossCents: input.gross,
      payableCents: input.payable,
      orderReference: input.orderReference || null,
      fileSha256: row.file_sha256,
    });
    if (!recorded.ok) throw new Error(`invoice ${number} came to the books past the company's lock`);
    const invoiceId = recorded.value;
    const from = ['to-confirm', 'duplicate', 'discarded'] as const;
    await setReading(tx, tenantId, readingId, { status: 'confirmed', invoice_id: invoiceId, draft: null }, from);
    if (caseId) await addDocument(tx, deps, tenantId, caseId, input, row.file_sha256);
    if (credited && caseId) {
      const applied = await applyCreditNote(tx, tenantId, {
        invoiceId: credited.id,
        creditNoteId: invoiceId,
        amountCents: input.payable,
        on: issuedOn,
      });
      await recordFact(tx, deps, tenantId, caseId, {
        kind: 'credit-note-applied',
        on: issuedOn,
        payload: { creditNoteId: invoiceId, number, invoiceId: credited.id, amount: applied.toString() },
      });
    } else if (caseId) {
      await recordFact(tx, deps, tenantId, caseId, {
        kind: 'invoice-added',
        on: today,
        payload: { invoiceId, number, amount: input.payable.toString(), dueOn: input.dueOn.toString() },
      });
    }
    await attachWaiting(tx, deps, tenantId);
    return ok({ invoiceId, caseId });
  });
}

function debtorOf({ debtor, number }: InvoiceInput): NonNullable<InvoiceInput['debtor']> {
  if (!debtor) throw new Error(`invoice ${number} has no debtor`);
  return debtor;
}

async function addDocument(
  tx: Tx,
  deps: Deps,
  tenantId: string,
  caseId: string,
  input: InvoiceInput,
  sha256: string,
): Promise<void> {
  await tx
    .insertInto('documents')
    .values({
      tenant_id: tenantId,
      document_id: newId(),
      case_id: caseId,
      kind: 'invoice',
      title: `${input.documentKind === 'invoice' ? 'Facture' : 'Avoir'} ${input.number}`,
      file_sha256: sha256,
      added_at: deps.clock.now(),
    })
    .execute();
}

/** Sets a reading aside: nothing enters the books. The file stays, dropping it again brings it back. */
export async function discardReading(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, readingId: string): Promise<void> {
  await deps.db.tenant(tenantId, async (tx) => {
    const done = await setReading(tx, tenantId, readingId, { status: 'discarded' }, ['to-confirm', 'duplicate', 'refused']);
    if (!done) return;
    await appendJournal(tx, tenantId, {
      kind: 'reading-discarded',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { readingId },
    });
  });
}

/**
 * Fills the company's identity with what its own invoice says of it, when the user asks for it and nothing was given yet. What the
 * invoice gives and that cannot be (an IBAN with a wrong key) is left out. Answers the fields that were filled.
 */
export async function adoptSeller(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  reading: InvoiceReading,
): Promise<readonly string[]> {
  const creditor = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
  const found = completeCreditor(creditor, reading);
  if (!found) return [];
  const saved = await amendCreditor(deps, tenantId, found);
  return saved.ok ? Object.keys(found) : [];
}

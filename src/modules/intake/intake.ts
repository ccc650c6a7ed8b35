import { sql } from 'kysely';
import { ok, type Refusal, type Result, refuse } from '#core/kernel/result.ts';
import type { InvoiceReading } from '#formats/invoice/index.ts';
import { openOrJoinCase, recordFact } from '#modules/cases/index.ts';
import { readCreditor, recordFile, saveCreditor } from '#modules/companies/index.ts';
import { allocate, findInvoice, readInvoiceSafely, recordInvoice } from '#modules/invoices/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import { findOrCreateParty } from '#modules/parties/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { completeCreditor, draftOf, gatherDebtor, InvoiceForm, type InvoiceInput } from './draft.ts';

/** A dropped file, or one row of it, on its way to the books. */
export interface Reading {
  readonly id: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly status: 'to-confirm' | 'confirmed' | 'duplicate' | 'refused' | 'discarded';
  readonly reading: InvoiceReading | null;
  readonly refusal: Refusal | null;
  /** what the user typed so far */
  readonly draft: Typed | null;
  readonly invoiceId: string | null;
}

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
  const result = await readInvoiceSafely(file.bytes, file.name);
  const sha256 = await deps.files.write(tenantId, file.bytes);
  return deps.db.tenant(tenantId, async (tx) => {
    await recordFile(tx, deps, tenantId, { sha256, bytes: file.bytes, mediaType: mediaTypeOf(file.bytes), name: file.name });
    const entries: { reading: InvoiceReading | null; refusal: Refusal | null }[] = result.ok
      ? result.value.map((reading) => ({ reading, refusal: null }))
      : [{ reading: null, refusal: result.refusal }];
    for (const [ordinal, { reading, refusal }] of entries.entries()) {
      await tx
        .insertInto('readings')
        .values({
          tenant_id: tenantId,
          reading_id: newId(),
          file_sha256: sha256,
          file_name: file.name,
          ordinal,
          status: refusal ? 'refused' : 'to-confirm',
          reading: reading && JSON.stringify(reading),
          refusal: refusal && JSON.stringify(refusal),
          created_at: deps.clock.now(),
        })
        // The same content again: what was confirmed stays so, what was refused or discarded gets another chance.
        .onConflict((c) =>
          c.columns(['tenant_id', 'file_sha256', 'ordinal']).doUpdateSet({
            file_name: file.name,
            status: sql`case when readings.status in ('refused', 'discarded') then excluded.status else readings.status end`,
            reading: sql`excluded.reading`,
            refusal: sql`excluded.refusal`,
          }),
        )
        .execute();
    }
    await markDuplicates(tx, tenantId, sha256);
    return readingsOf(tx, tenantId, { sha256 });
  });
}

/** A reading whose number and date are on the books already is shown as such, with its invoice. */
async function markDuplicates(tx: Tx, tenantId: string, sha256: string): Promise<void> {
  for (const item of await readingsOf(tx, tenantId, { sha256 })) {
    if (item.status !== 'to-confirm' || !item.reading) continue;
    const parsed = InvoiceForm.safeParse(gatherDebtor(draftOf(item.reading).typed));
    if (!parsed.success) continue;
    const known = await findInvoice(tx, tenantId, parsed.data.documentKind, parsed.data.number, parsed.data.issuedOn);
    if (!known) continue;
    await setReading(tx, tenantId, item.id, { status: 'duplicate', invoice_id: known.id });
  }
}

/** The readings that wait for the user, or those of one file, or one of them. */
export async function readingsOf(
  tx: Tx,
  tenantId: string,
  which: { sha256: string } | { id: string } | 'pending',
): Promise<Reading[]> {
  let query = tx
    .selectFrom('readings')
    .innerJoin('files', (join) =>
      join.onRef('files.tenant_id', '=', 'readings.tenant_id').onRef('files.sha256', '=', 'readings.file_sha256'),
    )
    .select(['reading_id', 'file_name', 'file_sha256', 'media_type', 'status', 'reading', 'refusal', 'draft', 'invoice_id'])
    .where('readings.tenant_id', '=', tenantId);
  if (which === 'pending') query = query.where('status', '=', 'to-confirm');
  else if ('id' in which) query = query.where('reading_id', '=', which.id);
  else query = query.where('file_sha256', '=', which.sha256);
  const rows = await query.orderBy('readings.created_at').orderBy('ordinal').limit(500).execute();
  return rows.map((row) => ({
    id: row.reading_id,
    fileName: row.file_name,
    sha256: row.file_sha256,
    mediaType: row.media_type,
    status: row.status as Reading['status'],
    reading: row.reading as InvoiceReading | null,
    refusal: row.refusal as Refusal | null,
    draft: row.draft as Typed | null,
    invoiceId: row.invoice_id,
  }));
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
  const parsed = parseForm(InvoiceForm, gatherDebtor(typed));
  const done = parsed.ok ? await enter(deps, tenantId, readingId, parsed.value) : parsed;
  if (!done.ok && done.refusal.code !== 'reading.unknown') {
    await deps.db.tenant(tenantId, (tx) => setReading(tx, tenantId, readingId, { draft: JSON.stringify(typed) }));
  }
  return done;
}

function enter(deps: Deps, tenantId: string, readingId: string, input: InvoiceInput): Promise<Result<Confirmed>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const row = await tx
      .selectFrom('readings')
      .select(['status', 'file_sha256', 'reading', 'invoice_id'])
      .where('tenant_id', '=', tenantId)
      .where('reading_id', '=', readingId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse('reading.unknown', 'Ce document n’est plus en attente : il a été retiré.');
    if (row.status === 'confirmed')
      return refuse('reading.done', 'Cette facture est déjà enregistrée.', { invoiceId: row.invoice_id });

    const credited =
      input.documentKind === 'credit-note' ? await findInvoice(tx, tenantId, 'invoice', input.creditedInvoice) : undefined;
    if (input.documentKind === 'credit-note' && !credited) {
      return refuse(
        'credit-note.no-invoice',
        'La facture que cet avoir réduit n’est pas dans Quitus. Déposez-la d’abord, ou corrigez son numéro.',
        {
          fields: { creditedInvoice: 'Aucune facture de ce numéro n’est enregistrée.' },
        },
      );
    }
    const partyId = credited?.partyId ?? (await findOrCreateParty(tx, deps, tenantId, input.debtor));
    const today = deps.clock.today();
    const caseId = credited ? credited.caseId : await openOrJoinCase(tx, deps, tenantId, partyId, today);
    const recorded = await recordInvoice(tx, deps, tenantId, {
      documentKind: input.documentKind,
      partyId,
      caseId,
      number: input.number,
      issuedOn: input.issuedOn,
      dueOn: input.dueOn,
      currency: input.currency,
      netCents: input.net,
      taxCents: input.tax,
      grossCents: input.gross,
      payableCents: input.payable,
      orderReference: input.orderReference || null,
      fileSha256: row.file_sha256,
    });
    if (!recorded.ok) {
      await setReading(tx, tenantId, readingId, { status: 'duplicate' });
      return recorded;
    }
    const invoiceId = recorded.value;
    await setReading(tx, tenantId, readingId, { status: 'confirmed', invoice_id: invoiceId, draft: null });
    if (caseId) await addDocument(tx, deps, tenantId, caseId, input, row.file_sha256);
    if (credited && caseId) {
      await allocate(tx, tenantId, [
        { invoiceId: credited.id, creditNoteId: invoiceId, amountCents: input.payable, on: input.issuedOn },
      ]);
      await recordFact(tx, deps, tenantId, caseId, {
        kind: 'credit-note-applied',
        on: input.issuedOn,
        payload: { creditNoteId: invoiceId, number: input.number, invoiceId: credited.id, amount: input.payable.toString() },
      });
    } else if (caseId) {
      await recordFact(tx, deps, tenantId, caseId, {
        kind: 'invoice-added',
        on: today,
        payload: { invoiceId, number: input.number, amount: input.payable.toString(), dueOn: input.dueOn.toString() },
      });
    }
    return ok({ invoiceId, caseId });
  });
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
    await setReading(tx, tenantId, readingId, { status: 'discarded' }, ['to-confirm', 'duplicate']);
    await appendJournal(tx, tenantId, {
      kind: 'reading-discarded',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { readingId },
    });
  });
}

/** Fills the company's identity with what its own invoice says of it, when the user asks for it and nothing was given yet. */
export async function adoptSeller(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  reading: InvoiceReading,
): Promise<Result<unknown>> {
  const creditor = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
  const typed = completeCreditor(creditor, reading);
  return typed ? saveCreditor(deps, tenantId, typed) : ok(undefined);
}

interface ReadingChange {
  readonly status?: Reading['status'];
  readonly invoice_id?: string;
  readonly draft?: string | null;
}

async function setReading(
  tx: Tx,
  tenantId: string,
  readingId: string,
  change: ReadingChange,
  from?: readonly Reading['status'][],
): Promise<void> {
  let query = tx.updateTable('readings').set(change).where('tenant_id', '=', tenantId).where('reading_id', '=', readingId);
  if (from) query = query.where('status', 'in', from);
  await query.execute();
}

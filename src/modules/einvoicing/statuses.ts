import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { InvoiceStatus, StatusMeaning } from '#formats/cdar/index.ts';
import { readCreditor, recordFile } from '#modules/companies/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { attachWaiting } from './attaching.ts';
import { readStatusSafely } from './status-reader.ts';
import { type ToldStatus, toldOf } from './told.ts';

/** What became of a status that a message held. */
export interface ReceivedStatus {
  readonly documentKind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: Day | null;
  readonly on: Day;
  readonly code: string;
  readonly label: string;
  readonly meaning: StatusMeaning;
  /** attached to its invoice; kept until its invoice comes; or known already */
  readonly outcome: 'attached' | 'waiting' | 'known';
  readonly caseId: string | null;
}

/**
 * Takes a life-cycle message in: keeps its file, and attaches each status to the invoice it names, or keeps it until that invoice comes. The
 * same message again changes nothing. Refusals: those of the reader, and `status.other-seller` for a message about someone else's invoice.
 */
export async function receiveStatus(
  deps: Pick<Deps, 'db' | 'clock' | 'files'>,
  tenantId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<readonly ReceivedStatus[]>> {
  const read = await readStatusSafely(file.bytes, file.name);
  if (!read.ok) return read;
  const told = read.value.map((status) => toldOf(status, file.bytes, deps.clock.today()));
  const { name: company, siren } = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
  const foreign = told.find(({ sellerSiren }) => siren !== null && sellerSiren !== null && sellerSiren !== siren);
  if (foreign)
    return refuse(
      'status.other-seller',
      `Ce message parle de la facture ${foreign.number} du vendeur de SIREN ${foreign.sellerSiren}, qui n’est pas celui de ${company} (${siren}). Déposez-le dans l’entreprise qui a émis la facture.`,
      { number: foreign.number, sellerSiren: foreign.sellerSiren },
    );
  const sha256 = await deps.files.write(tenantId, file.bytes);
  return deps.db.tenant(tenantId, async (tx) => {
    const kept = { sha256, bytes: file.bytes, mediaType: 'application/xml', name: file.name };
    await recordFile(tx, deps, tenantId, kept);
    const known = await keep(tx, deps, tenantId, told, sha256);
    await attachWaiting(tx, deps, tenantId);
    return ok(await outcomes(tx, tenantId, told, known));
  });
}

const keyOf = (of: { message_ref: string; invoice_number: string; code: string }): string =>
  JSON.stringify([of.message_ref, of.invoice_number, of.code]);
const keyOfTold = ({ messageId, number, status }: ToldStatus): string =>
  keyOf({ message_ref: messageId, invoice_number: number, code: status.status });

/** Keeps what is new, and tells the journal; answers the keys of what was known. One that was set aside waits again. */
async function keep(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  told: readonly ToldStatus[],
  sha256: string,
): Promise<ReadonlySet<string>> {
  const at = deps.clock.now();
  const inserted = await tx
    .insertInto('einvoice_statuses')
    .values(
      told.map((of) => ({
        tenant_id: tenantId,
        status_id: newId(),
        message_ref: of.messageId,
        document_kind: of.documentKind,
        invoice_number: of.number,
        invoice_on: of.issuedOn,
        seller_siren: of.sellerSiren,
        code: of.status.status,
        moment: of.status.statusAt,
        on_day: of.on,
        told: jsonText(of.status),
        file_sha256: sha256,
        created_at: at,
      })),
    )
    .onConflict((c) => c.columns(['tenant_id', 'message_ref', 'invoice_number', 'code']).doNothing())
    .returning(['message_ref', 'invoice_number', 'code', 'on_day'])
    .execute();
  const fresh = new Set(inserted.map(keyOf));
  const [first, ...rest] = inserted.map(({ message_ref, invoice_number, code, on_day }) => ({
    kind: 'einvoice-status-received',
    on: on_day,
    at,
    actor: 'user',
    payload: { message: message_ref, number: invoice_number, code, file: sha256 },
  }));
  if (first) await appendJournal(tx, tenantId, first, ...rest);
  const known = new Set(told.map(keyOfTold).filter((key) => !fresh.has(key)));
  if (known.size > 0)
    await tx
      .updateTable('einvoice_statuses')
      .set({ set_aside_on: null })
      .where('tenant_id', '=', tenantId)
      .where('message_ref', 'in', [...new Set(told.map((of) => of.messageId))])
      .where('set_aside_on', 'is not', null)
      .execute();
  return known;
}

async function outcomes(
  tx: Tx,
  tenantId: string,
  told: readonly ToldStatus[],
  known: ReadonlySet<string>,
): Promise<ReceivedStatus[]> {
  const rows = await tx
    .selectFrom('einvoice_statuses')
    .leftJoin('invoices', (join) =>
      join
        .onRef('invoices.tenant_id', '=', 'einvoice_statuses.tenant_id')
        .onRef('invoices.invoice_id', '=', 'einvoice_statuses.invoice_id'),
    )
    .select(['message_ref', 'invoice_number', 'code', 'einvoice_statuses.invoice_id', 'invoices.case_id'])
    .where('einvoice_statuses.tenant_id', '=', tenantId)
    .where('message_ref', 'in', [...new Set(told.map((of) => of.messageId))])
    .execute();
  const kept = new Map(rows.map((row) => [keyOf(row), row]));
  return told.map((of) => {
    const row = kept.get(keyOfTold(of));
    const attached = row?.invoice_id != null;
    return {
      documentKind: of.documentKind,
      number: of.number,
      issuedOn: of.issuedOn,
      on: of.on,
      code: of.status.status,
      label: of.status.label,
      meaning: of.status.meaning,
      outcome: !attached ? 'waiting' : known.has(keyOfTold(of)) ? 'known' : 'attached',
      caseId: row?.case_id ?? null,
    };
  });
}

/** A status whose invoice is not on the books yet. */
export interface WaitingStatus {
  readonly documentKind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: Day | null;
  readonly label: string;
  readonly on: Day;
}

/** The statuses that wait for their invoice, the latest first. */
export async function listWaiting(tx: Tx, tenantId: string, limit: number): Promise<WaitingStatus[]> {
  const rows = await tx
    .selectFrom('einvoice_statuses')
    .select(['document_kind', 'invoice_number', 'invoice_on', 'told', 'on_day'])
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', 'is', null)
    .where('set_aside_on', 'is', null)
    .orderBy('on_day', 'desc')
    .orderBy(sql`moment desc nulls last`)
    .orderBy('status_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    documentKind: row.document_kind,
    number: row.invoice_number,
    issuedOn: row.invoice_on,
    label: (row.told as unknown as InvoiceStatus).label,
    on: row.on_day,
  }));
}

/** Lets the user hear no more of statuses whose invoice is unknown. They are kept: should the invoice come, they are attached. */
export async function setWaitingAside(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string): Promise<void> {
  await tx
    .updateTable('einvoice_statuses')
    .set({ set_aside_on: deps.clock.today() })
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', 'is', null)
    .where('set_aside_on', 'is', null)
    .execute();
}

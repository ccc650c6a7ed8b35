import { sql } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { fileName } from '#platform/file-name.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { type Creditor, CreditorForm, type CreditorInput, typedOf } from './creditor.ts';
import { pictureType } from './picture.ts';

/** A company whose claims are kept here: the user's own, or the demonstration. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
}

/** The companies of this installation, the user's own first, oldest first. */
export function listCompanies(deps: Pick<Deps, 'db'>): Promise<Company[]> {
  return deps.db.system(async (tx) => {
    const rows = await tx
      .selectFrom('tenants')
      .select(['tenant_id', 'name', 'kind'])
      .orderBy('kind', 'desc')
      .orderBy('created_at')
      .execute();
    return rows.map((row) => ({ id: row.tenant_id, name: row.name, demo: row.kind === 'demo' }));
  });
}

/**
 * Creates a company with what is known of it. The form's refusal names each field to correct. With an `id` that exists already (a form
 * sent twice), answers that company as it is.
 */
export async function createCompany(
  deps: Pick<Deps, 'db' | 'clock'>,
  typed: Typed,
  kind: 'own' | 'demo' = 'own',
  id = newId(),
): Promise<Result<Company>> {
  const parsed = parseForm(CreditorForm, typed);
  if (!parsed.ok) return parsed;
  const now = deps.clock.now();
  await wholeCompany(deps, id, async (tx) => {
    const made = await tx
      .insertInto('tenants')
      .values({ tenant_id: id, kind, name: parsed.value.name, created_at: now })
      .onConflict((c) => c.column('tenant_id').doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) return;
    await tx
      .insertInto('creditors')
      .values({ tenant_id: id, ...toRow(parsed.value), updated_at: now })
      .execute();
    await record(deps, tx, id, 'company-created', parsed.value);
  });
  return ok({ id, name: parsed.value.name, demo: kind === 'demo' });
}

/** One transaction over the list of companies and one company's own tables: a company never exists by half. */
function wholeCompany<T>(deps: Pick<Deps, 'db'>, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return deps.db.system(async (tx) => {
    await sql`select set_config('quitus.tenant', ${tenantId}, true)`.execute(tx);
    return work(tx);
  });
}

/** The company's identity. */
export async function readCreditor(tx: Tx, tenantId: string): Promise<Creditor> {
  const row = await tx.selectFrom('creditors').selectAll().where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
  return {
    name: row.name,
    legalForm: row.legal_form,
    shareCapitalCents: row.share_capital_cents,
    siren: row.siren,
    registryCity: row.registry_city,
    vatNumber: row.vat_number,
    street: row.street,
    postcode: row.postcode,
    city: row.city,
    country: row.country,
    email: row.email,
    phone: row.phone,
    iban: row.iban,
    bic: row.bic,
    signatoryName: row.signatory_name,
    signatoryRole: row.signatory_role,
    logoSha256: row.logo_sha256,
    signatureSha256: row.signature_sha256,
  };
}

/**
 * Changes some of the company's identity, by field of `CreditorForm`; what is not named stays as it is, and letters already made keep
 * the one they were made with. The form's refusal names each field to correct.
 */
export function amendCreditor(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  answers: Typed,
): Promise<Result<CreditorInput>> {
  return wholeCompany(deps, tenantId, async (tx) => {
    await tx.selectFrom('creditors').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().executeTakeFirstOrThrow();
    const parsed = parseForm(CreditorForm, { ...typedOf(await readCreditor(tx, tenantId)), ...answers });
    if (parsed.ok) await replaceCreditor(deps, tx, tenantId, parsed.value);
    return parsed;
  });
}

async function replaceCreditor(deps: Pick<Deps, 'clock'>, tx: Tx, tenantId: string, input: CreditorInput): Promise<void> {
  await tx
    .updateTable('creditors')
    .set({ ...toRow(input), updated_at: deps.clock.now() })
    .where('tenant_id', '=', tenantId)
    .execute();
  await tx.updateTable('tenants').set({ name: input.name }).where('tenant_id', '=', tenantId).execute();
  await record(deps, tx, tenantId, 'company-updated', input);
}

const PICTURE_LIMIT = 2 * 1024 * 1024;

/** Keeps a logo or a signature (PNG or JPEG, 2 MB at most) for the letters; `undefined` bytes remove it. */
export async function savePicture(
  deps: Pick<Deps, 'db' | 'clock' | 'files'>,
  tenantId: string,
  which: 'logo' | 'signature',
  bytes: Uint8Array | undefined,
): Promise<Result<void>> {
  let sha256: string | null = null;
  if (bytes) {
    if (bytes.length > PICTURE_LIMIT) return invalidForm({ [which]: 'Cette image dépasse 2 Mo. Réduisez-la, puis recommencez.' });
    const type = pictureType(bytes);
    if (!type) {
      return invalidForm({
        [which]: 'Cette image n’est pas un PNG ou un JPEG entier. Enregistrez-la dans l’un de ces formats, puis recommencez.',
      });
    }
    const kept = await deps.files.write(tenantId, bytes);
    sha256 = kept;
    const file = { sha256: kept, bytes, mediaType: type, name: `${which}.${type === 'image/png' ? 'png' : 'jpg'}` };
    await deps.db.tenant(tenantId, (tx) => recordFile(tx, deps, tenantId, file));
  }
  const column = which === 'logo' ? 'logo_sha256' : 'signature_sha256';
  await deps.db.tenant(tenantId, async (tx) => {
    await tx
      .updateTable('creditors')
      .set({ [column]: sha256, updated_at: deps.clock.now() })
      .where('tenant_id', '=', tenantId)
      .execute();
    await appendJournal(tx, tenantId, {
      kind: 'company-picture-changed',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { which, sha256 },
    });
  });
  return ok(undefined);
}

/** The logo or the signature as it is kept; undefined when there is none. */
export async function readPicture(
  deps: Pick<Deps, 'db' | 'files'>,
  tenantId: string,
  which: 'logo' | 'signature',
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mediaType: string; name: string } | undefined> {
  const file = await deps.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom('creditors')
      .innerJoin('files', (join) =>
        join
          .onRef('files.tenant_id', '=', 'creditors.tenant_id')
          .onRef('files.sha256', '=', which === 'logo' ? 'creditors.logo_sha256' : 'creditors.signature_sha256'),
      )
      .select(['files.sha256', 'files.media_type', 'files.name'])
      .where('creditors.tenant_id', '=', tenantId)
      .executeTakeFirst(),
  );
  if (!file) return undefined;
  return { bytes: new Uint8Array(await deps.files.read(tenantId, file.sha256)), mediaType: file.media_type, name: file.name };
}

/** Records that the store holds a file. The same content again is the same file. */
export async function recordFile(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  file: { sha256: string; bytes: Uint8Array; mediaType: string; name: string },
): Promise<void> {
  await tx
    .insertInto('files')
    .values({
      tenant_id: tenantId,
      sha256: file.sha256,
      size_bytes: BigInt(file.bytes.length),
      media_type: file.mediaType,
      name: fileName(file.name),
      created_at: deps.clock.now(),
    })
    .onConflict((c) => c.columns(['tenant_id', 'sha256']).doNothing())
    .execute();
}

/** Removes the demonstration company and everything it holds. A company of the user's own is never removed this way. */
export async function removeDemo(deps: Pick<Deps, 'db' | 'files'>, tenantId: string): Promise<Result<void>> {
  const removed = await deps.db.system((tx) =>
    tx.deleteFrom('tenants').where('tenant_id', '=', tenantId).where('kind', '=', 'demo').executeTakeFirst(),
  );
  if (removed.numDeletedRows === 0n)
    return refuse('company.not-demo', 'Seule l’entreprise de démonstration peut être supprimée ainsi.');
  await deps.files.removeTenant(tenantId);
  return ok(undefined);
}

function toRow(input: CreditorInput) {
  return {
    name: input.name,
    legal_form: input.legalForm,
    share_capital_cents: input.shareCapitalCents,
    siren: input.siren,
    registry_city: input.registryCity,
    vat_number: input.vatNumber,
    street: input.street,
    postcode: input.postcode,
    city: input.city,
    country: input.country,
    email: input.email,
    phone: input.phone,
    iban: input.iban,
    bic: input.bic,
    signatory_name: input.signatoryName,
    signatory_role: input.signatoryRole,
  };
}

async function record(deps: Pick<Deps, 'clock'>, tx: Tx, tenantId: string, kind: string, input: CreditorInput): Promise<void> {
  const payload: Json = { ...input, shareCapitalCents: input.shareCapitalCents?.toString() ?? null };
  await appendJournal(tx, tenantId, { kind, on: deps.clock.today(), at: deps.clock.now(), actor: 'user', payload });
}

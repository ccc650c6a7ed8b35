import type { Json } from '#core/kernel/canonical.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { type Creditor, CreditorForm, type CreditorInput } from './creditor.ts';

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

/** Creates a company with what is known of it. The form's refusal names each field to correct. */
export async function createCompany(
  deps: Pick<Deps, 'db' | 'clock'>,
  typed: Typed,
  kind: 'own' | 'demo' = 'own',
): Promise<Result<Company>> {
  const parsed = parseForm(CreditorForm, typed);
  if (!parsed.ok) return parsed;
  const id = newId();
  const now = deps.clock.now();
  await deps.db.system((tx) =>
    tx.insertInto('tenants').values({ tenant_id: id, kind, name: parsed.value.name, created_at: now }).execute(),
  );
  await deps.db.tenant(id, async (tx) => {
    await tx
      .insertInto('creditors')
      .values({ tenant_id: id, ...toRow(parsed.value), updated_at: now })
      .execute();
    await record(deps, tx, id, 'company-created', parsed.value);
  });
  return ok({ id, name: parsed.value.name, demo: kind === 'demo' });
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

/** Replaces the company's identity with what was typed; letters already made keep the one they were made with. */
export async function saveCreditor(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  typed: Typed,
): Promise<Result<CreditorInput>> {
  const parsed = parseForm(CreditorForm, typed);
  if (!parsed.ok) return parsed;
  await deps.db.tenant(tenantId, async (tx) => {
    await tx
      .updateTable('creditors')
      .set({ ...toRow(parsed.value), updated_at: deps.clock.now() })
      .where('tenant_id', '=', tenantId)
      .execute();
    await record(deps, tx, tenantId, 'company-updated', parsed.value);
  });
  await deps.db.system((tx) =>
    tx.updateTable('tenants').set({ name: parsed.value.name }).where('tenant_id', '=', tenantId).execute(),
  );
  return parsed;
}

/** The pictures that letters carry: accepted types, by their first bytes. */
const PICTURES: readonly [mediaType: string, extension: string, isIt: (b: Uint8Array) => boolean][] = [
  ['image/png', 'png', (b) => b[0] === 0x89 && b[1] === 0x50 && b[2] === 0x4e && b[3] === 0x47],
  ['image/jpeg', 'jpg', (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
];
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
    const type = PICTURES.find(([, , isIt]) => isIt(bytes));
    if (!type)
      return invalidForm({ [which]: 'Cette image n’est ni un PNG ni un JPEG. Enregistrez-la dans l’un de ces formats.' });
    if (bytes.length > PICTURE_LIMIT) return invalidForm({ [which]: 'Cette image dépasse 2 Mo. Réduisez-la, puis recommencez.' });
    sha256 = await deps.files.write(tenantId, bytes);
    await deps.db.tenant(tenantId, (tx) =>
      recordFile(tx, deps, tenantId, { sha256: sha256 as string, bytes, mediaType: type[0], name: `${which}.${type[1]}` }),
    );
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
      name: file.name,
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

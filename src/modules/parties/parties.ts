import { z } from 'zod';
import type { DebtorKind } from '#core/claim/statement.ts';
import { isSiren, typedSiren } from '#formats/siren.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { addressFields, optionalLine } from '#platform/form-fields.ts';
import { newId } from '#platform/ids.ts';

/** Who owes. */
export interface Party {
  readonly id: string;
  readonly kind: DebtorKind;
  readonly name: string;
  readonly siren: string | null;
  readonly vatNumber: string | null;
  readonly street: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** What the user confirms or corrects of a debtor. */
export const PartyForm = z.object({
  kind: z.enum(
    ['business', 'consumer', 'public'],
    'Dites si votre client est un professionnel, un particulier ou un acheteur public.',
  ),
  name: z.string().trim().min(1, 'Indiquez le nom de votre client.').max(200, 'Ce nom est trop long (200 caractères au plus).'),
  siren: optionalLine
    .transform((text) => text && typedSiren(text))
    .refine(
      (text) => text === null || isSiren(text),
      'Ce numéro SIREN n’est pas valable\u202f: il a neuf chiffres, dont une clé de contrôle.',
    ),
  vatNumber: optionalLine,
  ...addressFields,
});

export type PartyInput = z.output<typeof PartyForm>;

/**
 * The party that an invoice names: the one with the same SIREN, else the one of the same kind and name without a SIREN that differs,
 * else a new one. What is new about it (an address, an e-mail) completes it; nothing known is erased.
 */
export async function findOrCreateParty(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, input: PartyInput): Promise<string> {
  const known = await findParty(tx, tenantId, input);
  const now = deps.clock.now();
  const details = {
    siren: input.siren,
    vat_number: input.vatNumber,
    street: input.street,
    postcode: input.postcode,
    city: input.city,
    email: input.email,
    phone: input.phone,
  };
  if (known) {
    const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
    await tx
      .updateTable('parties')
      .set({ ...given, kind: input.kind, country: input.country, updated_at: now })
      .where('tenant_id', '=', tenantId)
      .where('party_id', '=', known)
      .execute();
    return known;
  }
  const id = newId();
  await tx
    .insertInto('parties')
    .values({
      tenant_id: tenantId,
      party_id: id,
      kind: input.kind,
      name: input.name,
      country: input.country,
      ...details,
      created_at: now,
      updated_at: now,
    })
    .execute();
  return id;
}

async function findParty(tx: Tx, tenantId: string, input: PartyInput): Promise<string | undefined> {
  if (input.siren) {
    const bySiren = await tx
      .selectFrom('parties')
      .select('party_id')
      .where('tenant_id', '=', tenantId)
      .where('siren', '=', input.siren)
      .executeTakeFirst();
    if (bySiren) return bySiren.party_id;
  }
  const byName = await tx
    .selectFrom('parties')
    .select(['party_id', 'siren'])
    .where('tenant_id', '=', tenantId)
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', input.name.toLowerCase()))
    .where('kind', '=', input.kind)
    .execute();
  return byName.find((row) => row.siren === null || input.siren === null)?.party_id;
}

/** Replaces what is known of a party by what the user typed. */
export async function saveParty(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  partyId: string,
  input: PartyInput,
): Promise<void> {
  const { vatNumber, ...rest } = input;
  await tx
    .updateTable('parties')
    .set({ ...rest, vat_number: vatNumber, updated_at: deps.clock.now() })
    .where('tenant_id', '=', tenantId)
    .where('party_id', '=', partyId)
    .execute();
}

/** One party. Throws when it does not exist: callers hold its identifier from the store. */
export async function readParty(tx: Tx, tenantId: string, partyId: string): Promise<Party> {
  const row = await tx
    .selectFrom('parties')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('party_id', '=', partyId)
    .executeTakeFirstOrThrow();
  return {
    id: row.party_id,
    kind: row.kind as DebtorKind,
    name: row.name,
    siren: row.siren,
    vatNumber: row.vat_number,
    street: row.street,
    postcode: row.postcode,
    city: row.city,
    country: row.country,
    email: row.email,
    phone: row.phone,
  };
}

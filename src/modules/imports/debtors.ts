import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';

/**
 * `staged_buyers`: each client of the staged list, with its debtor here, or none when it is new, or a `problem` (in French) when it could be
 * several. A client is known by its SIREN, else by the other tool's code, else by its exact name: never by less, and nothing is merged that
 * contradicts itself.
 */
export async function findDebtors(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    create temporary table staged_buyers on commit drop as
    select s.buyer, s.buyer_key, coalesce(s.name, s.buyer_key, s.siren) as name, f.siren, s.vat_number, s.email, s.street, s.postcode,
      s.city, s.country, null::uuid as party_id, false as is_new,
      case when f.siren <> f.other_siren then 'Ce code client porte deux numéros SIREN dans la liste.' end as problem
    from staged s join (select min(line) as line, min(siren) as siren, max(siren) as other_siren from staged group by buyer) f
      on f.line = s.line`.execute(tx);
  await sql`create index on staged_buyers (buyer)`.execute(tx);
  await sql`analyze staged_buyers`.execute(tx);
  await bySirenOrCode(tx, tenantId);
  await byName(tx, tenantId);
  await alike(tx);
}

async function bySirenOrCode(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    update staged_buyers b set party_id = f.party_id, problem = f.problem
    from (
      select b.buyer,
        case
          when k.party_id is null and s.n > 1 then 'Plusieurs débiteurs ont ici ce SIREN.'
          when k.siren <> b.siren then 'Son code est ici celui d’un débiteur qui a un autre SIREN.'
          when k.party_id is not null and k.siren is null and s.n > 0 then 'Son code est ici celui d’un débiteur, son SIREN celui d’un autre.'
        end as problem,
        coalesce(k.party_id, s.party_id) as party_id
      from staged_buyers b
      left join parties k on k.tenant_id = ${tenantId} and k.external_key = b.buyer_key
      left join (
        select siren, count(*) as n, (array_agg(party_id))[1] as party_id from parties
        where tenant_id = ${tenantId} and siren is not null group by siren) s on s.siren = b.siren
      where b.problem is null) f
    where b.buyer = f.buyer and (f.problem is not null or f.party_id is not null)`.execute(tx);
}

/** By exact name, case and blanks aside, among debtors that neither a SIREN nor a code tells apart. */
async function byName(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    update staged_buyers b set party_id = f.party_id, problem = f.problem
    from (
      select b.buyer, (array_agg(p.party_id))[1] as party_id,
        case when count(*) > 1 then 'Plusieurs débiteurs portent ici ce nom : ajoutez un SIREN ou un code client.' end as problem
      from staged_buyers b join parties p on p.tenant_id = ${tenantId} and lower(p.name) = lower(b.name)
        and (p.siren is null or b.siren is null) and (p.external_key is null or b.buyer_key is null)
      where b.party_id is null and b.problem is null group by b.buyer) f
    where b.buyer = f.buyer`.execute(tx);
}

/** Clients of the list itself that are one: the same SIREN, or a bare name that one other client bears. `leader` is the one that stands for it. */
async function alike(tx: Tx): Promise<void> {
  await sql`alter table staged_buyers add column leader text`.execute(tx);
  await sql`
    update staged_buyers b set leader = f.leader, party_id = coalesce(b.party_id, f.party_id)
    from (
      select siren, min(buyer) as leader, (array_agg(party_id) filter (where party_id is not null))[1] as party_id
      from staged_buyers where siren is not null and problem is null group by siren having count(*) > 1) f
    where b.siren = f.siren and b.problem is null`.execute(tx);
  await sql`
    update staged_buyers b set leader = f.leader, party_id = f.party_id,
      problem = case when f.n > 1 then 'Plusieurs clients de la liste portent ce nom : ajoutez un SIREN ou un code client.' end
    from (
      select n.buyer, count(distinct coalesce(o.leader, o.buyer)) as n, min(coalesce(o.leader, o.buyer)) as leader,
        (array_agg(o.party_id))[1] as party_id
      from staged_buyers n join staged_buyers o on o.buyer <> n.buyer and lower(o.name) = lower(n.name) and o.problem is null
      where n.party_id is null and n.problem is null and n.buyer_key is null and n.siren is null group by n.buyer) f
    where b.buyer = f.buyer`.execute(tx);
  await sql`update staged_buyers set leader = buyer where leader is null`.execute(tx);
}

/**
 * A client that nothing told, whose invoices are here already in the name of one debtor, is that debtor. To be called once `matched` tells
 * which lines are invoices of the books.
 */
export async function adoptByInvoices(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    update staged_buyers b set party_id = f.party_id
    from (
      select u.buyer, (array_agg(m.party_id))[1] as party_id
      from staged_buyers u join matched m on m.buyer = u.buyer
      where u.party_id is null and u.problem is null group by u.buyer having count(distinct m.party_id) = 1) f
    join parties p on p.tenant_id = ${tenantId} and p.party_id = f.party_id
    where b.buyer = f.buyer and (p.siren is null or b.siren is null or p.siren = b.siren)
      and (p.external_key is null or b.buyer_key is null or p.external_key = b.buyer_key)`.execute(tx);
}

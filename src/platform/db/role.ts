import type pg from 'pg';
import { errorCode } from '../failure.ts';

/** The role every company's transaction runs under: it owns nothing, so row-level security binds it whoever the pool connects as. */
export const TENANT_ROLE = 'quitus_app';

/** insufficient privilege, role already there (also as a unique violation, when two make it at once), role row being written by another */
const REFUSED = '42501';
const ALREADY_THERE = new Set(['42710', '23505', 'XX000']);

/** Makes the role and lets the connected account take it. Returns false when that account may not: a managed database, often. */
export async function prepareTenantRole(client: pg.ClientBase): Promise<boolean> {
  for (const statement of [`create role ${TENANT_ROLE} nologin`, `grant ${TENANT_ROLE} to current_user`]) {
    if (await canTakeRole(client)) return true;
    try {
      await client.query(statement);
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (code !== REFUSED && !ALREADY_THERE.has(code)) throw error;
    }
  }
  return canTakeRole(client);
}

/** True when the connected account may act as the role. */
async function canTakeRole(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('begin');
    await client.query(`set local role ${TENANT_ROLE}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.query('rollback');
  }
}

/**
 * How companies are kept apart: by the role (`role`), or, where it cannot be had, by forced row-level security alone (`forced`).
 * A superuser escapes the latter, so `none` says that only the queries' own conditions hold.
 */
export type Isolation = 'role' | 'forced' | 'none';

/** What holds in this database, after its migrations. */
export async function isolationOf(client: pg.ClientBase): Promise<Isolation> {
  if (await canTakeRole(client)) {
    const { rows } = await client.query(`select has_table_privilege('${TENANT_ROLE}', 'journal', 'insert') as granted`);
    if (rows[0].granted === true) return 'role';
  }
  const { rows } = await client.query('select rolsuper or rolbypassrls as above from pg_roles where rolname = current_user');
  return rows[0].above === true ? 'none' : 'forced';
}

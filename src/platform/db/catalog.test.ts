import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { freshDatabase, withClient } from '../../../test/support/database.ts';

/** The rules every table follows (docs/architecture.md), read from the catalog of a migrated database. */

/** Tables that belong to the server, not to a company. Each addition needs a reason: the courts are public reference data. */
const SERVER_TABLES = ['court_areas', 'court_directories', 'migrations', 'sessions', 'tenants', 'users'];

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly defaulted: boolean;
  readonly made: boolean;
}

async function catalog<T extends object>(url: string, text: string): Promise<T[]> {
  return withClient(url, async (client) => (await client.query<T>(text)).rows);
}

const columnsOf = (url: string): Promise<Column[]> =>
  catalog(
    url,
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable, a.atthasdef as defaulted,
       a.attgenerated <> '' as made
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`,
  );

test('a company comes first in every table, key and index', async (t) => {
  const { url } = await freshDatabase(t);
  const columns = await columnsOf(url);
  const tables = [...new Set(columns.map((c) => c.table))];
  assert.ok(tables.length > SERVER_TABLES.length + 10, `only ${tables.length} tables seen`);
  const ofCompanies = tables.filter((table) => !SERVER_TABLES.includes(table));

  const first = ofCompanies.filter((table) => columns.find((c) => c.table === table)?.column !== 'tenant_id');
  assert.deepEqual(first, [], 'tables whose first column is not tenant_id');

  const indexes = await catalog<{ table: string; name: string; primary: boolean; first: string | null }>(
    url,
    `select c.relname as table, i.relname as name, x.indisprimary as primary, a.attname as first
     from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0] where n.nspname = 'public' order by 1, 2`,
  );
  assert.deepEqual(
    indexes.filter((i) => ofCompanies.includes(i.table) && i.first !== 'tenant_id'),
    [],
    'keys and indexes that do not start with tenant_id',
  );
  const keyed = new Set(indexes.filter((i) => i.primary).map((i) => i.table));
  assert.deepEqual(
    tables.filter((table) => !keyed.has(table)),
    [],
    'tables without a primary key',
  );

  const foreign = await catalog<{ table: string; name: string; target: string; first: string; target_first: string }>(
    url,
    `select c.relname as table, k.conname as name, f.relname as target, a.attname as first, b.attname as target_first
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] join pg_attribute b on b.attrelid = f.oid and b.attnum = k.confkey[1]
     where k.contype = 'f' and c.relnamespace = 'public'::regnamespace order by 1, 2`,
  );
  assert.deepEqual(
    foreign.filter((k) => ofCompanies.includes(k.table) && (k.first !== 'tenant_id' || k.target_first !== 'tenant_id')),
    [],
    'foreign keys that could lead into another company',
  );
  const toCompany = new Set(foreign.filter((k) => k.target === 'tenants').map((k) => k.table));
  assert.deepEqual(
    ofCompanies.filter((table) => !toCompany.has(table)),
    [],
    'tables that would survive their company',
  );
});

test('row-level security is on, forced, and says the same thing everywhere', async (t) => {
  const { url } = await freshDatabase(t);
  const tables = await catalog<{ name: string; enabled: boolean; forced: boolean; policies: string[] | null }>(
    url,
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       (select array_agg(concat_ws(' ', p.polname, p.polcmd, p.polpermissive, '') || pg_get_expr(p.polqual, c.oid)
         || coalesce(' / ' || pg_get_expr(p.polwithcheck, c.oid), '')) from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  const policy = `tenant_isolation * t (tenant_id = (NULLIF(current_setting('quitus.tenant'::text, true), ''::text))::uuid)`;
  for (const { name, enabled, forced, policies } of tables) {
    const expected = SERVER_TABLES.includes(name) ? [false, false, null] : [true, true, [policy]];
    assert.deepEqual([enabled, forced, policies], expected, name);
  }
});

test('facts are added, never edited nor removed; server tables are out of reach of a company', async (t) => {
  const { url } = await freshDatabase(t);
  const grants = await catalog<{ table: string; rights: string }>(
    url,
    `select table_name as table, string_agg(privilege_type, ' ' order by privilege_type) as rights
     from information_schema.role_table_grants where grantee = 'quitus_app' group by 1`,
  );
  const rights = new Map(grants.map((g) => [g.table, g.rights]));
  for (const table of ['journal', 'payments', 'allocations', 'files', 'law_overrides', 'law_override_withdrawals'])
    assert.equal(rights.get(table), 'INSERT SELECT', table);
  for (const table of SERVER_TABLES) assert.equal(rights.get(table), undefined, table);
  const columns = await columnsOf(url);
  for (const table of new Set(columns.map((c) => c.table)))
    if (!SERVER_TABLES.includes(table)) assert.match(rights.get(table) ?? '', /SELECT/, table);
});

test('money is bigint, days are dates, instants carry their zone, and nothing is a float', async (t) => {
  const { url } = await freshDatabase(t);
  const columns = await columnsOf(url);
  const wrong = columns.filter(
    ({ column, type }) =>
      /^(real|double precision|money|timestamp without time zone|time .*|character varying|character|json)$/.test(type) ||
      (column.endsWith('_cents') && type !== 'bigint') ||
      (column.endsWith('_on') && type !== 'date') ||
      (type === 'date' && !/(_on|^on_day|^as_of)$/.test(column)) ||
      column.endsWith('_at') !== (type === 'timestamp with time zone') ||
      (column.endsWith('_id') && type !== 'uuid'),
  );
  assert.deepEqual(wrong, []);
});

/** `name: Type;` of the interfaces in schema.ts, by table; a long list of words runs over several lines. */
function declaredColumns(): Map<string, Map<string, string>> {
  const text = [
    'schema.ts',
    'schema-money.ts',
    'schema-advice.ts',
    'schema-einvoicing.ts',
    'schema-exports.ts',
    'schema-forecast.ts',
  ]
    .map((file) => readFileSync(new URL(`./${file}`, import.meta.url), 'utf8'))
    .join('\n');
  const bodies = new Map([...text.matchAll(/interface (\w+) \{\n([^}]*)\n\}/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
  const onOneLine = (type: string) => type.replace(/\s+/g, ' ').replace(/^\| /, '');
  const lines = (body: string) =>
    new Map([...body.matchAll(/^ {2}(\w+):\s+([^;]+);/gm)].map((m) => [m[1] ?? '', onOneLine(m[2] ?? '')]));
  return new Map([...lines(bodies.get('Schema') ?? '')].map(([table, name]) => [table, lines(bodies.get(name) ?? '')]));
}

const TYPES: Readonly<Record<string, RegExp>> = {
  uuid: /^string$/,
  text: /^(string|('[a-z-]+'( \| )?)+)$/,
  bigint: /^bigint$/,
  integer: /^number$/,
  boolean: /^boolean$/,
  numeric: /^string$/,
  date: /^Day$/,
  'timestamp with time zone': /^Instant$/,
  jsonb: /^Json(OrNull)?$/,
};

test('schema.ts declares the tables as the migrations make them', async (t) => {
  const { url } = await freshDatabase(t);
  const columns = await columnsOf(url);
  const declared = declaredColumns();
  const named = (pairs: Iterable<readonly [string, string]>) => [...pairs].map(([table, column]) => `${table}.${column}`).sort();
  assert.deepEqual(
    named([...declared].flatMap(([table, of]) => [...of.keys()].map((column) => [table, column] as const))),
    named(columns.map((c) => [c.table, c.column] as const)),
  );
  for (const { table, column, type, nullable, defaulted, made } of columns) {
    const text = declared.get(table)?.get(column) ?? '';
    const plain = nullable ? 'Maybe' : made ? 'Made' : defaulted ? 'Default' : '';
    const wrapper = type === 'jsonb' ? (nullable ? 'JsonOrNull' : 'JsonOf') : plain;
    const inner = /^(Maybe|Default|Made)<(.*)>$/.exec(text);
    const bare = type === 'jsonb' ? text : (inner?.[1] ?? '');
    assert.equal(bare, wrapper, `${table}.${column}: ${text}`);
    if (type !== 'jsonb') assert.match(inner?.[2] ?? text, TYPES[type] ?? /^$/, `${table}.${column} is ${type}`);
  }
});

test('the words a column takes are those schema.ts declares', async (t) => {
  const { url } = await freshDatabase(t);
  const checks = await catalog<{ table: string; text: string }>(
    url,
    `select c.relname as table, pg_get_constraintdef(k.oid) as text from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'c' and c.relnamespace = 'public'::regnamespace`,
  );
  const declared = declaredColumns();
  let seen = 0;
  for (const { table, text } of checks) {
    const column = /^CHECK \(\((\w+) = (ANY|'[a-z-]+'::text\)\)$)/.exec(text)?.[1];
    if (!column) continue;
    const words = (source: string) => [...source.matchAll(/'([a-z-]+)'/g)].map((m) => m[1]).sort();
    assert.deepEqual(words(declared.get(table)?.get(column) ?? ''), words(text), `${table}.${column}`);
    seen += 1;
  }
  assert.ok(seen >= 7, `only ${seen} lists of words seen`);
});

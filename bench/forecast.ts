// Prints how long the forecast takes with 100 000 open invoices and as many paid ones: made anew (target: 10 s the first time, model
// chosen; 6 s after that), then shown (target: 300 ms).
import { performance } from 'node:perf_hooks';
import { quitusApp } from '#surfaces/web/quitus.ts';
import { onStore, TODAY } from './support/store.ts';

const OPEN = Number(process.argv[2] ?? 100_000);
const CUSTOMERS = Math.ceil(OPEN / 10);
const PATH = '/conseil/previsions';

/** A ledger: ten open and ten paid invoices a customer, each customer with its habit; one case a customer, some promised or contested. */
function ledger(tenantId: string): string[] {
  const id = (kind: number, of = 'n') =>
    `('0199${String(kind).padStart(4, '0')}-0000-7000-8000-' || lpad(to_hex(${of}), 12, '0'))::uuid`;
  const tenant = `'${tenantId}'::uuid`;
  const now = `'${TODAY}T08:00:00Z'::timestamptz`;
  const party = `(n % ${CUSTOMERS})`;
  const habit = `((${party} * 37) % 45)`;
  const cents = `((n::bigint * 7919) % 900000 + 10000)`;
  const issued = `case when n <= ${OPEN} then '${TODAY}'::date - (n * 13) % 75 else '${TODAY}'::date - 90 - (n * 13) % 600 end`;
  const all = `generate_series(1, ${2 * OPEN}) n`;
  const paidOn = `${issued} + 10 + ${habit} + (n * 31) % 20`;
  return [
    `insert into parties (tenant_id, party_id, kind, name, created_at, updated_at)
       select ${tenant}, ${id(1)}, 'business', 'Client ' || n, ${now}, ${now} from generate_series(0, ${CUSTOMERS - 1}) n`,
    `insert into cases (tenant_id, case_id, reference, party_id, opened_on, stage, balance_cents)
       select ${tenant}, ${id(2)}, 'D-2026-' || lpad(n::text, 6, '0'), ${id(1)}, '${TODAY}'::date - 60, 'overdue', 1 from generate_series(0, ${CUSTOMERS - 1}) n`,
    `insert into invoices (tenant_id, invoice_id, document_kind, party_id, case_id, number, issued_on, due_on, currency, gross_cents,
                           payable_cents, balance_cents, created_at)
       select ${tenant}, ${id(3)}, 'invoice', ${id(1, party)}, ${id(2, party)}, 'F-' || n, ${issued}, ${issued} + 30, 'EUR', ${cents}, ${cents},
              case when n <= ${OPEN} then ${cents} else 0 end, (${issued})::timestamptz + interval '9 hours' from ${all}`,
    `insert into payments (tenant_id, payment_id, party_id, received_on, currency, amount_cents, created_at)
       select ${tenant}, ${id(4)}, ${id(1, party)}, ${paidOn}, 'EUR', ${cents}, ${now} from ${all} where n > ${OPEN}`,
    `insert into allocations (tenant_id, allocation_id, invoice_id, payment_id, on_day, amount_cents)
       select ${tenant}, ${id(5)}, ${id(3)}, ${id(4)}, ${paidOn}, ${cents} from ${all} where n > ${OPEN}`,
    `insert into journal (tenant_id, seq, case_id, kind, on_day, recorded_at, actor, payload, prev_hash, hash)
       select ${tenant}, 1000000 + n, ${id(2)}, case when n % 3 = 0 then 'promise-made' else 'dispute-raised' end, '${TODAY}'::date - 20, ${now}, 'user',
              case when n % 3 = 0 then jsonb_build_object('amount', '20000', 'payBy', ('${TODAY}'::date + n % 30)::text)
                else jsonb_build_object('reason', 'qualité') end, '', ''
       from generate_series(0, ${CUSTOMERS - 1}) n where n % 3 = 0 or n % 50 = 1`,
    'vacuum analyze',
  ];
}

await onStore(async ({ deps, tenantId, seed }) => {
  await seed(ledger(tenantId));
  const app = await quitusApp(deps, 'bench');
  const time = async (name: string, path: string, target: number): Promise<void> => {
    const start = performance.now();
    const answer = await app.request(path, { headers: { host: 'localhost' } });
    const { length } = await answer.text();
    const ms = performance.now() - start;
    if (answer.status !== 200 || length < 2000) throw new Error(`${path} answered ${answer.status}`);
    const verdict = ms <= target ? 'tenue' : 'MANQUÉE';
    console.log(`${name.padEnd(46)} ${ms.toFixed(0).padStart(6)} ms, cible ${target} ms ${verdict}`);
    if (ms > target) process.exitCode = 1;
  };
  console.log(`${OPEN} factures ouvertes, autant de payées, ${CUSTOMERS} clients, PostgreSQL ${deps.db.about.serverVersion}`);
  await time('Prévisions, la première fois (modèle choisi)', PATH, 10_000);
  await time('Prévisions, sans rien de neuf', PATH, 300);
  await time('Prévisions, page 900', `${PATH}?page=900`, 300);
  await deps.db.system((tx) =>
    tx
      .updateTable('journal_heads')
      .set((e) => ({ seq: e('seq', '+', 1n) }))
      .where('tenant_id', '=', tenantId)
      .execute(),
  );
  await time('Prévisions, après un fait nouveau', PATH, 6000);
  await time('Export des factures', `${PATH}/factures.csv`, 5000);
});

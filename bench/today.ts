// Prints how long the first screen takes with 100 000 unpaid invoices in as many cases (target: 150 ms), and the list of cases.
import { performance } from 'node:perf_hooks';
import { listCompanies } from '#modules/companies/index.ts';
import { quitusApp } from '#surfaces/web/quitus.ts';
import { onStore, TODAY } from './support/store.ts';

const CASES = 100_000;
const TARGET_MS = 150;
const RUNS = 15;

const PAGES = [
  { name: 'Aujourd’hui', path: '/', target: TARGET_MS },
  { name: 'Dossiers', path: '/dossiers', target: undefined },
  { name: 'Dossiers, page 900', path: '/dossiers?page=900', target: undefined },
  { name: 'Dossiers, 31 à 60 jours', path: '/dossiers?retard=31-60', target: undefined },
  { name: 'Dossiers, promesses non tenues', path: '/dossiers?etat=promise-broken', target: undefined },
  { name: 'Dossiers, « 99999 »', path: '/dossiers?q=99999', target: undefined },
];

/** A company with one case and one invoice a debtor: the dates, amounts and stages of a large ledger, the facts of each case behind them. */
function ledger(tenantId: string): string[] {
  // A made-up identifier: what it is made of, then the row.
  const id = (kind: number) => `('0199${String(kind).padStart(4, '0')}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const late = `(n * 37) % 140 - 20`;
  const due = `('${TODAY}'::date - (${late}))`;
  const cents = `((n::bigint * 7919) % 900000 + 10000)`;
  const stage = `case when ${late} <= 0 then 'not-due' when n % 11 = 0 then 'promised' when ${late} <= 15 then 'to-contact' else 'overdue' end`;
  const rows = `from generate_series(1, ${CASES}) n`;
  const now = `'${TODAY}T08:00:00Z'::timestamptz`;
  const tenant = `'${tenantId}'::uuid`;
  return [
    `insert into parties (tenant_id, party_id, kind, name, created_at, updated_at)
       select ${tenant}, ${id(1)}, 'business', 'Client ' || n, ${now}, ${now} ${rows}`,
    `insert into cases (tenant_id, case_id, reference, party_id, opened_on, stage, next_on, balance_cents, oldest_due_on)
       select ${tenant}, ${id(2)}, 'D-2026-' || lpad(n::text, 6, '0'), ${id(1)}, ${due} + 3, ${stage},
              case when n % 11 = 0 and ${late} > 0 then '${TODAY}'::date + (n % 30) - 15 else ${due} + 1 end, ${cents}, ${due} ${rows}`,
    `insert into invoices (tenant_id, invoice_id, document_kind, party_id, case_id, number, issued_on, due_on, currency, gross_cents,
                           payable_cents, balance_cents, created_at)
       select ${tenant}, ${id(3)}, 'invoice', ${id(1)}, ${id(2)}, 'F-' || n, ${due} - 30, ${due}, 'EUR', ${cents}, ${cents}, ${cents}, ${now}
       ${rows}`,
    `insert into journal (tenant_id, seq, case_id, kind, on_day, recorded_at, actor, payload, prev_hash, hash)
       select ${tenant}, 1000000 + n, ${id(2)}, 'promise-made', '${TODAY}'::date - 20, ${now}, 'user',
              jsonb_build_object('amount', ${cents}::text, 'payBy', ('${TODAY}'::date + (n % 30) - 16)::text), '', ''
       ${rows} where n % 11 = 0 and ${late} > 0`,
    'vacuum analyze',
  ];
}

await onStore(async ({ deps, tenantId, seed }) => {
  await seed(ledger(tenantId));
  const app = await quitusApp(deps, 'bench');
  console.log(
    `${CASES} dossiers et factures, ${(await listCompanies(deps)).length} entreprise, PostgreSQL ${deps.db.about.serverVersion}`,
  );
  for (const { name, path, target } of PAGES) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const start = performance.now();
      const answer = await app.request(path, { headers: { host: 'localhost' } });
      const html = await answer.text();
      times.push(performance.now() - start);
      if (answer.status !== 200 || html.length < 2000) throw new Error(`${path} answered ${answer.status}`);
    }
    const [first = 0] = times;
    const sorted = times.slice(1).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const verdict = target === undefined ? '' : median <= target ? `, cible ${target} ms tenue` : `, cible ${target} ms MANQUÉE`;
    console.log(
      `${name.padEnd(32)} ${median.toFixed(0).padStart(5)} ms médiane, ${first.toFixed(0)} ms la première fois${verdict}`,
    );
    if (target !== undefined && median > target) process.exitCode = 1;
  }
});

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { test } from 'node:test';
import { viewCase } from '#modules/cases/index.ts';
import { receiveStatus } from '#modules/einvoicing/index.ts';
import { freshDeps } from './support/app.ts';
import { aCase, aCompany, CREDITOR, done } from './support/cases.ts';

/** The messages of the AFNOR use cases, all dropped in the store of their seller: each invoice ends where its own story ends. */
const root = resolve(import.meta.dirname, '..');
const samples = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'data/einvoice-status/lunatech-pa/xp-z12-014-v1.3');
const absent = existsSync(samples) ? false : `NOT CHECKED: ${samples} is absent (set QUITUS_SHARED to the reference material)`;

/** What is left of each use case once every message is in, whatever order they came in. */
const ENDS: Readonly<Record<string, { readonly issuedOn: string; readonly stage: string; readonly told: number }>> = {
  // UC2: rejected by its own platform as a duplicate
  F202500004: { issuedOn: '2025-07-01', stage: 'not-delivered', told: 2 },
  // UC3: refused by the buyer
  F202500005: { issuedOn: '2025-07-01', stage: 'disputed', told: 4 },
  // UC4: disputed, then cancelled
  F202500006: { issuedOn: '2025-07-01', stage: 'withdrawn', told: 5 },
  // UC5: approved, cashed; of the second, the cashing of the first is taken back
  F202500012: { issuedOn: '2025-07-05', stage: 'payment-announced', told: 7 },
  F202500011: { issuedOn: '2025-07-03', stage: 'overdue', told: 6 },
};

test('every message of the use cases is attached to its invoice', { skip: absent }, async (t) => {
  const deps = await freshDeps(t);
  const { siren: _, ...rest } = CREDITOR;
  const tenant = await aCompany(deps, { ...rest, siren: '' });
  const cases = new Map<string, string>();
  for (const [number, { issuedOn }] of Object.entries(ENDS)) {
    const invoices = [{ number, issuedOn, dueOn: '2025-08-31', amount: '12000.00' }];
    cases.set(number, await aCase(deps, tenant, { name: `Client de ${number}`, invoices }));
  }
  const files = readdirSync(samples, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.xml'))
    .sort();
  assert.ok(files.length >= 30, `${files.length} messages`);
  // The last ones first: platforms do not keep the order.
  for (const path of files.reverse())
    for (const { number, outcome } of done(
      await receiveStatus(deps, tenant, { name: basename(path), bytes: readFileSync(join(samples, path)) }),
    ))
      assert.equal(outcome, 'attached', `${path} ${number}`);
  for (const [number, { stage, told }] of Object.entries(ENDS)) {
    const view = await deps.db.tenant(tenant, (tx) => viewCase(tx, tenant, cases.get(number) ?? '', deps.clock.today()));
    const statuses = view?.facts.filter((fact) => fact.kind === 'einvoice-status') ?? [];
    assert.deepEqual([number, view?.state.stage, statuses.length], [number, stage, told]);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Day, day } from '#core/kernel/day.ts';
import { formatCents, parseAmount } from '#core/kernel/money.ts';
import { type FecLine, openItems, streamFec } from '#formats/fec/index.ts';
import { act, viewCase } from '#modules/cases/index.ts';
import { bounce, holdPayment, listFreeMoney, placeMoney, recordPayment, refund } from '#modules/payments/index.ts';
import { clockOn } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { saveChart } from './accounts.ts';
import { type ExportRequest, exportTo } from './exporting.ts';

const on = (deps: Deps, text: string): Deps => ({ ...deps, clock: clockOn(day(text)) });

async function exported(deps: Deps, tenant: string, request: Partial<ExportRequest> = {}) {
  const pieces: string[] = [];
  const asked: ExportRequest = { what: 'entries', format: 'fec', to: deps.clock.today(), ...request };
  const result = done(await exportTo(deps, tenant, asked, async (text) => void pieces.push(text)));
  return { text: pieces.join(''), ...result };
}

/** The lines of a FEC as our own reader reads them back. */
async function linesOf(text: string): Promise<FecLine[]> {
  const lines: FecLine[] = [];
  for await (const event of streamFec([new TextEncoder().encode(text)], 'fec.txt')) {
    if (event.kind === 'refused') assert.equal(event.refusal.code, 'empty-file');
    if (event.kind === 'line') lines.push(event.line);
  }
  return lines;
}

const cents = (text: string): bigint => parseAmount(text)?.cents ?? 0n;
const signed = ({ debit, credit }: FecLine): bigint => cents(debit) - cents(credit);
const short = (lines: readonly FecLine[]) =>
  lines.map((l) => `${l.entryNumber} ${l.entryDate} ${l.account} ${formatCents(signed(l))} ${l.pieceRef} ${l.lettering ?? '–'}`);

/** Gives the invoices of a case their VAT, which `aCase` leaves unknown. */
const taxed = (deps: Deps, tenant: string, rate: bigint) =>
  deps.db.tenant(tenant, async (tx) => {
    const rows = await tx.selectFrom('invoices').select(['invoice_id', 'gross_cents']).where('tenant_id', '=', tenant).execute();
    for (const { invoice_id, gross_cents } of rows) {
      const net = (gross_cents * 100n) / (100n + rate);
      await tx
        .updateTable('invoices')
        .set({ net_cents: net, tax_cents: gross_cents - net })
        .where('tenant_id', '=', tenant)
        .where('invoice_id', '=', invoice_id)
        .execute();
    }
  });

const regime = (deps: Deps, tenant: string, vat: 'franchise' | 'encaissements' | 'debits') =>
  deps.db.tenant(tenant, (tx) =>
    tx.insertInto('advice_settings').values({ tenant_id: tenant, vat_regime: vat, updated_at: deps.clock.now() }).execute(),
  );

const invoicesOf = (deps: Deps, tenant: string, caseId: string) =>
  deps.db.tenant(tenant, async (tx) => {
    const view = await viewCase(tx, tenant, caseId, deps.clock.today());
    assert.ok(view);
    return view.invoices;
  });

const INVOICES = [
  { number: 'F-1', issuedOn: '2026-03-01', dueOn: '2026-03-31', amount: '1200.00' },
  { number: 'F-2', issuedOn: '2026-03-15', dueOn: '2026-04-15', amount: '600.00' },
];

test('a receipt: the bank against the customer, lettered when the invoice is settled; interest and the 40 € as income of that day', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: INVOICES });
  const ids = (await invoicesOf(deps, tenant, caseId)).map(({ id }) => id);
  done(await recordPayment(deps, tenant, { on: '10/05/2026', amount: '500', reference: 'VIR 1' }, { invoiceIds: ids }));
  done(await recordPayment(deps, tenant, { on: '20/05/2026', amount: '1400', reference: 'VIR 2' }, { invoiceIds: ids }));
  const { text, count, gapCount } = await exported(deps, tenant);
  const lines = await linesOf(text);
  assert.deepEqual([count, gapCount], [2, 0]);
  const income = lines.filter(({ account }) => account === '763' || account === '7588');
  assert.ok(income.length >= 2, 'interest and the 40 € were paid');
  const [interest, indemnity] = ['763', '7588'].map((account) =>
    income.filter((l) => l.account === account).reduce((sum, l) => sum - signed(l), 0n),
  );
  assert.equal((interest ?? 0n) + (indemnity ?? 0n), 100_00n, 'what exceeds the invoices');
  const settled = lines.filter(({ account }) => account === '411');
  assert.deepEqual(
    settled.map((l) => [l.pieceRef, l.lettering, l.letteredOn]),
    [
      ['F-1', 'F-1', '2026-05-20'],
      ['F-1', 'F-1', '2026-05-20'],
      ['F-2', 'F-2', '2026-05-20'],
    ],
  );
  // Known only until the first payment, nothing is settled yet.
  const before = await linesOf((await exported(deps, tenant, { to: day('2026-05-15') })).text);
  assert.deepEqual(short(before), ['1 2026-05-10 512 500.00 VIR 1 –', '1 2026-05-10 411 -500.00 F-1 –']);
});

test('doubtful, depreciated, paid in part, lost with its VAT: every step as the law module shares it', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: INVOICES });
  await taxed(deps, tenant, 20n);
  await regime(deps, tenant, 'debits');
  const [f1, f2] = await invoicesOf(deps, tenant, caseId);
  assert.ok(f1 && f2);
  done(await act(deps, tenant, caseId, 'doubtful', { on: '30/06/2026', percent: '50' }));
  done(
    await recordPayment(
      deps,
      tenant,
      { on: '10/07/2026', amount: '600', reference: 'VIR' },
      { invoiceIds: [f2.id], chosen: [f2.id] },
    ),
  );
  done(await act(on(deps, '2026-10-01'), tenant, caseId, 'close', { reason: 'written-off', proof: 'fruitless-enforcement' }));
  const { text, gaps } = await exported(deps, tenant);
  const lines = await linesOf(text);
  const loss = lines.filter((l) => l.entryDate === '2026-10-01');
  assert.deepEqual(short(lines.filter((l) => l.entryDate === '2026-06-30')), [
    '1 2026-06-30 416 1200.00 F-1 F-1',
    '1 2026-06-30 411 -1200.00 F-1 F-1',
    '1 2026-06-30 416 600.00 F-2 F-2',
    '1 2026-06-30 411 -600.00 F-2 F-2',
    '2 2026-06-30 68174 750.00 D-2026-0001 –',
    '2 2026-06-30 491 -750.00 D-2026-0001 –',
  ]);
  assert.deepEqual(short(lines.filter((l) => l.entryDate === '2026-07-10')), [
    '3 2026-07-10 512 600.00 VIR –',
    '3 2026-07-10 416 -600.00 F-2 F-2',
  ]);
  assert.deepEqual(short(loss), [
    '4 2026-10-01 78174 -750.00 D-2026-0001 –',
    '4 2026-10-01 491 750.00 D-2026-0001 –',
    '5 2026-10-01 654 1000.00 D-2026-0001 –',
    '5 2026-10-01 44571 200.00 D-2026-0001 –',
    '5 2026-10-01 416 -1200.00 F-1 F-1',
  ]);
  assert.deepEqual(
    gaps.map(({ kind, piece, cents: sum }) => [kind, piece, sum]),
    [['duplicate-to-send', 'F-1', 200_00n]],
  );
  assert.match(gaps[0]?.says ?? '', /duplicata/);
  for await (const event of openItems([new TextEncoder().encode(text)], 'fec.txt', { accounts: ['416'] }))
    assert.notEqual(event.kind, 'open', 'every doubtful line is lettered to nothing');
});

test('what is not known is told, never guessed', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const untaxed = await aCase(deps, tenant, { invoices: INVOICES.slice(0, 1) });
  done(await act(deps, tenant, untaxed, 'doubtful', { on: '30/06/2026', percent: '50' }));
  done(await act(deps, tenant, untaxed, 'close', { reason: 'written-off' }));
  assert.deepEqual(
    (await exported(deps, tenant)).gaps.map(({ kind }) => kind),
    ['vat-unknown', 'vat-unknown'],
  );
  await taxed(deps, tenant, 20n);
  assert.deepEqual(
    (await exported(deps, tenant)).gaps.map(({ kind }) => kind),
    ['regime-unknown'],
  );
  await regime(deps, tenant, 'debits');
  assert.deepEqual(
    (await exported(deps, tenant)).gaps.map(({ kind }) => kind),
    ['proof-unknown'],
  );
  const [f1] = await invoicesOf(deps, tenant, untaxed);
  assert.ok(f1);
  done(await act(deps, tenant, untaxed, 'reopen', { text: 'paie enfin' }));
  done(await recordPayment(deps, tenant, { on: '21/11/2026', amount: '100' }, { invoiceIds: [f1.id] }));
  const abroad = await aCase(deps, tenant, {
    name: 'Ailleurs',
    invoices: [{ ...INVOICES[1], number: 'F-9', currency: 'USD' }] as never,
  });
  const [f9] = await invoicesOf(deps, tenant, abroad);
  done(await recordPayment(deps, tenant, { on: '20/11/2026', amount: '100' }, { invoiceIds: [f9?.id ?? ''] }));
  const late = await exported(on(deps, '2026-11-22'), tenant);
  assert.deepEqual(new Set(late.gaps.map(({ kind }) => kind)), new Set(['proof-unknown', 'reopened', 'currency']));
  const csv = await exported(deps, tenant, { what: 'to-complete', format: 'csv' });
  assert.equal(csv.text.trimEnd().split('\r\n').length, 1 + csv.gapCount);
});

test('a service taxed on receipt, an exempt firm, a claim given up: each its own loss', async (t) => {
  const deps = await freshDeps(t);
  const losses = async (vat: 'franchise' | 'encaissements' | 'debits', proof: string, rate = 20n) => {
    const tenant = await aCompany(deps);
    const caseId = await aCase(deps, tenant, { invoices: INVOICES.slice(0, 1) });
    await taxed(deps, tenant, rate);
    await regime(deps, tenant, vat);
    done(await act(deps, tenant, caseId, 'close', { reason: 'written-off', ...(proof ? { proof } : {}) }));
    return (await linesOf((await exported(deps, tenant)).text)).map((l) => `${l.account} ${formatCents(signed(l))}`);
  };
  assert.deepEqual(await losses('encaissements', ''), ['654 1000.00', '4457 200.00', '411 -1200.00']);
  assert.deepEqual(await losses('debits', 'none'), ['654 1200.00', '411 -1200.00']);
  assert.deepEqual(await losses('franchise', '', 0n), ['654 1200.00', '411 -1200.00']);
});

test('money for another firm waits apart; the accounts are those of the company', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: INVOICES.slice(0, 1) });
  const { party } = await deps.db.tenant(tenant, async (tx) => {
    const view = await viewCase(tx, tenant, caseId, deps.clock.today());
    assert.ok(view);
    return view;
  });
  const { paymentId } = done(
    await holdPayment(
      deps,
      tenant,
      { on: '10/05/2026', amount: '80', reference: 'X' },
      { partyId: party.id, held: 'wrong-entity' },
    ),
  );
  done(await refund(deps, tenant, paymentId, { on: '12/05/2026', amount: '80', reference: 'Rendu' }));
  assert.equal((await saveChart(deps, tenant, { bank: '5' })).ok, false);
  done(await saveChart(deps, tenant, { bank: '512100', 'bank-label': 'Banque du Port' }));
  assert.deepEqual(short(await linesOf((await exported(deps, tenant, { firstNumber: 41 })).text)), [
    '41 2026-05-10 512100 80.00 X –',
    '41 2026-05-10 471 -80.00 X –',
    '42 2026-05-12 512100 -80.00 Rendu –',
    '42 2026-05-12 471 80.00 Rendu –',
  ]);
});

type Step =
  | { readonly kind: 'pay'; readonly month: number; readonly amount: number; readonly chosen: number }
  | { readonly kind: 'hold'; readonly month: number; readonly amount: number; readonly chosen: number }
  | { readonly kind: 'bounce' | 'refund' | 'place' | 'doubtful' | 'lost'; readonly pick: number };

test('whatever happens, each entry balances, numbers follow each other, and the customers’ accounts say what the books say', async (t) => {
  const deps = await freshDeps(t);
  const amount = fc.integer({ min: 1, max: 200_000 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom('pay' as const, 'hold' as const),
        month: fc.integer({ min: 4, max: 10 }),
        amount,
        chosen: fc.nat(2),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom('bounce' as const, 'refund' as const, 'place' as const), pick: fc.nat(5) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('doubtful' as const, 'lost' as const), pick: fc.nat(1) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const tenant = await aCompany(deps);
      const cases = [
        await aCase(deps, tenant, { invoices: [...INVOICES, { ...INVOICES[0], number: 'F-3', amount: '777.77' } as never] }),
        await aCase(deps, tenant, { name: 'Autre', invoices: [{ ...INVOICES[1], number: 'G-1', amount: '333.33' } as never] }),
      ];
      await taxed(deps, tenant, 20n);
      await regime(deps, tenant, 'debits');
      const all = (await Promise.all(cases.map((id) => invoicesOf(deps, tenant, id)))).flat();
      const paid: string[] = [];
      for (const one of steps) await live(deps, tenant, cases, all, paid, one);
      const { text, count } = await exported(deps, tenant);
      const lines = await linesOf(text);
      const entries = [...Map.groupBy(lines, (l) => l.entryNumber).values()];
      assert.equal(entries.length, count);
      assert.deepEqual(
        entries.map(([l]) => l?.entryNumber),
        entries.map((_, i) => `${i + 1}`),
      );
      for (const entry of entries)
        assert.equal(
          entry.reduce((sum, l) => sum + signed(l), 0n),
          0n,
          JSON.stringify(entry),
        );
      const days = entries.map(([l]) => l?.entryDate ?? '');
      assert.deepEqual(days, days.toSorted());
      // The user's own tool books the sales; with ours, the customers owe what the invoices still owe, less the money nothing used.
      const owed = (await Promise.all(cases.map((id) => invoicesOf(deps, tenant, id)))).flat();
      const lost = new Set(lines.filter((l) => l.label?.startsWith('Créance irrécouvrable')).map((l) => l.pieceRef));
      const left = owed.reduce((sum, i) => sum + (lost.has(i.number) ? 0n : i.balanceCents), 0n);
      const free = await deps.db.tenant(tenant, (tx) => listFreeMoney(tx, tenant, { limit: 100, offset: 0 }));
      const unused = free.reduce((sum, f) => sum + (f.held === 'wrong-entity' ? 0n : f.freeCents), 0n);
      const sales = all.reduce((sum, i) => sum + i.payableCents, 0n);
      const booked = lines.filter((l) => /^41[16]/.test(l.account)).reduce((sum, l) => sum + signed(l), 0n);
      assert.equal(sales + booked, left - unused);
      // What is lettered together comes to nothing, in each account.
      const groups = Map.groupBy(
        lines.filter((l) => l.lettering && /^41[16]/.test(l.account)),
        (l) => `${l.account} ${l.lettering}`,
      );
      for (const [name, group] of groups) {
        const sale = name.startsWith('411') ? (all.find((i) => i.number === group[0]?.lettering)?.payableCents ?? 0n) : 0n;
        assert.equal(
          group.reduce((sum, l) => sum + signed(l), sale),
          0n,
          name,
        );
      }
      assert.equal(
        lines.filter((l) => l.account === '491').reduce((sum, l) => sum + signed(l), 0n) <= 0n,
        true,
        'no allowance below nothing',
      );
    }),
    { numRuns: 12 },
  );
});

/** One thing that happens; what the rules refuse does not happen. */
async function live(
  deps: Deps,
  tenant: string,
  cases: readonly string[],
  invoices: Awaited<ReturnType<typeof invoicesOf>>,
  paid: string[],
  step: Step,
): Promise<void> {
  const today: Day = deps.clock.today();
  const french = (of: Day) => `${String(of.day).padStart(2, '0')}/${String(of.month).padStart(2, '0')}/${of.year}`;
  const typed = (month: number, sum: number) => ({
    on: `15/${String(month).padStart(2, '0')}/2026`,
    amount: formatCents(BigInt(sum)).replace('.', ','),
  });
  if (step.kind === 'pay') {
    const own = invoices.slice(0, 3).map(({ id }) => id);
    const result = await recordPayment(deps, tenant, typed(step.month, step.amount), {
      invoiceIds: own,
      chosen: own.slice(0, step.chosen),
    });
    if (result.ok) paid.push(result.value.paymentId);
  } else if (step.kind === 'hold') {
    const view = await deps.db.tenant(tenant, (tx) => viewCase(tx, tenant, cases[0] ?? '', today));
    const held = step.chosen === 0 ? 'wrong-entity' : 'unknown-invoice';
    const result = await holdPayment(deps, tenant, typed(step.month, step.amount), { partyId: view?.party.id ?? '', held });
    if (result.ok) paid.push(result.value.paymentId);
  } else if (step.kind === 'doubtful') {
    await act(deps, tenant, cases[step.pick] ?? '', 'doubtful', { on: '31/07/2026', percent: '40' });
  } else if (step.kind === 'lost') {
    await act(deps, tenant, cases[step.pick] ?? '', 'close', { reason: 'written-off', proof: 'disappearance' });
  } else {
    const id = paid[step.pick % Math.max(1, paid.length)];
    if (!id) return;
    if (step.kind === 'bounce') await bounce(deps, tenant, id, { on: french(today), reason: 'rejeté' });
    else if (step.kind === 'place') await placeMoney(deps, tenant, id, { invoiceIds: invoices.slice(0, 3).map((i) => i.id) });
    else await refund(deps, tenant, id, { on: french(today), amount: '1,00', reference: 'rendu' });
  }
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createCompany, readCreditor } from '#modules/companies/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { confirmLot, pendingLot } from './bulk.ts';
import { draftOf } from './draft.ts';
import { adoptSeller, confirmReading, discardReading, receiveFile } from './intake.ts';
import { clearLeftOut, countPending, type Reading, readingsOf } from './readings.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/invoices/${name}`, import.meta.url));
const INVOICE = fixture('ubl-invoice.xml');
const CREDIT_NOTE = fixture('ubl-credit-note.xml');
/** The same invoice in other bytes. */
const AGAIN = Buffer.concat([INVOICE, Buffer.from('\n<!-- sent twice -->\n')]);

async function own(deps: Deps, name = 'Menuiserie Corbeau'): Promise<string> {
  const made = await createCompany(deps, { name });
  assert.ok(made.ok);
  return made.value.id;
}

const drop = (deps: Deps, tenant: string, bytes: Uint8Array, name = 'facture.xml') => receiveFile(deps, tenant, { name, bytes });

async function dropOne(deps: Deps, tenant: string, bytes: Uint8Array, name?: string): Promise<Reading & { reading: object }> {
  const [item] = await drop(deps, tenant, bytes, name);
  assert.ok(item?.reading);
  return { ...item, reading: item.reading };
}

const read = (deps: Deps, tenant: string, id: string) =>
  deps.db.tenant(tenant, async (tx) => (await readingsOf(tx, tenant, { id }))[0]);

const typedOf = (item: Reading) => {
  assert.ok(item.reading);
  return draftOf(item.reading).typed;
};

/** How much there is of each thing. */
const books = (deps: Deps, tenant: string) =>
  deps.db.tenant(tenant, async (tx) => {
    const rows = async (table: 'parties' | 'cases' | 'invoices' | 'readings' | 'documents') =>
      Number(
        (
          await tx
            .selectFrom(table)
            .select((eb) => eb.fn.countAll<bigint>().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      );
    return {
      parties: await rows('parties'),
      cases: await rows('cases'),
      invoices: await rows('invoices'),
      documents: await rows('documents'),
    };
  });

const code = (result: { ok: boolean; refusal?: { code: string } }): string => (result.ok ? 'ok' : (result.refusal?.code ?? ''));

test('an invoice dropped and confirmed as it stands makes a debtor, a case and a document', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const item = await dropOne(deps, tenant, INVOICE);
  assert.deepEqual([item.status, item.mediaType], ['to-confirm', 'application/xml']);
  const done = await confirmReading(deps, tenant, item.id, typedOf(item));
  assert.ok(done.ok);
  assert.deepEqual(await books(deps, tenant), { parties: 1, cases: 1, invoices: 1, documents: 1 });
  const after = await read(deps, tenant, item.id);
  assert.deepEqual([after?.status, after?.invoice?.caseId, after?.draft], ['confirmed', done.value.caseId, null]);
  assert.equal(await deps.db.tenant(tenant, (tx) => countPending(tx, tenant)), 0);
  const whole = await verifyJournal(deps.db, tenant);
  assert.ok(whole.intact);
});

test('confirmed many times at once, an invoice enters once', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const item = await dropOne(deps, tenant, INVOICE);
  const done = await Promise.all(Array.from({ length: 6 }, () => confirmReading(deps, tenant, item.id, typedOf(item))));
  assert.deepEqual(done.map(code).sort(), ['ok', ...Array(5).fill('reading.done')]);
  assert.deepEqual(await books(deps, tenant), { parties: 1, cases: 1, invoices: 1, documents: 1 });
});

test('two invoices of one new debtor, confirmed at once, make one debtor and one case', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const items = await Promise.all(
    ['UBL-17', 'UBL-18', 'UBL-19'].map((number) =>
      dropOne(deps, tenant, Buffer.from(INVOICE.toString().replaceAll('UBL-17', number)), `${number}.xml`),
    ),
  );
  const done = await Promise.all(items.map((item) => confirmReading(deps, tenant, item.id, typedOf(item))));
  assert.deepEqual(done.map(code), ['ok', 'ok', 'ok']);
  assert.deepEqual(await books(deps, tenant), { parties: 1, cases: 1, invoices: 3, documents: 3 });
});

test('the same file dropped many times at once waits once', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const all = await Promise.all(Array.from({ length: 5 }, () => drop(deps, tenant, INVOICE)));
  assert.equal(new Set(all.flat().map(({ id }) => id)).size, 1);
  assert.equal(await deps.db.tenant(tenant, (tx) => countPending(tx, tenant)), 1);
});

test('the same invoice in another file is a duplicate: before, told at the drop; after, it opens nothing', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const [first, second] = [await dropOne(deps, tenant, INVOICE), await dropOne(deps, tenant, AGAIN, 'encore.xml')];
  assert.equal(second.status, 'to-confirm', 'neither is on the books yet');
  const done = await confirmReading(deps, tenant, first.id, typedOf(first));
  assert.ok(done.ok);
  // Another debtor was typed: a duplicate must leave no trace of it.
  const twice = await confirmReading(deps, tenant, second.id, {
    ...typedOf(second),
    'debtor.name': 'Tout autre',
    'debtor.siren': '',
  });
  assert.equal(code(twice), 'invoice.duplicate');
  assert.deepEqual(await books(deps, tenant), { parties: 1, cases: 1, invoices: 1, documents: 1 });
  const left = await deps.db.tenant(tenant, (tx) => readingsOf(tx, tenant, 'left-out'));
  assert.deepEqual(
    left.map(({ fileName, status, invoice }) => [fileName, status, invoice?.caseId]),
    [['encore.xml', 'duplicate', done.value.caseId]],
  );

  const third = await dropOne(deps, tenant, Buffer.concat([AGAIN, Buffer.from('\n')]), 'toujours.xml');
  assert.deepEqual([third.status, third.invoice?.number], ['duplicate', 'UBL-17']);
  const same = await dropOne(deps, tenant, INVOICE);
  assert.deepEqual([same.id, same.status], [first.id, 'confirmed']);
  // A number misread is corrected: it is then no duplicate.
  assert.equal(code(await confirmReading(deps, tenant, third.id, { ...typedOf(third), number: 'UBL-17 bis' })), 'ok');
});

test('two files of one invoice confirmed at once: one enters, the other is the duplicate', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const items = [await dropOne(deps, tenant, INVOICE), await dropOne(deps, tenant, AGAIN)];
  const done = await Promise.all(items.map((item) => confirmReading(deps, tenant, item.id, typedOf(item))));
  assert.deepEqual(done.map(code).sort(), ['invoice.duplicate', 'ok']);
  assert.deepEqual(await books(deps, tenant), { parties: 1, cases: 1, invoices: 1, documents: 1 });
});

test('a credit note reduces its invoice; without it, it waits with what was typed', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const note = await dropOne(deps, tenant, CREDIT_NOTE, 'avoir.xml');
  const typed = typedOf(note);
  assert.equal(typed.creditedInvoice, 'UBL-17');
  assert.equal(code(await confirmReading(deps, tenant, note.id, typed)), 'credit-note.no-invoice');
  assert.deepEqual(await books(deps, tenant), { parties: 0, cases: 0, invoices: 0, documents: 0 });
  assert.deepEqual((await read(deps, tenant, note.id))?.draft, typed);

  const invoice = await dropOne(deps, tenant, INVOICE);
  const entered = await confirmReading(deps, tenant, invoice.id, typedOf(invoice));
  const applied = await confirmReading(deps, tenant, note.id, typed);
  assert.ok(entered.ok && applied.ok);
  assert.equal(applied.value.caseId, entered.value.caseId);
  const balances = await deps.db.tenant(tenant, (tx) =>
    tx.selectFrom('invoices').select(['number', 'balance_cents']).orderBy('number').execute(),
  );
  assert.deepEqual(balances, [
    { number: 'AV-3', balance_cents: 0n },
    { number: 'UBL-17', balance_cents: 5900n },
  ]);
});

test('a refused form loses nothing: it comes back as it was typed', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const item = await dropOne(deps, tenant, INVOICE);
  const typed = { ...typedOf(item), gross: 'cent vingt', 'debtor.name': 'Hôtel de la Plage & Fils' };
  const refused = await confirmReading(deps, tenant, item.id, typed);
  assert.ok(!refused.ok && refused.refusal.code === 'form.invalid');
  const back = await read(deps, tenant, item.id);
  assert.deepEqual([back?.status, back?.draft], ['to-confirm', typed]);
  // Dropped again in the meantime: the answers stay.
  await drop(deps, tenant, INVOICE);
  assert.deepEqual((await read(deps, tenant, item.id))?.draft, typed);
});

test('set aside, a document waits no more and comes back when it is dropped again', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const item = await dropOne(deps, tenant, INVOICE);
  await Promise.all([discardReading(deps, tenant, item.id), discardReading(deps, tenant, item.id)]);
  assert.equal((await read(deps, tenant, item.id))?.status, 'discarded');
  const kinds = await deps.db.tenant(tenant, (tx) =>
    tx.selectFrom('journal').select('kind').where('kind', '=', 'reading-discarded').execute(),
  );
  assert.equal(kinds.length, 1);
  const [back] = await drop(deps, tenant, INVOICE);
  assert.deepEqual([back?.id, back?.status], [item.id, 'to-confirm']);
});

test('a stop between the file and its rows is mended by dropping again; a lost file by the same', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const sha256 = await deps.files.write(tenant, INVOICE);
  assert.equal(await deps.db.tenant(tenant, (tx) => countPending(tx, tenant)), 0);
  const item = await dropOne(deps, tenant, INVOICE);
  assert.equal(item.sha256, sha256);

  await deps.files.remove(tenant, sha256);
  const [again] = await drop(deps, tenant, INVOICE);
  assert.equal(again?.id, item.id);
  assert.equal(await deps.files.verify(tenant, sha256), 'intact');
});

test('what cannot be read is refused with its reason, and can be cleared from the list', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const [refused] = await drop(deps, tenant, Buffer.from('%PDF-1.7\nnothing more'), 'abîmé.pdf');
  assert.deepEqual([refused?.status, refused?.refusal?.code], ['refused', 'corrupt-pdf']);
  assert.match(refused?.refusal?.message ?? '', /abîmé\.pdf/);
  assert.equal(code(await confirmReading(deps, tenant, refused?.id ?? '', {})), 'form.invalid');
  await deps.db.tenant(tenant, (tx) => clearLeftOut(tx, tenant));
  assert.deepEqual(await deps.db.tenant(tenant, (tx) => readingsOf(tx, tenant, 'left-out')), []);
});

test('what no database holds, in a file or in its name, stops nothing', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const csv = 'Numéro;Date;Échéance;Client;Montant TTC\nZ-1;01/02/2026;03/03/2026;Al\0pha;10,00\n';
  const [item] = await drop(deps, tenant, Buffer.from(csv), `${'😀'.repeat(90)}.csv`);
  assert.equal(item?.reading?.number, 'Z-1');
  const [refused] = await drop(deps, tenant, Buffer.from('PK\u0003\u0004'), `a${'😀'.repeat(90)}.zip`);
  assert.equal(refused?.refusal?.code, 'unsupported-type');
});

test('a reading of another company does not exist', async (t) => {
  const deps = await freshDeps(t);
  const [mine, other] = [await own(deps), await own(deps, 'Tout autre')];
  const item = await dropOne(deps, mine, INVOICE);
  assert.equal(await read(deps, other, item.id), undefined);
  assert.equal(code(await confirmReading(deps, other, item.id, typedOf(item))), 'reading.unknown');
  await discardReading(deps, other, item.id);
  assert.equal((await read(deps, mine, item.id))?.status, 'to-confirm');
});

test('the company takes its identity from its invoice once, when it has none', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const { reading } = await dropOne(deps, tenant, INVOICE);
  assert.ok((await adoptSeller(deps, tenant, reading)).includes('siren'));
  const creditor = await deps.db.tenant(tenant, (tx) => readCreditor(tx, tenant));
  assert.deepEqual(
    [creditor.name, creditor.siren, creditor.street, creditor.iban],
    ['Menuiserie Corbeau', '900000019', '9 rue des Copeaux', 'FR7630006000011234567890189'],
  );
  assert.deepEqual(await adoptSeller(deps, tenant, reading), []);
});

const LIST = [
  'Numéro;Date;Échéance;Client;SIREN;Montant TTC',
  'A-1;01/02/2026;03/03/2026;Alpha Conseil;552081317;1 200,00',
  'A-2;01/02/2026;03/03/2026;Jeanne Morel;;850,50',
  'A-3;15/03/2026;;Charly et fils;;99,90',
  'A-4;hier;;Delta;;10',
].join('\n');

test('of a list, the rows that need no look are confirmed at once, the others stay', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  await drop(deps, tenant, Buffer.from(LIST), 'liste.csv');
  const lot = await pendingLot(deps, tenant);
  const numbers = (items: typeof lot.clean) => items.map(({ reading }) => reading.number);
  assert.deepEqual([numbers(lot.clean), numbers(lot.others), lot.pending], [['A-1', 'A-2'], ['A-3'], 3]);
  assert.deepEqual(
    lot.clean.map(({ kindUnknown }) => kindUnknown),
    [false, true],
  );
  const [left] = await deps.db.tenant(tenant, (tx) => readingsOf(tx, tenant, 'left-out'));
  assert.match(left?.refusal?.message ?? '', /Ligne 5/);

  const ids = new Set([...lot.clean, ...lot.others].map(({ item }) => item.id));
  assert.deepEqual(await confirmLot(deps, tenant, ids, undefined), { confirmed: 1, left: 2 }, 'nobody said who Jeanne Morel is');
  const both = await Promise.all([confirmLot(deps, tenant, ids, 'consumer'), confirmLot(deps, tenant, ids, 'consumer')]);
  assert.ok(both.every(({ confirmed }) => confirmed <= 1));
  assert.equal((await books(deps, tenant)).invoices, 2);
  const parties = await deps.db.tenant(tenant, (tx) =>
    tx.selectFrom('parties').select(['name', 'kind']).orderBy('name').execute(),
  );
  assert.deepEqual(parties, [
    { name: 'Alpha Conseil', kind: 'business' },
    { name: 'Jeanne Morel', kind: 'consumer' },
  ]);
});

test('a credit note larger than its invoice takes off what it can, and keeps the rest', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const enter = async (bytes: Uint8Array, name: string): Promise<void> => {
    const item = await dropOne(deps, tenant, bytes, name);
    assert.ok((await confirmReading(deps, tenant, item.id, typedOf(item))).ok, name);
  };
  const note = (number: string, amount: string) =>
    Buffer.from(CREDIT_NOTE.toString().replace('AV-3', number).replaceAll('60.00', amount));
  await enter(INVOICE, 'facture.xml');
  await enter(note('AV-4', '100.00'), 'avoir-1.xml');
  await enter(note('AV-5', '50.00'), 'avoir-2.xml');
  await enter(note('AV-6', '10.00'), 'avoir-3.xml');
  const balances = await deps.db.tenant(tenant, (tx) =>
    tx.selectFrom('invoices').select(['number', 'balance_cents']).orderBy('number').execute(),
  );
  assert.deepEqual(
    balances.map((row) => [row.number, row.balance_cents]),
    [
      ['AV-4', 0n],
      ['AV-5', 3100n],
      ['AV-6', 1000n],
      ['UBL-17', 0n],
    ],
  );
});

test('in a lot, a credit note comes after the invoice it reduces', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  await drop(deps, tenant, CREDIT_NOTE, 'avoir.xml');
  const alone = await pendingLot(deps, tenant);
  assert.deepEqual(
    alone.others.map(({ anomalies }) => anomalies),
    [['réduit la facture UBL-17, à confirmer d’abord']],
  );
  await drop(deps, tenant, Buffer.from(INVOICE.toString().replace('119.00', '120.00')));
  const { clean } = await pendingLot(deps, tenant);
  assert.equal(clean.length, 2);
  assert.deepEqual(await confirmLot(deps, tenant, new Set(), undefined), { confirmed: 0, left: 0 });
  const done = await confirmLot(deps, tenant, new Set(clean.map(({ item }) => item.id)), undefined);
  assert.deepEqual(done, { confirmed: 2, left: 0 });
});

test('a long list is taken in whole', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await own(deps);
  const rows = Array.from({ length: 2500 }, (_, i) => `L-${i};01/02/2026;03/03/2026;Client ${i};552081317;10,00`);
  await drop(deps, tenant, Buffer.from(['Numéro;Date;Échéance;Client;SIREN;Montant TTC', ...rows].join('\n')), 'longue.csv');
  assert.equal(await deps.db.tenant(tenant, (tx) => countPending(tx, tenant)), 2500);
  const page = await deps.db.tenant(tenant, (tx) => readingsOf(tx, tenant, 'pending', { limit: 2, offset: 2498 }));
  assert.deepEqual(
    page.map(({ reading }) => reading?.number),
    ['L-2498', 'L-2499'],
  );
});

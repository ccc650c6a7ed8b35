import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCompany } from '../../../test/support/cases.ts';
import { errorsCsv, importErrors } from './errors.ts';
import { applyImport, changeImport, importNow, lookAtImport, receiveImport } from './imports.ts';
import type { Import, ImportOptions } from './store.ts';

const HEADER = 'N° facture;Date;Échéance;Code client;Client;SIREN;Montant TTC;Reste à payer';
/** Valid by their check digit, of no company: ranges the registry does not give out. */
const [SIREN_A, SIREN_B] = ['999991375', '999992001'] as const;
const list = (...rows: string[]): Uint8Array => Buffer.from([HEADER, ...rows, ''].join('\n'));
const row = (n: number, client: string, open: string, total = open): string =>
  `F-${n};01/09/2026;${String(n).padStart(2, '0')}/10/2026;${client};${total};${open}`;

async function setUp(t: TestContext): Promise<{ deps: Deps; tenantId: string }> {
  const deps = await freshDeps(t, { today: '2026-11-21' });
  return { deps, tenantId: await aCompany(deps) };
}

type Here = Awaited<ReturnType<typeof setUp>>;

async function take(
  { deps, tenantId }: Here,
  bytes: Uint8Array,
  options: Partial<ImportOptions> = {},
  settles = 0,
): Promise<Import> {
  const how = { mode: 'delta', ...options } as const;
  const done = await importNow(deps, tenantId, { name: 'liste.csv', bytes }, how, { settles, strict: false });
  assert.ok(done.ok, done.ok ? '' : `${done.refusal.code} ${done.refusal.message}`);
  return done.value;
}

async function refused({ deps, tenantId }: Here, bytes: Uint8Array, options: Partial<ImportOptions> = {}, strict = false) {
  const how = { mode: 'delta', ...options } as const;
  const done = await importNow(deps, tenantId, { name: 'liste.csv', bytes }, how, { settles: 0, strict });
  assert.ok(!done.ok, 'expected a refusal');
  return done.refusal;
}

/** What the books hold, one line a document, and whether they are sound. */
async function books({ deps, tenantId }: Here): Promise<string[]> {
  const found = await deps.db.tenant(tenantId, async (tx) => {
    const documents = await sql<{ text: string }>`
      select concat_ws(' ', i.number, i.document_kind, p.name, i.balance_cents, c.stage) as text
      from invoices i join parties p on p.party_id = i.party_id left join cases c on c.case_id = i.case_id order by i.number`.execute(
      tx,
    );
    const wrong = await sql<{ n: bigint }>`
      select (select count(*) from invoices i where balance_cents <> payable_cents
          - coalesce((select sum(amount_cents) from allocations a where a.invoice_id = i.invoice_id), 0)
          - coalesce((select sum(amount_cents) from allocations a where a.credit_note_id = i.invoice_id), 0))
        + (select count(*) from cases c where balance_cents <> coalesce((
          select sum(balance_cents) from invoices i where i.case_id = c.case_id), 0))
        + (select count(*) from invoices i where not exists (select from parties p where p.party_id = i.party_id))
        + (select count(*) from invoices i where case_id is not null and not exists (select from cases c where c.case_id = i.case_id)) as n`.execute(
      tx,
    );
    assert.equal(wrong.rows[0]?.n, 0n, 'balances or references are wrong');
    return documents.rows.map(({ text }) => text);
  });
  assert.ok((await verifyJournal(deps.db, tenantId)).intact);
  return found;
}

const withoutStage = (lines: readonly string[]): string[] => lines.map((line) => line.split(' ').slice(0, -1).join(' '));

const told = async ({ deps, tenantId }: Here, { id }: Import) =>
  (await deps.db.tenant(tenantId, (tx) => importErrors(tx, tenantId, id))).map(
    (e) => `${e.line} ${e.kind} ${e.column}: ${e.value}: ${e.reason}`,
  );

test('a list comes in; the same again changes nothing; a payment and a new invoice are seen', async (t) => {
  const here = await setUp(t);
  const first = await take(
    here,
    list(row(1, 'C1;Alpha;', '100,00'), row(2, 'C1;Alpha;', '1 250,50', '2 000,00'), row(3, `;Béta SARL;${SIREN_B}`, '30')),
  );
  assert.deepEqual([first.summary?.new.count, first.summary?.new.cents, first.summary?.newDebtors], [3, [['EUR', '138050']], 2]);
  const before = await books(here);
  assert.deepEqual(withoutStage(before), ['F-1 invoice Alpha 10000', 'F-2 invoice Alpha 125050', 'F-3 invoice Béta SARL 3000']);
  const again = await take(
    here,
    list(row(1, 'C1;Alpha;', '100,00'), row(2, 'C1;Alpha;', '1 250,50', '2 000,00'), row(3, `;Béta SARL;${SIREN_B}`, '30')),
  );
  assert.deepEqual([again.summary?.new.count, again.summary?.same.count], [0, 3]);
  assert.deepEqual(await books(here), before);
  const next = await take(here, list(row(2, 'C1;Alpha;', '250,50', '2 000,00'), row(4, 'C1;Alpha;', '10')));
  assert.deepEqual([next.summary?.reduced.cents, next.summary?.new.count, next.summary?.newDebtors], [[['EUR', '100000']], 1, 0]);
  assert.deepEqual(withoutStage(await books(here)), [
    'F-1 invoice Alpha 10000',
    'F-2 invoice Alpha 25050',
    'F-3 invoice Béta SARL 3000',
    'F-4 invoice Alpha 1000',
  ]);
});

test('a full list settles what it no longer shows, once the number was agreed to; a case without debt closes', async (t) => {
  const here = await setUp(t);
  await take(here, list(row(1, 'C1;Alpha;', '100'), row(2, 'C2;Béta;', '200'), row(3, 'C3;Gamma;', '300')));
  const shorter = list(row(1, 'C1;Alpha;', '100'), row(2, 'C2;Béta;', '200'));
  const { code, data } = await refused(here, shorter, { mode: 'full' });
  assert.deepEqual([code, data], ['import.settles', { absent: 1, open: 3 }]);
  const done = await take(here, shorter, { mode: 'full' }, 1);
  assert.deepEqual(
    [done.summary?.absent.count, done.summary?.absentSample.map(({ number, debtor }) => `${number} ${debtor}`)],
    [1, ['F-3 Gamma']],
  );
  assert.deepEqual(withoutStage(await books(here)), ['F-1 invoice Alpha 10000', 'F-2 invoice Béta 20000', 'F-3 invoice Gamma 0']);
  // What was issued after the day of the list is not expected in it.
  const older = await take(here, list(row(1, 'C1;Alpha;', '100')), { mode: 'full', listedOn: day('2026-08-15') }, 0);
  assert.equal(older.summary?.absent.count, 0);
});

test('a list that would settle much is not applied without a second word, nor when the books moved meanwhile', async (t) => {
  const here = await setUp(t);
  const { deps, tenantId } = here;
  await take(here, list(...[1, 2, 3, 4].map((n) => row(n, `C${n};Client ${n};`, '100'))));
  const received = await receiveImport(
    deps,
    tenantId,
    { name: 'courte.csv', bytes: list(row(1, 'C1;Client 1;', '100')) },
    { mode: 'full' },
  );
  assert.ok(received.ok);
  const id = received.value;
  const looked = await lookAtImport(deps, tenantId, id);
  assert.ok(looked.ok && looked.value.summary?.absent.count === 3);
  const before = await books(here);
  const first = await applyImport(deps, tenantId, id, { sure: false, publicByName: false });
  assert.deepEqual(first.ok || first.refusal.code, 'import.many-settled');
  await take(here, list(row(3, 'C3;Client 3;', '40', '100')));
  const moved = await applyImport(deps, tenantId, id, { sure: true, publicByName: false });
  assert.deepEqual(moved.ok || moved.refusal.code, 'import.changed');
  assert.equal((await books(here)).length, before.length);
  assert.ok((await lookAtImport(deps, tenantId, id)).ok);
  const done = await applyImport(deps, tenantId, id, { sure: true, publicByName: false });
  assert.ok(done.ok && done.value.status === 'applied');
  const once = await books(here);
  assert.ok((await applyImport(deps, tenantId, id, { sure: true, publicByName: false })).ok, 'applied twice is applied once');
  assert.deepEqual(await books(here), once);
});

test('a credit note that a list no longer shows was used on the invoices that owe less; the rest was paid', async (t) => {
  const here = await setUp(t);
  await take(here, list(row(1, 'C1;Alpha;', '100'), row(2, 'C1;Alpha;', '50'), row(9, 'C1;Alpha;', '-30')));
  assert.ok((await books(here)).includes('F-9 credit-note Alpha 3000'));
  await take(here, list(row(1, 'C1;Alpha;', '20', '100'), row(2, 'C1;Alpha;', '50')), { mode: 'full' });
  assert.deepEqual(
    (await books(here)).map((line) => line.split(' ').slice(0, 4).join(' ')),
    ['F-1 invoice Alpha 2000', 'F-2 invoice Alpha 5000', 'F-9 credit-note Alpha 0'],
  );
  const { rows } = await here.deps.db.tenant(here.tenantId, (tx) =>
    sql<{ cents: bigint }>`select amount_cents as cents from payments`.execute(tx),
  );
  assert.deepEqual(rows, [{ cents: 5000n }]);
});

test('debtors are known by SIREN, else code, else exact name; what could be several is told, never merged', async (t) => {
  const here = await setUp(t);
  await take(here, list(row(1, `C1;Alpha;${SIREN_A}`, '10'), row(2, 'C2;Martin;', '20'), row(3, 'C3;Martin;', '30')));
  const next = await take(
    here,
    list(
      row(4, `;ALPHA FRANCE;${SIREN_A}`, '1'),
      row(5, ';martin;', '2'),
      row(6, 'C2;Martin Fils;', '3'),
      row(7, `C1;Alpha;${SIREN_B}`, '4'),
      row(8, `X;Alpha;${SIREN_A}`, '5'),
    ),
  );
  assert.deepEqual(
    (await books(here)).map((line) => line.split(' ').slice(0, -2).join(' ')),
    [
      'F-1 invoice Alpha',
      'F-2 invoice Martin',
      'F-3 invoice Martin',
      'F-4 invoice Alpha',
      'F-6 invoice Martin',
      'F-8 invoice Alpha',
    ],
  );
  assert.deepEqual(await told(here, next), [
    '3 debtor Client: martin: Plusieurs débiteurs portent ici ce nom\u202f: ajoutez un SIREN ou un code client.',
    '5 debtor Client: Alpha: Son code est ici celui d’un débiteur qui a un autre SIREN.',
  ]);
  assert.equal(next.summary?.newDebtors, 0);
});

test('lines that cannot be used are told cell by cell while the others come in; nothing does when asked so', async (t) => {
  const here = await setUp(t);
  const bytes = list(
    row(1, 'C1;Alpha;', '100'),
    'F-2;32/13/2026;;C1;Alpha;;10;10',
    'F-3;01/09/2026;01/10/2026;C1;Alpha;;10;=CMD|x',
    ';01/09/2026;01/10/2026;C1;Alpha;;10;10',
    row(1, 'C1;Alpha;', '100'),
    'F-5;01/09/2026;01/10/2026;C1;Alpha;;10;12',
  );
  assert.equal((await refused(here, bytes, {}, true)).code, 'import.rejected');
  assert.deepEqual(await books(here), []);
  const done = await take(here, bytes);
  assert.deepEqual([done.summary?.new.count, done.summary?.rejected], [1, 5]);
  assert.deepEqual(await told(here, done), [
    '3 unreadable Date: 32/13/2026: Ce n’est pas une date (attendu\u202f: 31/12/2026 ou 2026-12-31).',
    '4 unreadable Reste à payer: =CMD|x: Ce n’est pas un montant.',
    '5 unreadable N° facture: null: Le numéro de facture manque.',
    '6 repeated N° facture: F-1: Ce document est déjà à la ligne 2\u202f: cette ligne n’a pas été prise.',
    '7 unreadable Reste à payer: 12: Le reste à payer dépasse le montant du document.',
  ]);
  const csv = errorsCsv(await here.deps.db.tenant(here.tenantId, (tx) => importErrors(tx, here.tenantId, done.id)));
  assert.match(csv, /^\ufeff"Ligne";"Colonne";"Valeur";"Raison"\r\n/);
  assert.match(csv, /\r\n4;"Reste à payer";"'=CMD\|x";/);
  // A full list with a line whose number nobody can read settles nothing.
  assert.equal((await refused(here, bytes, { mode: 'full' })).code, 'import.unreadable');
});

test('an amount larger than here, or an invoice in another name, changes nothing and is told', async (t) => {
  const here = await setUp(t);
  await take(here, list(row(1, 'C1;Alpha;', '100'), row(2, 'C2;Béta;', '100')));
  const before = await books(here);
  const done = await take(here, list(row(1, 'C1;Alpha;', '150'), row(2, 'C1;Alpha;', '100')));
  assert.equal(done.summary?.differing.count, 2);
  assert.deepEqual(await books(here), before);
  assert.deepEqual(
    (await told(here, done)).map((line) => line.split(': ')[0]),
    ['2 differing Reste à payer', '3 differing Client'],
  );
});

test('columns with unknown names are asked once, and remembered for the next list', async (t) => {
  const here = await setUp(t);
  const strange = (n: number): Uint8Array => Buffer.from(`Zig;Zag;Zug;Zog\nF-${n};01/09/2026;Alpha;12,00\n`);
  assert.equal((await refused(here, strange(1), { termDays: 30 })).code, 'csv-no-header');
  const mapping = { number: 'Zig', issue_date: 'Zag', 'buyer.name': 'Zug', payable: 'Zog' };
  await take(here, strange(1), { termDays: 30, mapping });
  const next = await take(here, strange(2), { termDays: 30 });
  assert.deepEqual(next.summary?.recognised.number, 'Zig');
  assert.equal((await books(here)).length, 2);
});

test('a received list can be looked at again with other columns', async (t) => {
  const here = await setUp(t);
  const { deps, tenantId } = here;
  const bytes = Buffer.from('Zig;Zag;Zug;Zog\nF-1;01/09/2026;Alpha;12,00\n');
  const received = await receiveImport(deps, tenantId, { name: 'l.csv', bytes }, { mode: 'delta' });
  assert.ok(received.ok);
  const looked = await lookAtImport(deps, tenantId, received.value);
  assert.deepEqual(looked.ok || looked.refusal.code, 'csv-no-header');
  const mapping = { number: 'Zig', issue_date: 'Zag', 'buyer.name': 'Zug', payable: 'Zog' };
  assert.ok((await changeImport(deps, tenantId, received.value, { mode: 'delta', mapping, termDays: 15 })).ok);
  const again = await lookAtImport(deps, tenantId, received.value);
  assert.ok(again.ok && again.value.summary?.new.count === 1);
  const future = await changeImport(deps, tenantId, received.value, { mode: 'delta', listedOn: day('2027-01-01') });
  assert.deepEqual(future.ok || future.refusal.code, 'import.future');
});

test('whatever the encoding, the names are the same', async (t) => {
  for (const encoding of ['utf8', 'win1252', 'utf16-le']) {
    const here = await setUp(t);
    const text = list(row(1, 'C1;Épicerie Noël;', '100')).toString();
    await take(here, iconv.encode(text, encoding, { addBOM: encoding === 'utf16-le' }));
    assert.match((await books(here))[0] ?? '', /Épicerie Noël 10000/, encoding);
  }
});

test('a file that is no list is refused, quickly and in plain words', async (t) => {
  const here = await setUp(t);
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [Buffer.from(''), 'empty-file'],
    [Buffer.from('%PDF-1.7 rien'), 'unsupported-type'],
    [Buffer.from(`${Array.from({ length: 10_000 }, (_, i) => `Colonne ${i}`).join(';')}\n1;2\n`), 'csv-too-wide'],
    [Buffer.from(`${HEADER}\nF-1;${'x'.repeat(3_000_000)}`), 'too-large'],
    [Buffer.from('PK\u0003\u0004 pas une archive'), 'corrupt-archive'],
    [Buffer.from(`${HEADER}\nF-1;x;x;x;x;x;x;x\n`), 'import.nothing'],
  ];
  for (const [bytes, code] of cases) assert.equal((await refused(here, bytes)).code, code);
  assert.deepEqual(await books(here), []);
});

test('a FEC brings its open customers’ lines: lettered ones are settled, in part or in full', async (t) => {
  const here = await setUp(t);
  const columns =
    'JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise';
  const entry = (journal: string, aux: string, piece: string, debit: string, credit: string, lettering = ''): string =>
    `${journal}\t${journal === 'BQ' ? 'Banque' : 'Ventes'}\t1\t20260901\t411000\tClients\t${aux}\tClient ${aux}\t${piece}\t20260901\tx\t${debit}\t${credit}\t${lettering}\t\t20260930\t\t`;
  const bytes = Buffer.from(
    [
      columns,
      entry('VT', 'C1', 'F-1', '100,00', '0,00', 'A'),
      entry('BQ', 'C1', 'R-1', '0,00', '100,00', 'A'),
      entry('VT', 'C1', 'F-2', '100,00', '0,00', 'B'),
      entry('BQ', 'C1', 'R-2', '0,00', '40,00', 'B'),
      entry('VT', 'C2', 'F-3', '70,00', '0,00'),
      entry('VT', 'C2', 'F-3', '30,00', '0,00'),
      entry('VT', 'C2', 'AV-1', '0,00', '12,00'),
      entry('BQ', 'C2', 'R-3', '0,00', '5,00'),
    ].join('\n'),
  );
  assert.equal((await refused(here, bytes)).code, 'import-terms');
  const done = await take(here, bytes, { termDays: 30 });
  assert.deepEqual(
    (await books(here)).map((line) => line.split(' ').slice(0, 5).join(' ')),
    ['AV-1 credit-note Client C2 1200', 'F-2 invoice Client C1 6000', 'F-3 invoice Client C2 10000'],
  );
  assert.deepEqual(await told(here, done), [
    '9 unreadable Credit: 5.00: Ce paiement n’est lettré avec aucune facture\u202f: lettrez-le dans votre comptabilité.',
  ]);
});

test('new clients with a public body’s name are told, and public buyers only when the user says so', async (t) => {
  const here = await setUp(t);
  const { deps, tenantId } = here;
  const kinds = async () =>
    (await deps.db.tenant(tenantId, (tx) => tx.selectFrom('parties').select(['name', 'kind']).orderBy('name').execute())).map(
      ({ name, kind }) => `${name} ${kind}`,
    );
  const one = list(row(1, ';Mairie d’Azur;', '10,00'), row(2, ';Brasserie de la Mairie;', '20,00'));
  const taken = await take(here, one);
  assert.deepEqual(taken.summary?.looksPublic, { count: 1, names: ['Mairie d’Azur'] });
  assert.deepEqual(await kinds(), ['Brasserie de la Mairie business', 'Mairie d’Azur business']);

  const bytes = list(row(3, ';CCAS d’Azur;', '10,00'), row(4, ';Hôtel de Ville;', '20,00'), row(5, ';Mairie d’Azur;', '5,00'));
  const received = await receiveImport(deps, tenantId, { name: 'liste.csv', bytes }, { mode: 'delta' });
  const id = received.ok ? received.value : '';
  const looked = await lookAtImport(deps, tenantId, id);
  assert.deepEqual(looked.ok && looked.value.summary?.looksPublic, { count: 1, names: ['CCAS d’Azur'] });
  assert.ok((await applyImport(deps, tenantId, id, { sure: false, publicByName: true })).ok);
  assert.deepEqual(await kinds(), [
    'Brasserie de la Mairie business',
    'CCAS d’Azur public',
    'Hôtel de Ville business',
    'Mairie d’Azur business',
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import type { InvoiceReading, ReadInvoiceResult, RejectedRow } from '../invoice.ts';
import type { ReadOptions } from '../options.ts';
import { readInvoiceFile } from '../read.ts';

const read = (content: string | Uint8Array, options: ReadOptions = {}): Promise<ReadInvoiceResult> =>
  readInvoiceFile(typeof content === 'string' ? new TextEncoder().encode(content) : content, 'factures.csv', options);

async function rows(content: string | Uint8Array, options: ReadOptions = {}): Promise<readonly InvoiceReading[]> {
  const result = await read(content, options);
  assert.ok(result.ok, result.ok ? '' : result.refusal.message);
  assert.deepEqual(result.rejected_rows ?? [], []);
  return result.value;
}

async function rejected(content: string): Promise<readonly RejectedRow[]> {
  const result = await read(content);
  assert.ok(result.ok, result.ok ? '' : result.refusal.message);
  return result.rejected_rows ?? [];
}

async function refusal(content: string | Uint8Array, options: ReadOptions = {}): Promise<{ code: string; message: string }> {
  const result = await read(content, options);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal;
}

const FRENCH = `N° facture;Date;Échéance;Client;SIREN;Montant HT;TVA;Montant TTC;Reste dû
F-1;01/03/2026;31/03/2026;Brasserie du Moulin;900 000 126;4 000,00 €;800,00 €;4 800,00 €;3 800,00 €
F-2;2 mars 2026;;"Hôtel ""La Plage""; Brest";90000012600012;100;20;120;120
`;

test('a French table', async () => {
  const [first, second] = await rows(FRENCH);
  assert.ok(first && second);
  assert.deepEqual(
    [first.number, first.issue_date, first.due_date, first.currency, first.row],
    ['F-1', '2026-03-01', '2026-03-31', 'EUR', 2],
  );
  assert.deepEqual(
    [first.total_net, first.total_tax, first.total_gross, first.payable],
    ['4000.00', '800.00', '4800.00', '3800.00'],
  );
  assert.deepEqual(
    [first.buyer?.name, first.buyer?.siren, first.buyer?.siren_source],
    ['Brasserie du Moulin', '900000126', 'siren'],
  );
  assert.deepEqual([second.issue_date, second.due_date, second.all_due_dates], ['2026-03-02', null, []]);
  assert.deepEqual(
    [second.buyer?.name, second.buyer?.siren, second.buyer?.siren_source],
    ['Hôtel "La Plage"; Brest', '900000126', 'siret'],
  );
  assert.equal(second.seller, null);
});

test('every separator and encoding', async () => {
  const table = (separator: string): string =>
    `numéro${separator}date${separator}client${separator}montant ttc\nF-1${separator}2026-03-01${separator}Café Noël${separator}12.50\n`;
  const variants: Record<string, string | Uint8Array> = {
    comma: table(','),
    semicolon: table(';'),
    tab: table('\t'),
    pipe: table('|'),
    'UTF-8 with its mark': `\ufeff${table(';')}`,
    'windows-1252': iconv.encode(table(';'), 'windows-1252'),
    'UTF-16LE, as Excel writes "Unicode text"': iconv.encode(table('\t'), 'utf-16le', { addBOM: true }),
    'Windows line ends': table(';').replaceAll('\n', '\r\n'),
    'the separator named by Excel': `sep=|\n${table('|')}`,
    'a title above the headers': `Factures impayées au 31 mars;;;\n\n${table(';')}`,
  };
  for (const [what, content] of Object.entries(variants)) {
    const [only] = await rows(content);
    assert.deepEqual([only?.number, only?.buyer?.name, only?.total_gross], ['F-1', 'Café Noël', '12.50'], what);
  }
});

test('an English table, month first', async () => {
  const [a] = await rows(
    'Invoice number,Invoice date,Due date,Customer name,Total amount,Balance due,Currency\nINV-1,03/04/2026,03/30/2026,Mill Ltd,"1,234.50","1,000.00",GBP\n',
  );
  assert.deepEqual(
    [a?.issue_date, a?.due_date, a?.total_gross, a?.payable, a?.currency],
    ['2026-03-04', '2026-03-30', '1234.50', '1000.00', 'GBP'],
  );
});

test('credit notes by their type', async () => {
  const [a, b, c] = await rows('Type;Numéro;Montant TTC\nAvoir;AV-1;10,00\nFacture;F-1;10,00\nAutre;X-1;10,00\n');
  assert.deepEqual([a?.type_code, b?.type_code, c?.type_code], ['381', '380', null]);
});

test('columns pointed at by name or by rank', async () => {
  const odd = 'Pièce comptable;Jour;Qui;Combien\nF-1;01/03/2026;Moulin;12,50\n';
  assert.equal((await refusal(odd)).code, 'csv-no-header');
  const mapping = { number: 'pièce comptable', issue_date: 'Jour', 'buyer.name': 'Qui', total_gross: 'Combien' };
  const [named] = await rows(odd, { mapping });
  assert.deepEqual(
    [named?.number, named?.issue_date, named?.buyer?.name, named?.total_gross],
    ['F-1', '2026-03-01', 'Moulin', '12.50'],
  );
  const [ranked] = await rows('F-1;Moulin;12,50\n', { mapping: { number: 1, 'buyer.name': 2, payable: 3 } });
  assert.deepEqual([ranked?.number, ranked?.payable, ranked?.row], ['F-1', '12.50', 1]);
  const wrong = await refusal(odd, { mapping: { ...mapping, total_gross: 'Montant' } });
  assert.equal(wrong.code, 'csv-unknown-column');
  assert.match(wrong.message, /«\u00a0Montant\u00a0».*Pièce comptable, Jour, Qui, Combien/);
});

test('a pointed column overrides what its header would mean', async () => {
  const [a] = await rows('Numéro;Total TTC;Solde\nF-1;10,00;4,00\n', { mapping: { payable: 'Total TTC' } });
  assert.deepEqual([a?.payable, a?.total_gross], ['10.00', null]);
});

test('a bad row is reported with its line and everything wrong in it, the others are read', async () => {
  const bad = await rejected(`${FRENCH};32/03/2026;;Sans numéro;;;;douze;\nF-4;01/03/2026;;Sans montant;;;;;\n`);
  assert.deepEqual(
    bad.map((r) => r.row),
    [4, 5],
  );
  assert.equal(bad[0]?.refusal.code, 'csv-row');
  for (const words of [/Ligne 4/, /numéro de facture manque/, /«? ?32\/03\/2026/, /douze/])
    assert.match(bad[0]?.refusal.message ?? '', words);
  assert.match(bad[1]?.refusal.message ?? '', /aucun montant/);
});

test('an amount that can be read both ways is never guessed', async () => {
  const one = await refusal('Numéro;Montant TTC\nF-1;1,234\n');
  assert.equal(one.code, 'csv-row');
  assert.match(one.message, /deux façons/);
  const [a] = await rows('Numéro;Montant TTC\nF-1;1.234\nF-2;5,20\n');
  assert.equal(a?.total_gross, '1234', 'the other row tells that the comma is the decimal sign');
});

test('a wrong IBAN refuses its row', async () => {
  const bad = await rejected(
    'Numéro;Montant TTC;IBAN\nF-1;1,20;FR7630006000011234567890188\nF-2;1,20;FR76 3000 6000 0112 3456 7890 189\n',
  );
  assert.deepEqual(
    bad.map((r) => r.row),
    [2],
  );
});

test('files that are no table of invoices', async () => {
  assert.equal((await refusal('Numéro;Client\nF-1;Moulin\n')).code, 'csv-missing-columns');
  assert.equal((await refusal('Client;Montant TTC\nMoulin;1\n')).code, 'csv-missing-columns');
  assert.equal((await refusal('Numéro;Montant TTC\n')).code, 'empty-file');
  assert.equal((await refusal('Numéro;Montant TTC\nF-1;1\nF-2;2\nF-3;3\n', { maxCsvRows: 2 })).code, 'csv-too-many-rows');
  assert.equal((await refusal(`Numéro;Montant TTC\n"F-1;12\n${'x'.repeat(50)}\n`)).code, 'csv-malformed');
});

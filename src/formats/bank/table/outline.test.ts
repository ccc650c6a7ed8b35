import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { mappingOf, outlineBankTable, readStatementFile } from '../index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const outline = async (text: string, options = {}) => {
  const found = await outlineBankTable(bytes(text), 'releve.csv', options);
  assert.ok(found);
  return found;
};

test('columns under names nobody knows are told by what they hold', async () => {
  const table =
    'Relevé du mois\n\nQuand;Quoi;Combien;Reste\n02/03/2026;VIR BRASSERIE, facture F-1, merci;1 200,00;1 500,00\n13/03/2026;FRAIS;-2,50;1 497,50\n';
  const found = await outline(table);
  assert.equal(found.rows[found.header]?.cells[1], 'Quoi');
  assert.deepEqual(found.guess, { booked: 1, text: 2, amount: 3, balance: 4 });
  // The header row serves as names, so that the same export with a column more is still read.
  const mapping = mappingOf(found, found.header, { ...found.guess, currency: 0 });
  assert.deepEqual(mapping, { booked: 'Quand', text: 'Quoi', amount: 'Combien', balance: 'Reste', currency: 0 });
  const wider = table.replace('Quand;', 'Agence;Quand;').replaceAll(/^(\d\d\/)/gm, 'Nantes;$1');
  const read = await readStatementFile(bytes(wider), 'releve.csv', { mapping });
  assert.ok(read.ok, read.ok ? '' : read.refusal.message);
  assert.deepEqual(
    read.value.statements[0]?.entries.map((e) => [e.bookedOn, e.amount]),
    [
      ['2026-03-02', '1200.00'],
      ['2026-03-13', '-2.50'],
    ],
  );
});

test('columns without names go by their rank; two columns never filled together are debit and credit', async () => {
  const found = await outline('02/03/2026;03/03/2026;VIR BRASSERIE;;1200,00\n13/03/2026;13/03/2026;FRAIS;2,50;\n');
  assert.equal(found.header, -1);
  assert.deepEqual(found.guess, { booked: 1, value: 2, text: 3, debit: 4, credit: 5 });
  assert.deepEqual(mappingOf(found, -1, found.guess), found.guess);
});

test('two columns of one name go by their rank; a row is taken for headers when a person says so', async () => {
  const found = await outline('J;M;M\nx;y;z\n02/03/2026;VIR;1,00\n', { header: 0 });
  assert.equal(found.header, 0);
  assert.deepEqual(mappingOf(found, 0, { booked: 1, text: 2, amount: 3 }), { booked: 'J', text: 2, amount: 3 });
});

test('rank 0 says that no column holds a field, whatever its name', async () => {
  const table = bytes('Date;Libellé;Montant;Solde\n02/03/2026;VIR;1,00;ligne vue\n');
  assert.equal((await readStatementFile(table, 'r.csv')).ok, false);
  assert.equal((await readStatementFile(table, 'r.csv', { mapping: { balance: 0 } })).ok, true);
});

test('what is no table has no outline, and a hostile workbook neither', async () => {
  assert.equal(await outlineBankTable(bytes('<a/>'), 'a.xml'), undefined);
  assert.equal(await outlineBankTable(bytes('%PDF-1.7'), 'a.pdf'), undefined);
  assert.equal(await outlineBankTable(zipSync({ 'a.txt': strToU8('x') }), 'a.zip'), undefined);
  assert.equal(await outlineBankTable(zipSync({ 'xl/workbook.xml': strToU8('<a>') }), 'a.xlsx'), undefined);
});

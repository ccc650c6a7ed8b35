import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { type OpenItem, type OpenItemsOptions, type RejectedLine, readOpenItems, sampleOpenItems } from './index.ts';
import { cellsOf } from './records.ts';

const HEADER = 'Numéro;Date facture;Échéance;Client;Total TTC;Déjà réglé;Reste dû';

/** The content in pieces of `size` bytes: what a stream may do. */
async function* pieces(content: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(content: string | Uint8Array, options: OpenItemsOptions = {}, size = 1 << 16) {
  const items: OpenItem[] = [];
  const rejected: RejectedLine[] = [];
  let recognised: Readonly<Record<string, string>> = {};
  for await (const event of readOpenItems(pieces(content, size), 'liste.csv', options)) {
    if (event.kind === 'refused') return { items, rejected, recognised, refused: event.refusal.code };
    if (event.kind === 'items') items.push(...event.items);
    if (event.kind === 'rejected') rejected.push(event.rejected);
    if (event.kind === 'table') recognised = event.recognised;
  }
  return { items, rejected, recognised, refused: undefined };
}

const brief = ({ number, kind, grossCents, openCents, dueOn, buyer }: OpenItem): string =>
  `${number} ${kind} ${grossCents} ${openCents} ${dueOn} ${buyer.name}`;

test('amounts and days as French tools write them, whatever the size of the pieces', async () => {
  const content = [
    HEADER,
    'F-1;01/02/2026;03/03/2026;"Dupont ; Fils";1 234,50 €;;1\u202f234,50',
    'F-2;01/02/2026;03/03/2026;"Le ""Bon"" Coin";1234,50;1000;',
    'F-3;01/02/2026;03/03/2026;"Deux',
    'lignes";-120,00;;-120,00',
    'F-4;01/02/2026;03/03/2026;Trop payé;100;;-20',
    '',
  ].join('\r\n');
  const expected = [
    'F-1 invoice 123450 123450 2026-03-03 Dupont ; Fils',
    'F-2 invoice 123450 23450 2026-03-03 Le "Bon" Coin',
    'F-3 credit-note 12000 12000 2026-03-03 Deux lignes',
    'F-4 invoice 10000 0 2026-03-03 Trop payé',
  ];
  for (const size of [1, 7, 64, 1 << 16]) {
    const { items, rejected } = await read(content, {}, size);
    assert.deepEqual([items.map(brief), rejected], [expected, []], `pieces of ${size}`);
  }
});

test('the headers of usual French tools are recognised, in any order, with any separator', async () => {
  const tables: readonly (readonly [string, readonly string[]])[] = [
    ['Date;Numéro;Client;Montant HT;Montant TTC;Reste à payer;Date d’échéance', ['number', 'payable', 'due_date', 'total_gross']],
    [
      'N° de facture,Date de facture,Date échéance,Code client,Raison sociale,SIREN,Total TTC,Solde',
      ['buyer.key', 'buyer.siren', 'payable'],
    ],
    ['Pièce\tDate pièce\tÉchéance\tCompte auxiliaire\tTiers\tMontant ouvert', ['number', 'buyer.key', 'buyer.name', 'payable']],
    ['Invoice number|Invoice date|Due date|Customer|Amount due|Currency', ['number', 'issue_date', 'payable', 'currency']],
  ];
  for (const [header, fields] of tables) {
    const separator = /[;,\t|]/.exec(header)?.[0] ?? ';';
    const row = header
      .split(separator)
      .map((title) => (/dat|éché/i.test(title) ? '01/02/2026' : /montant|total|reste|solde|amount/i.test(title) ? '12' : 'X1'));
    const found = await read(`${header}\n${row.join(separator)}\n`);
    assert.equal(found.refused, undefined, header);
    for (const field of fields) assert.ok(found.recognised[field], `${field} in ${header}`);
  }
});

test('a spreadsheet: its largest sheet, days as Excel keeps them', async () => {
  const cell = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const letters = 'ABCDEFG';
  const line = (n: number, cells: readonly string[]): string =>
    `<row r="${n}">${cells.map((text, i) => (/^\d+(\.\d+)?$/.test(text) ? `<c r="${letters[i]}${n}"><v>${text}</v></c>` : cell(`${letters[i]}${n}`, text))).join('')}</row>`;
  const sheet = (rows: readonly (readonly string[])[]): Uint8Array =>
    strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.map((cells, i) => line(i + 1, cells)).join('')}</sheetData></worksheet>`,
    );
  const book = zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notes" sheetId="1" r:id="rId1"/><sheet name="Liste" sheetId="2" r:id="rId2"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': sheet([['À lire']]),
    'xl/worksheets/sheet2.xml': sheet([
      HEADER.split(';'),
      ['F-1', '2026-02-01', '2026-03-03', 'Dupont', '1234.5', '0', '1234.5'],
    ]),
  });
  const { items, refused } = await read(book);
  assert.equal(refused, undefined);
  assert.deepEqual(items.map(brief), ['F-1 invoice 123450 123450 2026-03-03 Dupont']);
});

test('a quote that never closes costs its line, not the rest of the file', async () => {
  const rows = Array.from({ length: 6000 }, (_, i) => `F-${i};01/02/2026;03/03/2026;Dupont;10;;10`);
  rows[10] = 'F-10;01/02/2026;03/03/2026;Vis 3";10;;10';
  const { items } = await read([HEADER, ...rows].join('\n'));
  assert.equal(items.length, 6000);
});

test('what is shown of a list to choose its columns from', async () => {
  const strange = await sampleOpenItems(pieces('Export du jour\n\nZig;Zag;Zug\nF-1;x;y\n', 5), 'x.csv');
  assert.deepEqual([strange?.headers, strange?.rows, strange?.recognised], [['Zig', 'Zag', 'Zug'], [['F-1', 'x', 'y']], {}]);
  const known = await sampleOpenItems(pieces(`${HEADER}\n`, 5), 'x.csv');
  assert.deepEqual([known?.recognised.number, known?.recognised.payable], [1, 7]);
  const wide = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(';');
  assert.equal(await sampleOpenItems(pieces(wide, 1 << 16), 'x.csv'), undefined);
  // A real PDF holds separators, and lines that are not text: nobody is asked which of its columns is the amount.
  assert.equal(await sampleOpenItems(pieces('%PDF-1.7\nÍ/»;Û·;y·ÌÝ\nØXTº;Ê^;ñØ\n', 5), 'facture.pdf'), undefined);
});

test('whatever the bytes, reading ends with what it found or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, headed) => {
      const { items, refused } = await read(headed ? Buffer.concat([Buffer.from(`${HEADER}\n`), bytes]) : bytes, {
        termDays: 30,
      });
      assert.ok(refused !== undefined || items.every(({ openCents, grossCents }) => openCents >= 0n && openCents <= grossCents));
    }),
    { numRuns: 300 },
  );
});

test('cells written by RFC 4180 are read as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 6 }), (cells) => {
      const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
      assert.deepEqual(cellsOf(text, ';'), cells);
    }),
  );
});

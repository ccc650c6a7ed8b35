import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { cfonb, type MadeStatement } from '../../../../test/support/bank-files.ts';
import { readStatementFile, type Statement, type StatementOptions } from '../index.ts';

async function statements(
  content: string | Uint8Array,
  options: StatementOptions = {},
  name = 'releve.csv',
): Promise<readonly Statement[]> {
  const result = await readStatementFile(
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
    name,
    options,
  );
  assert.ok(result.ok, result.ok ? '' : `${result.refusal.code}: ${result.refusal.message}`);
  return result.value.statements;
}

async function one(content: string | Uint8Array, options?: StatementOptions, name?: string): Promise<Statement> {
  const [first, ...others] = await statements(content, options, name);
  assert.ok(first && others.length === 0);
  return first;
}

async function refusal(
  content: string | Uint8Array,
  options: StatementOptions = {},
  name = 'releve.csv',
): Promise<{ code: string; message: string }> {
  const result = await readStatementFile(
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
    name,
    options,
  );
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal;
}

const rows = (s: Statement): unknown[] => s.entries.map((e) => [e.bookedOn, e.valueOn, e.amount, e.currency, e.text]);

test('CSV: a preamble, debit and credit columns, labels over several lines, an old encoding, a footer', async () => {
  const text = [
    'Compte courant;FR76 3000 6000 0112 3456 7890 189;;',
    'Solde au 02/03/2026;1 300,00 €;;',
    '',
    'Date;Libellé;Débit euros;Crédit euros',
    '02/03/2026;"VIR SEPA',
    'BRASSERIE É F-1";;1 200,00',
    '13/03/2026;COMMISSION;-2,50;',
    '14/03/2026;PRLV;10,00;0,00',
    ';Total;12,50;1 200,00',
  ].join('\r\n');
  const statement = await one(iconv.encode(text, 'windows-1252'));
  assert.equal(statement.account, 'FR7630006000011234567890189');
  assert.deepEqual(rows(statement), [
    ['2026-03-02', null, '1200.00', 'EUR', 'VIR SEPA BRASSERIE É F-1'],
    ['2026-03-13', null, '-2.50', 'EUR', 'COMMISSION'],
    ['2026-03-14', null, '-10.00', 'EUR', 'PRLV'],
  ]);
});

test('CSV: the columns of banks and neobanks', async () => {
  const cases: [string, readonly unknown[]][] = [
    [
      'Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Debit;Credit;Date operation;Date de valeur\n15/01/2026;BRASSERIE;VIR BRASSERIE F-1;REF1;NOTE;;+1200,00;14/01/2026;15/01/2026\n',
      ['2026-01-15', '2026-01-15', '1200.00', null, 'VIR BRASSERIE F-1 NOTE'],
    ],
    [
      'dateOp;dateVal;label;category;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n2026-01-15;2026-01-16;"VIR F-1";X;brasserie;"1 200,00";;00012345;Pro;1300.00\n',
      ['2026-01-15', '2026-01-16', '1200.00', null, 'VIR F-1'],
    ],
    [
      '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)"\n2026-01-15,2026-01-15,"BRASSERIE","FR7630006000011234567890189","Income","F-1","Main",1200.00\n',
      ['2026-01-15', '2026-01-15', '1200.00', 'EUR', 'F-1 Income'],
    ],
    [
      "Date de l'opération\tLibellé\tDétail de l'écriture\tMontant de l'opération\tDevise\n15/01/2026\tVIR\tBRASSERIE F-1\t1200,00\tEUR\n",
      ['2026-01-15', null, '1200.00', 'EUR', 'VIR BRASSERIE F-1'],
    ],
  ];
  for (const [text, expected] of cases) assert.deepEqual(rows(await one(text)), [expected], text);
  const refused =
    'Date;Libellé;Montant;Statut\n15/01/2026;A;-1,00;Refusé\n15/01/2026;B;-2,00;En attente\n15/01/2026;C;-3,00;Exécuté\n';
  assert.deepEqual(
    (await one(refused)).entries.map((e) => [e.amount, e.status]),
    [
      ['-2.00', 'pending'],
      ['-3.00', 'booked'],
    ],
  );
});

test('CSV: running balances upwards or downwards give the opening and the closing one, and tell a missing row', async () => {
  const down = 'Date;Libellé;Montant;Solde\n13/03/2026;A;100,00;150,00\n14/03/2026;B;-30,00;120,00\n15/03/2026;C;5,00;125,00\n';
  const [head, ...lines] = down.trim().split('\n');
  const up = [head, ...lines.reverse()].join('\n');
  for (const text of [down, up]) {
    const s = await one(text);
    assert.deepEqual(
      [s.opening, s.openingOn, s.closing, s.closingOn, s.warnings],
      ['50.00', '2026-03-13', '125.00', '2026-03-15', []],
    );
  }
  const holed = await one(down.replace('14/03/2026;B;-30,00;120,00\n', ''));
  assert.deepEqual(
    holed.warnings.map((w) => w.code),
    ['balance-mismatch'],
  );
});

test('CSV: mapping, inverted signs, day order, several accounts', async () => {
  const bare = '15/01/2026;-12,00;Virement;BRASSERIE\n16/01/2026;13,00;Carte;CAFE\n';
  const mapping = { booked: 1, amount: 2, text: 4 } as const;
  assert.equal((await refusal(bare)).code, 'table-no-header');
  assert.deepEqual(rows(await one(bare, { mapping, invertSign: true })), [
    ['2026-01-15', null, '12.00', null, 'BRASSERIE'],
    ['2026-01-16', null, '-13.00', null, 'CAFE'],
  ]);
  const doubtful = 'Date,Amount\n01/02/2026,1.50\n';
  assert.ok((await one(doubtful)).warnings.some((w) => w.code === 'day-order-guessed'));
  assert.equal((await one(doubtful, { dayOrder: 'mdy' })).entries[0]?.bookedOn, '2026-01-02');
  const two = 'Date;Compte;Libellé;Montant\n15/01/2026;A1;X;1,00\n15/01/2026;B2;Y;2,00\n16/01/2026;A1;Z;3,00\n';
  assert.deepEqual(
    (await statements(two)).map((s) => [s.account, s.entries.length]),
    [
      ['A1', 2],
      ['B2', 1],
    ],
  );
});

test('CSV: one row that cannot be read refuses the file, with its line', async () => {
  const cases: [string, string][] = [
    ['Date;Libellé;Montant\n15/01/2026;A;1,00\n32/01/2026;B;2,00\n', 'bad-value'],
    ['Date;Libellé;Montant\n15/01/2026;A;douze\n', 'bad-value'],
    ['Date;Libellé;Montant\n;A;1,00\n', 'bad-value'],
    ['Date;Libellé;Débit;Crédit\n15/01/2026;A;1,00;2,00\n', 'bad-value'],
    ['Date;Libellé;Montant;Sens\n15/01/2026;A;1,00;X\n', 'bad-value'],
    [`Date;Libellé;Montant\n15/01/2026;A;${'1'.repeat(30)},00\n`, 'bad-value'],
    [`Date;Libellé;Montant\n15/01/2026;A;${' '.repeat(400_000)}x1\n`, 'bad-value'],
    [`Date;Libellé;Montant\n${'15/01/2026;A;1,00\n'.repeat(40)}15/01/2026;"A;1,00\n`, 'table-malformed'],
    ['Date;Libellé\n15/01/2026;A\n', 'table-missing-columns'],
    // Read without its words, no transfer would say who paid what: the user is asked which column holds them.
    ['Date;Ce qui est dit;Montant\n15/01/2026;VIR BRASSERIE F-1;1,00\n', 'table-missing-columns'],
  ];
  for (const [text, code] of cases) assert.equal((await refusal(text)).code, code, text.slice(0, 80));
  assert.match((await refusal(cases[0]?.[0] ?? '')).message, /ligne 3, la date «\u00a032\/01\/2026\u00a0»/);
  assert.match((await refusal('Jour;Ce qui est dit;Montant\n15/01/2026;VIR BRASSERIE;1,00\n')).message, /la colonne du libellé/);
  assert.equal((await refusal('Date;Montant\n15/01/2026;1,00\n', { mapping: { text: 'Motif' } })).code, 'table-unknown-column');
  assert.equal((await refusal(`Date;Montant\n${'15/01/2026;1,00\n'.repeat(30)}`, { maxRows: 20 })).code, 'table-too-many-rows');
});

// XLSX ------------------------------------------------------------------------------------------------------------------------------------

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A workbook with one visible sheet after a hidden one. Style 1 shows dates, style 2 a date of its own format. */
const workbook = (sheet: string, more: Record<string, Uint8Array> = {}, date1904 = false): Uint8Array =>
  zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${MAIN}" xmlns:r="r"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="N" sheetId="1" state="hidden" r:id="a"/><sheet name="R" sheetId="2" r:id="b"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(
      `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd\\/mm\\/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
    ),
    'xl/sharedStrings.xml': strToU8(
      `<sst xmlns="${MAIN}"><si><t>Date</t></si><si><r><t>Libel</t></r><r><t>lé</t></r><rPh><t>x</t></rPh></si><si><t>Montant</t></si><si><t>Crédit &amp; &lt;F-1&gt;</t></si></sst>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet xmlns="${MAIN}"><sheetData/></worksheet>`),
    'xl/worksheets/sheet2.xml': strToU8(`<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`),
    ...more,
  });

const HEADER =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>Relevé</t></is></c></row><row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="D3" t="s"><v>2</v></c></row>';

test('XLSX: shared and rich strings, dates by style, the noise of binary fractions, formulas by their result', async () => {
  const sheet = `${HEADER}<row r="4"><c r="A4" s="1"><v>46054</v></c><c r="B4" t="s"><v>3</v></c><c r="D4"><f>6*200.01</f><v>1200.0600000000002</v></c></row>
    <row r="5"><c r="A5" s="2"><v>46055.75</v></c><c r="B5" t="str"><v>B</v></c><c r="D5"><v>-1.5E-1</v></c></row>
    <row><c t="inlineStr"><is><t>03/02/2026</t></is></c><c t="str"><v>C</v></c><c/><c><v>-80</v></c></row>`;
  const statement = await one(workbook(sheet), {}, 'releve.xlsx');
  assert.deepEqual(rows(statement), [
    ['2026-02-01', null, '1200.06', null, 'Crédit & <F-1>'],
    ['2026-02-02', null, '-0.15', null, 'B'],
    ['2026-02-03', null, '-80.00', null, 'C'],
  ]);
  const from1904 = workbook(`${HEADER}<row r="4"><c r="A4" s="1"><v>44592</v></c><c r="D4"><v>1</v></c></row>`, {}, true);
  assert.equal((await one(from1904, {}, 'r.xlsx')).entries[0]?.bookedOn, '2026-02-01');
});

test('XLSX: bombs, damaged or hostile workbooks are refused', async () => {
  const bomb = workbook(HEADER, { 'xl/sharedStrings.xml': new Uint8Array(20_000_000).fill(0x20) });
  assert.ok(bomb.length < 100_000);
  assert.equal((await refusal(bomb, { maxUnfoldedBytes: 1_000_000 })).code, 'too-large');
  // A directory that lies about sizes unfolds no more than it declares.
  const lying = new Uint8Array(bomb);
  const view = new DataView(lying.buffer);
  for (let i = 0; i < lying.length - 4; i++) if (view.getUint32(i, true) === 20_000_000) view.setUint32(i, 1000, true);
  assert.match((await refusal(lying)).code, /corrupt-archive|xml-not-well-formed/);
  assert.equal((await refusal(workbook(HEADER).subarray(0, 900))).code, 'corrupt-archive');
  const doctype = workbook(HEADER, { 'xl/sharedStrings.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><sst/>') });
  assert.equal((await refusal(doctype)).code, 'xml-doctype');
  const far = workbook(`${HEADER}<row r="4"><c r="XFD4"><v>1</v></c><c r="A4" s="1"><v>46054</v></c></row>`);
  assert.deepEqual((await one(far, {}, 'r.xlsx')).entries, [], 'cells far to the right cost nothing');
  assert.equal((await refusal(workbook('<row r="1"><c r="A1"><v>1</v></c></row>'))).code, 'table-no-header');
});

test('archives: all their statements, or none', async () => {
  const made: MadeStatement = {
    bank: '30002',
    branch: '00447',
    number: '12345678901',
    iban: '',
    openingCents: 0n,
    from: '2026-03-01',
    to: '2026-03-02',
    entries: [],
  };
  const good = strToU8(cfonb([made]));
  assert.equal(
    (await statements(zipSync({ 'a.txt': good, 'd/b.txt': good, '__MACOSX/._a': strToU8('x') }), {}, 'a.zip')).length,
    2,
  );
  const bad = await refusal(zipSync({ 'a.txt': good, 'b.txt': good.subarray(0, 100) }));
  assert.equal(bad.code, 'archive-member');
  assert.match(bad.message, /b\.txt/);
  assert.equal((await refusal(zipSync({ 'a.zip': zipSync({ 'b.txt': good }) }))).code, 'archive-member');
  assert.equal((await refusal(zipSync({}))).code, 'no-statement');
  assert.equal(
    (await refusal(zipSync({ 'a.txt': new Uint8Array(2_000_000) }), { maxUnfoldedBytes: 1_000_000 })).code,
    'too-large',
  );
});

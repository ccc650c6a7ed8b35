import assert from 'node:assert/strict';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import { readCourtDirectory } from './directory.ts';

/** The Ministry's list by commune, as its documented columns say it; every row here is invented. */

const HEAD = 'Commune;Libellé;Orig. CA;N° CA;CA;Orig. TJ;N° TJ;TJ;Orig. TPRX;N° TPRX;TPRX;Orig. CPH;N° CPH;CPH';
const row = (insee: string, name: string, tj = 'Tribunal judiciaire d’Ici', tprx = '') =>
  `${insee};${name};C;1;Cour d’appel d’Ici;C;2;${tj};C;3;${tprx};C;4;Conseil de prud’hommes d’Ici`;
const read = (...lines: string[]) => readCourtDirectory(new TextEncoder().encode(lines.join('\r\n')));

test('each court is read by its column; a commune without proximity chamber has none', () => {
  const found = read(HEAD, row('44109', 'Villefictive'), row('2A004', 'Autrefictive', 'TJ de Là', 'TPRX de Là'), '');
  assert.ok(found.ok);
  assert.deepEqual(found.value.refused, []);
  assert.deepEqual(found.value.areas[0], {
    insee: '44109',
    name: 'Villefictive',
    appealCourt: 'Cour d’appel d’Ici',
    judicialCourt: 'Tribunal judiciaire d’Ici',
    proximityCourt: null,
    labourCourt: 'Conseil de prud’hommes d’Ici',
  });
  assert.equal(found.value.areas[1]?.proximityCourt, 'TPRX de Là');
});

test('columns in another order are found by their headers; without those headers, by their ranks', () => {
  const swapped = HEAD.replace(';TJ;', ';§;').replace(';CA;', ';TJ;').replace(';§;', ';CA;');
  const other = read(swapped, row('44109', 'Villefictive'));
  assert.ok(other.ok);
  assert.deepEqual(
    [other.value.areas[0]?.judicialCourt, other.value.areas[0]?.appealCourt],
    ['Cour d’appel d’Ici', 'Tribunal judiciaire d’Ici'],
  );
  const bare = read(`Commune;Libellé${';x'.repeat(12)}`, row('44109', 'Villefictive'));
  assert.equal(bare.ok && bare.value.areas[0]?.judicialCourt, 'Tribunal judiciaire d’Ici');
});

test('windows-1252, a byte order mark, a zero dropped by a spreadsheet', () => {
  const text = [HEAD, row('1004', 'Éfictive')].join('\n');
  for (const bytes of [iconv.encode(text, 'windows-1252'), iconv.encode(text, 'utf8', { addBOM: true })]) {
    const found = readCourtDirectory(bytes);
    assert.ok(found.ok);
    assert.deepEqual([found.value.areas[0]?.insee, found.value.areas[0]?.name], ['01004', 'Éfictive']);
  }
});

test('a row that cannot be read is told with its line, the others are read', () => {
  const found = read(
    HEAD,
    row('44109', 'Une'),
    row('ABCDE', 'Deux'),
    '44110;Trois;trop court',
    row('44111', ''),
    row('44112', 'Cinq', ''),
    row('44113', 'Six'),
  );
  assert.ok(found.ok);
  assert.deepEqual(
    found.value.areas.map((area) => area.insee),
    ['44109', '44113'],
  );
  assert.deepEqual(
    found.value.refused.map(({ line, why }) => [line, why.split(' ').slice(-2).join(' ')]),
    [
      [3, 'code INSEE'],
      [4, 'de 14'],
      [5, 'de nom'],
      [6, 'judiciaire manque'],
    ],
  );
});

test('another file is refused as a whole', () => {
  for (const text of ['', 'a;b;c\n1;2;3', 'insee;nom\n44109;Nantes', '%PDF-1.7', '\0\0\0']) {
    const found = readCourtDirectory(new TextEncoder().encode(text));
    assert.equal(found.ok ? '' : found.refusal.code, 'courts.not-the-list', JSON.stringify(text));
  }
});

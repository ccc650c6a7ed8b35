import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { communeOf, communesAt, communesOf } from './communes.ts';

/** Postcodes and communes: the table shipped, against the territory data that nobody here made. */

const SHARED = process.env.QUITUS_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const TERRITORY = `${SHARED}/data/territory/communes-2026.csv`;
const absent = existsSync(TERRITORY) ? false : `SKIPPED: ${TERRITORY} is not on this machine`;

/** insee, name, type, department, postcodes of the territory data. */
function territory() {
  const lines = readFileSync(TERRITORY, 'utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [insee = '', name = '', type = '', department = '', , codes = ''] = line.split(',');
    return { insee, name, type, department, postcodes: codes === '' ? [] : codes.split('|') };
  });
}

test('every postcode of the territory data gives a commune, every commune is found by each of its postcodes and its name', {
  skip: absent,
}, () => {
  const rows = territory();
  const postcodes = new Set(rows.flatMap((row) => row.postcodes));
  assert.ok(postcodes.size > 6000, `only ${postcodes.size} postcodes`);
  for (const postcode of postcodes) assert.ok(communesOf(postcode).length > 0, postcode);
  const communes = rows.filter((row) => row.type === 'commune-actuelle' && row.postcodes.length > 0);
  assert.ok(communes.length > 34_000);
  for (const { insee, name, department, postcodes: codes } of communes) {
    const found = communeOf(insee);
    assert.deepEqual([found?.name, found?.department, found?.postcodes], [name, department, [...codes].sort()], insee);
    for (const code of codes)
      assert.ok(
        communesOf(code).some((one) => one.insee === insee),
        `${insee} by ${code}`,
      );
  }
  fc.assert(
    fc.property(fc.constantFrom(...communes), fc.nat(), ({ insee, name, postcodes: codes }, at) => {
      const code = codes[at % codes.length] ?? '';
      assert.ok(
        communesAt(code, name.toUpperCase()).some((one) => one.insee === insee),
        `${name} ${code}`,
      );
    }),
    { numRuns: 500 },
  );
});

const names = (postcode: string, city = '') => communesAt(postcode, city).map((one) => one.name);

test('one postcode, several communes: all are given, or the one that is named', () => {
  assert.deepEqual(names('44000'), ['Nantes']);
  assert.ok(names('01400').length > 5);
  assert.ok(names('01400').includes('L’Abergement-Clémenciat') || names('01400').includes("L'Abergement-Clémenciat"));
  assert.deepEqual(names('01400', 'ABERGEMENT CLEMENCIAT').length, names('01400').length);
  assert.deepEqual(names('01400', 'CHATILLON SUR CHALARONNE'), ['Châtillon-sur-Chalaronne']);
  assert.deepEqual(names('44 600', 'St-Nazaire'), ['Saint-Nazaire']);
});

test('big cities are one commune, their districts are not; postcodes of firms are found by the name', () => {
  for (const code of ['75001', '75016', '75116', '69003', '13008']) assert.equal(names(code).length, 1, code);
  assert.deepEqual(names('75011', 'Paris 11'), ['Paris']);
  assert.deepEqual(names('44935', 'NANTES CEDEX 9'), ['Nantes']);
  assert.deepEqual(names('20200', 'Bastia'), ['Bastia']);
  assert.deepEqual(names('20179', 'Ajaccio Cedex 1'), ['Ajaccio']);
  assert.equal(communesOf('20000')[0]?.department, '2A');
  assert.equal(communesOf('97400')[0]?.department, '974');
});

test('what is no postcode gives nothing, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (postcode, city) => {
      if (/^\d{5}$/.test(postcode.replace(/\s/gu, ''))) return;
      assert.deepEqual(communesAt(postcode, city), []);
    }),
  );
  assert.deepEqual(names('00000', 'Nantes'), []);
  assert.equal(communeOf('99999'), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatSiren, formatSiret, isFrenchVat, isSiren, isSiret, sirenFromVat, typedSiren } from './siren.ts';

test('a SIREN has nine digits and a right Luhn key', () => {
  for (const right of ['900000019', '900 000 019', '900\u00a0000\u00a0126', '732829320']) assert.ok(isSiren(right), right);
  for (const wrong of ['900000018', '90000001', '9000000190', '000000000', '', 'abcdefghi']) assert.ok(!isSiren(wrong), wrong);
});

test('changing one digit of a SIREN always breaks it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digits = [...'900000019'];
      digits[at] = String((Number(digits[at]) + by) % 10);
      assert.ok(!isSiren(digits.join('')));
    }),
  );
});

test('a SIRET has a right SIREN and a right key of its own', () => {
  assert.ok(isSiret('90000001900019'));
  assert.ok(isSiret('900 000 019 00019'));
  assert.ok(!isSiret('90000001900018'), 'wrong key');
  assert.ok(!isSiret('900000019'), 'a SIREN');
});

test('the establishments of La Poste follow their own rule', () => {
  assert.ok(isSiret('35600000000048'), 'the head office, right by Luhn as well');
  assert.ok(isSiret('35600000012341'), 'the digits sum to 25; wrong by Luhn');
  assert.ok(!isSiret('35600000012342'), 'the digits sum to 26; wrong by Luhn');
  assert.ok(!isSiret('90000001900020'), 'the rule is for La Poste alone');
});

test('the SIREN of a French VAT number', () => {
  assert.equal(sirenFromVat('FR 25 900 000 019'), '900000019');
  assert.equal(sirenFromVat('frAB900000019'), '900000019');
  assert.equal(sirenFromVat('DE900000019'), null);
  assert.equal(sirenFromVat('FR900000019'), null);
});

test('the key of a French VAT number', () => {
  assert.ok(isFrenchVat('FR25900000019'));
  assert.ok(!isFrenchVat('FR26900000019'), 'wrong key');
  assert.ok(!isFrenchVat('FR25900000018'), 'wrong SIREN');
  assert.ok(isFrenchVat('FRAB900000019'), 'letters have another rule, not checked');
});

test('numbers are grouped by threes with no-break spaces', () => {
  assert.equal(formatSiren('900000019'), '900\u00a0000\u00a0019');
  assert.equal(formatSiret('90000001900019'), '900\u00a0000\u00a0019\u00a000019');
  assert.equal(formatSiren('HRB 123'), 'HRB 123');
});

test('a SIRET copied where a SIREN is asked gives its SIREN; a wrong one is left to be refused', () => {
  assert.equal(typedSiren('900 000 019 00019'), '900000019');
  assert.equal(typedSiren('900 000 019'), '900000019');
  assert.equal(typedSiren('900 000 019 00018'), '90000001900018');
  assert.equal(typedSiren('abc'), 'abc');
});

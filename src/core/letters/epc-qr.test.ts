import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '../kernel/money.ts';
import { type EpcTransfer, epcPayload, isBic, isIban } from './epc-qr.ts';

const transfer: EpcTransfer = {
  name: 'Atelier des Brumes',
  iban: 'FR76 3000 6000 0112 3456 7890 189',
  bic: 'AGRIFRPP',
  amount: money(522022n),
  remittance: 'D-2026-0007',
};

const codeOf = (of: Partial<EpcTransfer>): string => {
  const answer = epcPayload({ ...transfer, ...of });
  return answer.ok ? 'ok' : answer.refusal.code;
};

test('the payload is that of EPC069-12, version 002', () => {
  const answer = epcPayload(transfer);
  assert.ok(answer.ok);
  assert.equal(
    answer.value,
    'BCD\n002\n1\nSCT\nAGRIFRPP\nAtelier des Brumes\nFR7630006000011234567890189\nEUR5220.22\n\n\nD-2026-0007',
  );
});

test('the BIC may be absent, the empty end is left out', () => {
  const { bic: _, ...without } = transfer;
  const answer = epcPayload({ ...without, remittance: '' });
  assert.ok(answer.ok);
  assert.equal(answer.value, 'BCD\n002\n1\nSCT\n\nAtelier des Brumes\nFR7630006000011234567890189\nEUR5220.22');
});

test('what a bank would reject is refused', () => {
  assert.equal(codeOf({ iban: 'FR76 3000 6000 0112 3456 7890 188' }), 'epc.iban');
  assert.equal(codeOf({ bic: 'AGRI' }), 'epc.bic');
  assert.equal(codeOf({ amount: money(0n) }), 'epc.amount');
  assert.equal(codeOf({ amount: money(100_000_000_000n) }), 'epc.amount');
  assert.equal(codeOf({ amount: money(99_999_999_999n) }), 'ok');
  assert.equal(codeOf({ amount: money(100n, 'USD') }), 'epc.amount');
  assert.equal(codeOf({ name: ' \n ' }), 'epc.name');
  assert.equal(codeOf({ remittance: 'x'.repeat(141) }), 'epc.remittance');
  assert.equal(codeOf({ remittance: 'é'.repeat(140), name: 'é'.repeat(70) }), 'epc.size');
});

test('a name cannot add a line, nor be longer than the standard allows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }), (name) => {
      const answer = epcPayload({ ...transfer, name });
      if (!answer.ok) return;
      const lines = answer.value.split('\n');
      assert.equal(lines.length, 11);
      assert.equal(lines[6], 'FR7630006000011234567890189');
      assert.ok([...(lines[5] ?? '')].length <= 70);
      assert.ok(new TextEncoder().encode(answer.value).length <= 331);
    }),
  );
});

test('the key of an IBAN tells a wrong digit and two digits exchanged', () => {
  const iban = 'FR7630006000011234567890189';
  assert.ok(isIban(iban) && isIban('BE68539007547034') && isIban('DE89370400440532013000'));
  for (let i = 4; i < iban.length; i += 1) {
    const digit = Number(iban[i]);
    assert.equal(isIban(`${iban.slice(0, i)}${(digit + 1) % 10}${iban.slice(i + 1)}`), false, `digit ${i}`);
  }
  assert.equal(isIban('FR7630006000011234567891089'), false);
  assert.equal(isIban('FR763000600001123456789018'), false);
  assert.equal(isIban('fr7630006000011234567890189'), false);
});

test('a BIC has 8 or 11 characters', () => {
  assert.ok(isBic('AGRIFRPP') && isBic('AGRIFRPP882'));
  assert.equal(isBic('AGRIFRPP88'), false);
  assert.equal(isBic('AGR1FRPP'), false);
});

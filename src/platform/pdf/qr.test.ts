import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { qrSvg } from './qr.ts';

// A CommonJS module whose types speak of a default export.
const decode = jsQR as unknown as typeof jsQR.default;
const PIXELS = 3;

/** What a camera reads: the SVG's runs of modules painted on a white sheet, then decoded by another library. */
function readBack(svg: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(svg);
  const modules = Number(/viewBox="0 0 (\d+) /.exec(text)?.[1]);
  const side = modules * PIXELS;
  const sheet = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of text.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let py = Number(y) * PIXELS; py < (Number(y) + 1) * PIXELS; py += 1) {
      for (let px = Number(x) * PIXELS; px < (Number(x) + Number(width)) * PIXELS; px += 1) {
        sheet.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
      }
    }
  }
  const found = decode(sheet, side, side);
  return found ? new TextDecoder().decode(new Uint8Array(found.binaryData)) : undefined;
}

test('the code reads back as the transfer it was made of', () => {
  const payload = 'BCD\n002\n1\nSCT\n\nCafé des Brumes\nFR7630006000011234567890189\nEUR5220.22\n\n\nD-2026-0007';
  assert.equal(readBack(qrSvg(payload)), payload);
});

test('any text of a transfer reads back, byte for byte', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
      const clean = text.toWellFormed();
      assert.equal(readBack(qrSvg(clean)), clean);
    }),
    { numRuns: 20 },
  );
});

test('the longest transfer fits the version 13 that EPC069-12 allows', () => {
  const modules = Number(/viewBox="0 0 (\d+) /.exec(new TextDecoder().decode(qrSvg('x'.repeat(331))))?.[1]) - 8;
  assert.equal(modules, 17 + 4 * 13);
});

test('a text too long for any code throws', () => {
  assert.throws(() => qrSvg('x'.repeat(2400)));
});

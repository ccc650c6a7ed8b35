import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName } from './file-name.ts';

test('a file is called by the last part of its path, without what could mislead or break', () => {
  assert.equal(fileName('C:\\Factures\\été 2026.pdf'), 'été 2026.pdf');
  assert.equal(fileName('../../etc/passwd'), 'passwd');
  assert.equal(fileName('a"\r\nSet-Cookie: x=1.csv'), 'a"  Set-Cookie: x=1.csv');
  // An override of direction would show « facturefdp.exe » as another type.
  assert.equal(fileName('facture\u202efdp.exe'), 'facture fdp.exe');
  assert.equal(fileName('a\0\ud800.pdf'), 'a \ufffd.pdf');
  for (const empty of ['', '/', ' ', '\0']) assert.equal(fileName(empty), 'document');
});

test('a name too long is cut before its extension, and between signs', () => {
  assert.equal(fileName(`${'x'.repeat(300)}.csv`), `${'x'.repeat(196)}.csv`);
  const emoji = fileName(`${'😀'.repeat(300)}.pdf`);
  assert.equal(emoji, `${'😀'.repeat(196)}.pdf`);
  assert.ok(emoji.isWellFormed());
  assert.equal(fileName('y'.repeat(250)).length, 200);
});

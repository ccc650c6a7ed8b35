import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Line, linesOf } from './lines.ts';

async function linesIn(text: string | Uint8Array, size: number, longest?: number): Promise<readonly Line[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return Array.fromAsync(linesOf(chunks(), longest));
}
const texts = (lines: readonly Line[]) => lines.map((line) => ('text' in line ? line.text : line.fault));

test('lines are cut at line feeds only, whatever the pieces they come in', async () => {
  const text = '\ufeff{"a":"é\u2028\u2029"}\r\n\n  b\rc \nlast';
  for (const size of [1, 2, 3, 7, 1000])
    assert.deepEqual(texts(await linesIn(text, size)), ['{"a":"é\u2028\u2029"}', '', 'b\rc', 'last'], `by ${size}`);
  assert.deepEqual(texts(await linesIn('a\n', 4)), ['a']);
  assert.deepEqual(await linesIn('', 4), []);
});

test('a line that is not UTF-8, or too long, is told by its number and the next ones are read', async () => {
  const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xe9, 0x0a]), Buffer.from('0123456789\nok\n0123456')]);
  for (const size of [1, 5, 100])
    assert.deepEqual(
      await linesIn(bytes, size, 6),
      [
        { number: 1, text: 'a' },
        { number: 2, fault: 'encoding' },
        { number: 3, fault: 'length' },
        { number: 4, text: 'ok' },
        { number: 5, fault: 'length' },
      ],
      `by ${size}`,
    );
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadFile } from './cli-files.ts';

test('a foreign file is known by its first bytes, the only ones loaded; another is loaded whole', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'quitus-load-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'grand.bin');
  writeFileSync(path, 'PK'.padEnd(100_000, '.'));
  const loaded = async (isForeign: boolean): Promise<number> => {
    const file = await loadFile(path, 200_000, (head, name) => isForeign && name === path && head[0] === 0x50);
    return 'bytes' in file ? file.bytes.length : -1;
  };
  assert.deepEqual([await loaded(true), await loaded(false)], [8192, 100_000]);
});

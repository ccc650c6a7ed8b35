import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('a reader that stops early (head) leaves no server behind, and is no failure', (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quitus-pipe-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { ...process.env, QUITUS_DATA: dataDir, DATABASE_URL: '' };
  const run = (line: string) => spawnSync('bash', ['-o', 'pipefail', '-c', line], { cwd: ROOT, env, encoding: 'utf8' });
  const loaded = run('./quitus demo load');
  assert.equal(loaded.status, 0, loaded.stderr);
  for (const verb of ['case list', 'export open-items', 'export journal --format json']) {
    const cut = run(`./quitus ${verb} | true`);
    assert.equal(cut.status, 0, cut.stderr);
    assert.equal(existsSync(join(dataDir, 'postgres', 'postmaster.pid')), false, `${verb}: the server still runs`);
  }
});

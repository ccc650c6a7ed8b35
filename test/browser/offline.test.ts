import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a shell command in a network namespace of its own, where nothing but loopback exists. */
function withoutNetwork(command: string) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const own = process.getuid?.() === 0 ? ['-n'] : ['-rn'];
  return spawnSync('unshare', [...own, 'sh', '-c', `ip link set lo up && ${command}`], { cwd: ROOT, env, encoding: 'utf8' });
}

const possible = withoutNetwork('true').status === 0;

test('with the network cut off, the main job goes from the dropped invoice to the letter', {
  skip: possible ? false : 'SKIPPED: this machine cannot cut the network off for one program (unshare, ip)',
}, () => {
  const outside = withoutNetwork('ip route get 192.0.2.1');
  assert.notEqual(outside.status, 0, 'the network is not cut off');
  const story = withoutNetwork(`"${process.execPath}" --import ./tools/tsx-hook.mjs --test test/browser/main-job.test.ts`);
  assert.equal(story.status, 0, story.stdout + story.stderr);
});

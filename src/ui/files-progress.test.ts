import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesProgress } from './files-progress.ts';

/** What is written on stderr while files are done, one a second. */
function written(stdoutTTY: boolean, stderrTTY: boolean, files: number): string[] {
  const lines: string[] = [];
  let now = 0;
  const stderr = { isTTY: stderrTTY, write: (text: unknown) => lines.push(String(text)) > 0 };
  const progress = filesProgress(() => now, { stdout: { isTTY: stdoutTTY }, stderr });
  for (let done = 1; done <= files; done++) {
    now += 1000;
    progress.at(done);
  }
  progress.clear();
  return lines.map((line) => line.replace(/[\u00a0\u202f]/g, ' '));
}

test('files done are counted where it helps: not over answers, not for a moment, not in every line of a log', () => {
  assert.deepEqual(written(true, true, 30), []);
  assert.deepEqual(written(false, true, 2), ['\r1 fichier lu', '\r2 fichiers lus', '\r\u001b[K']);
  assert.deepEqual(written(false, false, 9), []);
  assert.deepEqual(written(false, false, 25), ['10 fichiers lus…\n', '20 fichiers lus…\n']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command, CommanderError, Option } from 'commander';
import { runCli } from './cli.ts';
import { complaint, speakFrench } from './french-help.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test('a word that is not one of the choices is said so in French, with the choices', () => {
  const quitus = new Command('quitus').addOption(new Option('--format <format>').choices(['csv', 'fec', 'json']));
  speakFrench(quitus);
  assert.throws(
    () => quitus.parse(['node', 'quitus', '--format', 'zip']),
    (error) => {
      assert.ok(error instanceof CommanderError);
      assert.match(plain(complaint(error, './quitus')), /^--format : « zip » n’est pas connu ; choisissez csv, fec ou json\.\n/);
      return true;
    },
  );
});

test('a group of commands alone shows its help and complains of nothing', async (t) => {
  const errors = t.mock.method(console, 'error', () => undefined);
  t.mock.method(process.stderr, 'write', () => true);
  assert.equal(await runCli(['bench']), 2);
  assert.equal(errors.mock.callCount(), 0);
});

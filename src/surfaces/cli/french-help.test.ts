import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
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

test('a value that an option refuses is named with the option, once', () => {
  const said = (why: string): string => {
    const quitus = new Command('quitus').option('-t, --terms <jours>', 'délai', () => {
      throw new InvalidArgumentError(why);
    });
    speakFrench(quitus);
    try {
      quitus.parse(['node', 'quitus', '--terms', 'x']);
    } catch (error) {
      if (error instanceof CommanderError) return plain(complaint(error, './quitus')).split('\n')[0] ?? '';
    }
    return '';
  };
  assert.equal(said('Indiquez un nombre entier.'), '--terms : « x » ne convient pas. Indiquez un nombre entier.');
  assert.equal(said('--terms : « x » n’est pas un nombre.'), '--terms : « x » n’est pas un nombre.');
});

test('a group of commands alone shows its help and complains of nothing', async (t) => {
  const errors = t.mock.method(console, 'error', () => undefined);
  t.mock.method(process.stderr, 'write', () => true);
  assert.equal(await runCli(['bench']), 2);
  assert.equal(errors.mock.callCount(), 0);
});

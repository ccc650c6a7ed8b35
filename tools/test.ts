// `npm test`: every test on the embedded PostgreSQL, then the database's on Debian's PostgreSQL where it is installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSystemPostgres, startTestPostgres, type TestPostgres } from '../test/support/postgres.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The tests that say something of the database, repeated on each server; the command line asks the same of it. */
const DATABASE_TESTS = ['src/platform/db/**/*.test.ts', 'src/modules/**/!(*.cli).test.{ts,tsx}', 'test/scenarios/**/*.test.ts'];

async function runTests(files: readonly string[], server: TestPostgres): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      './tools/tsx-hook.mjs',
      '--test',
      '--test-reporter=spec',
      '--test-concurrency=2',
      '--test-timeout=300000',
      ...files,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, QUITUS_TEST_PG: server.url } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  await server.stop();
  return code ?? 1;
}

const chosen = process.argv.slice(2);
const everything = ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'];
process.exitCode = await runTests(chosen.length > 0 ? chosen : everything, await startTestPostgres());

if (process.exitCode === 0 && chosen.length === 0) {
  const system = await startSystemPostgres();
  if (system) {
    console.log(`\nThe database tests again, on the system's PostgreSQL:\n`);
    process.exitCode = await runTests(DATABASE_TESTS, system);
  } else {
    console.log("\nNo PostgreSQL of the system's own (version 15 or later): the database tests ran on the embedded server only.");
  }
}

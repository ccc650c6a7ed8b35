import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Binaries, embeddedBinaries, systemBinaries } from '#platform/db/binaries.ts';
import { joinEmbedded } from '#platform/db/embedded.ts';

/** A PostgreSQL of the tests' own. */
export interface TestPostgres {
  /** of its maintenance database, as its owner */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Data that lives a minute needs no disk; and many small databases come and go. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
};

/** The PostgreSQL that comes with Quitus, or the machine's when QUITUS_TEST_SERVER=system. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const server = process.env.QUITUS_TEST_SERVER === 'system' ? await startSystemPostgres() : await start(embeddedBinaries());
  if (!server) throw new Error('no PostgreSQL of that kind on this machine');
  return server;
}

/** The newest PostgreSQL installed on the machine; undefined when there is none. */
export const startSystemPostgres = (): Promise<TestPostgres | undefined> => start(systemBinaries()[0]);

async function start(binaries: Binaries | undefined): Promise<TestPostgres | undefined> {
  if (!binaries) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'quitus-test-'));
  try {
    const server = await joinEmbedded(join(directory, 'postgres'), { installed: [binaries], settings: SETTINGS });
    const { host, port, user } = server.address;
    return {
      url: `postgresql://${user}@${encodeURIComponent(host)}:${port}/postgres`,
      async stop() {
        await server.leave();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

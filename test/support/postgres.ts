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
export function startTestPostgres(): Promise<TestPostgres> {
  return process.env.QUITUS_TEST_SERVER === 'system' ? startSystemPostgres() : start(embeddedBinaries());
}

/** The newest PostgreSQL installed on the machine. */
export const startSystemPostgres = (): Promise<TestPostgres> => start(systemBinaries()[0]);

/** Whether startSystemPostgres can work. */
export const hasSystemPostgres = (): boolean => systemBinaries().length > 0;

async function start(binaries: Binaries | undefined): Promise<TestPostgres> {
  if (!binaries) throw new Error('no PostgreSQL of that kind on this machine');
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

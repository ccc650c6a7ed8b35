import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { FileStore } from './files.ts';

/** What a use case is given to reach the world: the store, the files, the time, the settings. */
export interface Deps {
  readonly db: Database;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly config: Config;
}

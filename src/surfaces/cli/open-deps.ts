import { clockOf } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { openFileStore } from '#platform/files.ts';

/** Opens what the use cases need, by the settings of the environment. Whoever opens it closes `db`. Throws a PlatformFailure. */
export async function openDeps(): Promise<Deps> {
  const config = loadConfig();
  if (!config.ok) throw new PlatformFailure(config.refusal.code, config.refusal.message);
  return {
    db: await openDatabase(config.value),
    files: openFileStore(config.value.dataDir),
    clock: clockOf(config.value),
    config: config.value,
  };
}

import { createHash } from 'node:crypto';
import { sql } from 'kysely';

import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { type CourtArea, type RefusedRow, readCourtDirectory } from '#formats/courts/directory.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { integer } from '#ui/format.ts';

/** The official list in force here. */
export interface DirectoryFacts {
  /** how its vintage is called: « 2026 juillet » */
  readonly vintage: string;
  readonly communes: number;
  readonly loadedAt: Temporal.Instant;
}

/** The courts of a commune by the list in force; several when the list names several, none when it does not know the commune. */
export interface CourtNames {
  readonly directory: DirectoryFacts | undefined;
  readonly areas: readonly CourtArea[];
}

export const courtsOf = (db: Deps['db'], insee: string): Promise<CourtNames> =>
  db.system(async (tx) => {
    const directory = await directoryInForce(tx);
    if (!directory) return { directory, areas: [] };
    const rows = await tx.selectFrom('court_areas').selectAll().where('insee', '=', insee).orderBy('rank').execute();
    const areas = rows.map((row) => ({
      insee: row.insee,
      name: row.name,
      appealCourt: row.appeal_court,
      judicialCourt: row.judicial_court,
      proximityCourt: row.proximity_court,
      labourCourt: row.labour_court,
    }));
    return { directory: { vintage: directory.vintage, communes: directory.communes, loadedAt: directory.loaded_at }, areas };
  });

const directoryInForce = (tx: Tx) =>
  tx.selectFrom('court_directories').selectAll().orderBy('loaded_at', 'desc').limit(1).executeTakeFirst();

/** Fewer communes than this is a download cut short: it would leave communes without court. */
const WHOLE_LIST = 30_000;
const BATCH = 5000;
/** One import at a time; the others wait, then see what it did. */
const IMPORT_LOCK = 4_747_015;

export interface ImportOptions {
  /** how the vintage is called */
  readonly vintage: string;
  readonly fileName: string;
  /** accept a list that is not whole */
  readonly partial?: boolean;
  /** communes stored so far, and in all */
  readonly progress?: (done: number, all: number) => void;
}

export interface Imported {
  readonly communes: number;
  readonly refused: readonly RefusedRow[];
  /** the very file that is in force already: nothing was changed */
  readonly already: boolean;
}

/**
 * Puts the Ministry's list in force, all of it or nothing: stopped half-way, the former list stays, and the same file can be loaded again.
 * Earlier vintages are remembered by their name, size and hash. Refusals: those of `readCourtDirectory`, and `courts.incomplete`.
 */
export async function importCourts(
  deps: Pick<Deps, 'db' | 'clock'>,
  bytes: Uint8Array,
  { vintage, fileName, partial = false, progress }: ImportOptions,
): Promise<Result<Imported>> {
  const read = readCourtDirectory(bytes);
  if (!read.ok) return read;
  const { areas, refused } = read.value;
  const ranked = withRanks(areas);
  const count = new Set(ranked.map((one) => one.insee)).size;
  if (count === 0 || (count < WHOLE_LIST && !partial)) {
    return refuse(
      'courts.incomplete',
      `Ce fichier ne donne que ${integer(count)} communes sur environ 35\u202f000\u202f: le téléchargement s’est sans doute arrêté en route. Rien n’a été changé.`,
      { communes: count, refused: refused.length },
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return deps.db.system(async (tx) => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx);
    const inForce = await directoryInForce(tx);
    if (inForce?.sha256 === sha256) return ok({ communes: inForce.communes, refused, already: true });
    await tx.deleteFrom('court_areas').execute();
    for (let start = 0; start < ranked.length; start += BATCH) {
      const batch = ranked.slice(start, start + BATCH);
      await insertAreas(tx, batch);
      progress?.(start + batch.length, ranked.length);
    }
    await tx
      .insertInto('court_directories')
      .values({
        directory_id: newId(),
        vintage,
        file_name: fileName,
        sha256,
        communes: count,
        refused_rows: refused.length,
        loaded_at: deps.clock.now(),
      })
      .execute();
    return ok({ communes: count, refused, already: false });
  });
}

type Ranked = CourtArea & { readonly rank: number };

/** A commune said twice with the same courts is one; with others, both stay, in the order of the file. */
function withRanks(areas: readonly CourtArea[]): readonly Ranked[] {
  const seen = new Map<string, Set<string>>();
  return areas.flatMap((area) => {
    const { appealCourt, judicialCourt, proximityCourt, labourCourt } = area;
    const courts = JSON.stringify([appealCourt, judicialCourt, proximityCourt, labourCourt]);
    const known = seen.get(area.insee) ?? new Set();
    seen.set(area.insee, known);
    if (known.has(courts)) return [];
    known.add(courts);
    return [{ ...area, rank: known.size }];
  });
}

/** One statement for thousands of rows: each column travels as a list. */
async function insertAreas(tx: Tx, batch: readonly Ranked[]): Promise<void> {
  const column = (of: (area: Ranked) => string | number | null) => batch.map(of);
  await sql`
    insert into court_areas (insee, rank, name, appeal_court, judicial_court, proximity_court, labour_court)
    select * from unnest(
      ${column((a) => a.insee)}::text[], ${column((a) => a.rank)}::int[], ${column((a) => a.name)}::text[],
      ${column((a) => a.appealCourt)}::text[], ${column((a) => a.judicialCourt)}::text[],
      ${column((a) => a.proximityCourt)}::text[], ${column((a) => a.labourCourt)}::text[])`.execute(tx);
}

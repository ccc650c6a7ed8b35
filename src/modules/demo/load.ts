import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { addDays } from '#core/kernel/day.ts';
import type { Result } from '#core/kernel/result.ts';
import { type Company, createCompany, listCompanies, removeDemo, savePicture } from '#modules/companies/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { officeHour, storyDay } from './calendar.ts';
import { companyTyped } from './company.ts';
import { demoDocuments } from './documents.ts';
import { renderInvoice } from './invoice-pdf.ts';
import { playStory } from './play.ts';
import { STORY } from './story.ts';

/** The last entry of a demonstration that was loaded to its end. */
const LOADED = 'demo-loaded';

/** Under way in this process: who asks meanwhile gets the same company, and the pool of connections is not spent on waiting. */
const loading = new WeakMap<Database, Promise<Company>>();

/**
 * The demonstration company, made when there is none: an invented firm whose invoices, letters and payments went, day after day, through
 * the use cases of a real one. What an interruption left half done is removed first. Throws a PlatformFailure when the invoices cannot
 * be printed on this machine; nothing then remains.
 */
export function loadDemo(deps: Deps): Promise<Company> {
  const known = loading.get(deps.db);
  if (known) return known;
  const started = exclusively(deps, () => findOrMake(deps)).finally(() => loading.delete(deps.db));
  loading.set(deps.db, started);
  return started;
}

/** Removes the demonstration, whole or half loaded. Answers whether there was one. */
export function unloadDemo(deps: Deps): Promise<boolean> {
  return exclusively(deps, async () => {
    const demos = (await listCompanies(deps)).filter((company) => company.demo);
    for (const { id } of demos) done(await removeDemo(deps, id), 'removal');
    return demos.length > 0;
  });
}

/** One process at a time: the others wait. PostgreSQL lets go of the lock of a process that dies. */
function exclusively<T>(deps: Pick<Deps, 'db'>, work: () => Promise<T>): Promise<T> {
  return deps.db.system(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('quitus demo', 0))`.execute(tx);
    return work();
  });
}

async function findOrMake(deps: Deps): Promise<Company> {
  for (const company of await listCompanies(deps)) {
    if (!company.demo) continue;
    if (await isWhole(deps, company.id)) return company;
    done(await removeDemo(deps, company.id), 'removal');
  }
  return make(deps);
}

async function isWhole(deps: Deps, tenantId: string): Promise<boolean> {
  const entry = await deps.db.tenant(tenantId, (tx) =>
    tx.selectFrom('journal').select('seq').where('tenant_id', '=', tenantId).where('kind', '=', LOADED).executeTakeFirst(),
  );
  return entry !== undefined;
}

async function make(deps: Deps): Promise<Company> {
  const documents = demoDocuments(deps.clock.today());
  const pdfs = await Promise.all(documents.map((document) => renderInvoice(document)));
  const beginning = { ...deps, clock: fixedClock(officeHour(dayBeforeTheStory(deps), 0)) };
  const company = done(await createCompany(beginning, companyTyped(), 'demo'), 'company');
  try {
    for (const which of ['logo', 'signature'] as const) {
      const bytes = await readFile(new URL(`./pictures/${which}.png`, import.meta.url));
      done(await savePicture(beginning, company.id, which, bytes), which);
    }
    await playStory(
      deps,
      company.id,
      documents.map((document, i) => ({ document, pdf: pdfs[i] as Uint8Array })),
    );
    await deps.db.tenant(company.id, (tx) =>
      appendJournal(tx, company.id, {
        kind: LOADED,
        on: deps.clock.today(),
        at: deps.clock.now(),
        actor: 'system',
        payload: { cases: STORY.length, documents: documents.length },
      }),
    );
    return company;
  } catch (error) {
    await removeDemo(deps, company.id);
    throw error;
  }
}

function dayBeforeTheStory(deps: Pick<Deps, 'clock'>) {
  const offsets = STORY.flatMap(({ documents, steps }) => [...documents.map((d) => d.received), ...steps.map((s) => s.on)]);
  return addDays(storyDay(deps.clock.today(), Math.min(...offsets)), -1);
}

/** The story asks for nothing that a user would be refused: a refusal is a bug of the story, or of the use case. */
function done<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(`the demonstration was refused (${what}): ${result.refusal.code}: ${result.refusal.message}`);
}

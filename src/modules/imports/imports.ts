import { isAfter } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Deps } from '#platform/deps.ts';
import {
  addImport,
  changeOptions,
  type Import,
  type ImportOptions,
  type ImportSource,
  type ImportSummary,
  keepAnswer,
  keepFile,
  moveImport,
  readImport,
  saveOutcome,
} from './store.ts';
import { type ImportProgress, Refused, type Report, work } from './working.ts';

const silent: Report = () => undefined;

/** Keeps a list, to be looked at. Refusal `import.future` (a list of tomorrow). */
export async function receiveImport(
  deps: Deps,
  tenantId: string,
  source: ImportSource,
  options: ImportOptions,
): Promise<Result<string>> {
  return register(deps, tenantId, source, options, 'to-confirm');
}

async function register(
  deps: Deps,
  tenantId: string,
  source: ImportSource,
  options: ImportOptions,
  status: 'to-confirm' | 'confirmed',
): Promise<Result<string>> {
  const listedOn = options.listedOn ?? deps.clock.today();
  if (isAfter(listedOn, deps.clock.today())) return future();
  const sha256 = await keepFile(deps, tenantId, source);
  const file = { sha256, name: source.name };
  return ok(await deps.db.tenant(tenantId, (tx) => addImport(tx, deps, tenantId, file, { ...options, listedOn }, status)));
}

const future = () => refuse('import.future', 'La liste ne peut pas être d’un jour à venir\u202f: vérifiez sa date.');

/** Takes a received list another way (other columns, another day…): it is to be looked at again. Refusals `import.future`, `import.unknown`. */
export async function changeImport(
  deps: Deps,
  tenantId: string,
  importId: string,
  options: ImportOptions,
): Promise<Result<undefined>> {
  const listedOn = options.listedOn ?? deps.clock.today();
  if (isAfter(listedOn, deps.clock.today())) return future();
  const changed = await deps.db.tenant(tenantId, (tx) => changeOptions(tx, tenantId, importId, { ...options, listedOn }));
  return changed ? ok(undefined) : unknownImport();
}

/**
 * Looks at a received list without changing anything on the books: what it would change is counted and kept with it, or the refusal: those of
 * the reading (docs/reference/errors.md), `import.unknown`, `import.nothing` (not one line can be used).
 */
export async function lookAtImport(
  deps: Deps,
  tenantId: string,
  importId: string,
  report: Report = silent,
): Promise<Result<Import>> {
  const looked = await run(deps, tenantId, importId, { what: 'look' }, report);
  if (!looked.ok) await deps.db.tenant(tenantId, (tx) => saveOutcome(tx, tenantId, importId, { refusal: looked.refusal }));
  return looked;
}

/** What the user says beforehand of an import that is taken without a look. */
export interface Beforehand {
  /** full list: how many invoices it settles by no longer showing them */
  readonly settles: number;
  /** nothing is taken when one line cannot be */
  readonly strict: boolean;
}

/**
 * Takes a list in at once. The same list again, interrupted or not, changes nothing twice. Refusals of `lookAtImport` and of `applyImport`,
 * `import.settles` (it settles another number of invoices than said), `import.rejected` (strict, and lines cannot be used).
 */
export async function importNow(
  deps: Deps,
  tenantId: string,
  source: ImportSource,
  options: ImportOptions,
  beforehand: Beforehand,
  report: Report = silent,
): Promise<Result<Import>> {
  const importId = await register(deps, tenantId, source, options, 'confirmed');
  if (!importId.ok) return importId;
  const applied = await run(deps, tenantId, importId.value, { what: 'apply', beforehand }, report);
  if (!applied.ok) await abandonImport(deps, tenantId, importId.value);
  return applied;
}

/** Whether a full list settles so much at once that it may have been cut short: a quarter of what is open. */
export const settlesMuch = ({ absent, openBefore }: Pick<ImportSummary, 'absent' | 'openBefore'>): boolean =>
  absent.count >= 2 && absent.count * 4 >= openBefore.count;

/** What the user answers to the look at an import. */
export interface Answers {
  /** they read that much is settled */
  readonly sure: boolean;
  /** new debtors whose name begins like a public body's are public buyers */
  readonly publicByName: boolean;
}

/**
 * Applies an import that was looked at: everything in one transaction, or nothing. Interrupted, it stays `confirmed`, and a second call takes
 * it up; applied already, it answers what it did. Refusals `import.unknown`, `import.many-settled`,
 * `import.changed` (the books moved since it was looked at: look again), `import.unreadable` (a full list with lines whose number cannot be read:
 * what is absent cannot be told).
 */
export async function applyImport(
  deps: Deps,
  tenantId: string,
  importId: string,
  answers: Answers,
  report: Report = silent,
): Promise<Result<Import>> {
  const confirmed = await confirmImport(deps, tenantId, importId, answers);
  if (!confirmed.ok || confirmed.value.status === 'applied') return confirmed;
  const done = await run(deps, tenantId, importId, { what: 'apply' }, report);
  if (!done.ok) await deps.db.tenant(tenantId, (tx) => moveImport(tx, tenantId, importId, ['confirmed'], 'to-confirm'));
  return done;
}

/** Marks an import as wanted: from then on it can be taken up if it is interrupted. */
async function confirmImport(deps: Deps, tenantId: string, importId: string, answers: Answers): Promise<Result<Import>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const known = await readImport(tx, tenantId, importId);
    if (known?.status === 'applied' || known?.status === 'confirmed') return ok(known);
    if (!known?.summary || known.status === 'abandoned') return unknownImport();
    if (settlesMuch(known.summary) && !answers.sure) return manySettled(known.summary);
    await keepAnswer(tx, tenantId, known, answers.publicByName);
    await moveImport(tx, tenantId, importId, ['to-confirm'], 'confirmed');
    return ok(known);
  });
}

/** Gives an import up before it is applied. */
export async function abandonImport(deps: Pick<Deps, 'db'>, tenantId: string, importId: string): Promise<void> {
  await deps.db.tenant(tenantId, (tx) => moveImport(tx, tenantId, importId, ['to-confirm', 'confirmed'], 'abandoned'));
}

async function run(
  deps: Deps,
  tenantId: string,
  importId: string,
  task: { readonly what: 'look' } | { readonly what: 'apply'; readonly beforehand?: Beforehand },
  report: Report,
): Promise<Result<Import>> {
  try {
    await deps.db.bulk(tenantId, (tx, load) => work(deps, tx, load, tenantId, importId, task, report));
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
  const done = await deps.db.tenant(tenantId, (tx) => readImport(tx, tenantId, importId));
  return done ? ok(done) : unknownImport();
}

const unknownImport = () =>
  refuse('import.unknown', 'Cet import n’existe pas, ou a été abandonné\u202f: déposez la liste de nouveau.');

const manySettled = ({ absent, openBefore }: ImportSummary) =>
  refuse(
    'import.many-settled',
    `Cette liste solderait ${absent.count} des ${openBefore.count} factures ouvertes\u202f: elle est peut-être incomplète. Vérifiez-la, puis confirmez que ces factures sont bien réglées.`,
    { absent: absent.count, open: openBefore.count },
  );

export type { ImportProgress, Report };

import { basename, extname } from 'node:path';
import type { Refusal } from '#core/kernel/result.ts';
import { looksLikeStatus } from '#formats/cdar/index.ts';
import { refuseInvoice } from '#formats/invoice/index.ts';
import { readCreditor } from '#modules/companies/index.ts';
import { type ReceivedStatus, receiveStatus } from '#modules/einvoicing/index.ts';
import { filesUnder, loadFile } from '#platform/cli-files.ts';
import type { Deps } from '#platform/deps.ts';
import { fileName } from '#platform/file-name.ts';
import { type Checked, check } from './anomalies.ts';
import { withoutOrphans } from './bulk.ts';
import { confirmReading, receiveFile } from './intake.ts';
import { type Reading, readingsOf } from './readings.ts';

/** What became of one document of a file. */
export interface Taken {
  readonly reading: Reading;
  /** `added`: put on the books; `known`: it was there; `waiting`: to be confirmed in the web app, for these reasons */
  readonly outcome: 'added' | 'known' | 'waiting' | 'refused' | 'set-aside';
  readonly reasons: readonly string[];
}

/** What became of one file. */
export interface TakenFile {
  readonly path: string;
  readonly documents: readonly Taken[];
  /** what a life-cycle message of e-invoicing told */
  readonly statuses?: readonly ReceivedStatus[];
  /** it was not even kept */
  readonly refusal?: Refusal;
}

/** What clients are whose invoice does not tell; without it their invoices wait. */
export type UnknownKind = 'business' | 'consumer' | undefined;

/** What may hold an invoice: the other files of a folder are left where they are. */
const EXTENSIONS: ReadonlySet<string> = new Set(['.pdf', '.xml', '.csv']);

/** A file whose credit notes wait for the invoices of the files still to come. */
interface Held {
  readonly path: string;
  readonly documents: readonly Taken[];
  readonly credits: readonly Checked[];
}

/**
 * Takes invoice files in, one after the other, as dropping them would: what is read with certainty and needs no correction is put on the
 * books at once, the rest waits to be confirmed. Credit notes come after the invoices they reduce. The same files again change nothing;
 * stopped half-way, what is done stays so. Folders are walked through for PDF, XML and CSV files.
 */
export async function* takeFiles(
  deps: Deps,
  tenantId: string,
  paths: readonly string[],
  unknownKind: UnknownKind,
): AsyncGenerator<TakenFile> {
  const given = new Set(paths);
  const held: Held[] = [];
  for await (const path of filesUnder(paths)) {
    if (!given.has(path) && !EXTENSIONS.has(extname(path).toLowerCase())) continue;
    const loaded = await loadFile(path, deps.config.limits.fileBytes);
    if (!('bytes' in loaded)) {
      yield { path, documents: [], refusal: refuseInvoice(loaded.code, path, loaded.data).refusal };
      continue;
    }
    const file = { name: fileName(basename(path)), bytes: loaded.bytes };
    if (looksLikeStatus(file.bytes)) {
      const received = await receiveStatus(deps, tenantId, file);
      yield received.ok ? { path, documents: [], statuses: received.value } : { path, documents: [], refusal: received.refusal };
      continue;
    }
    const readings = await receiveFile(deps, tenantId, file);
    const { documents, credits } = await enter(deps, tenantId, readings, unknownKind);
    if (credits.length > 0) held.push({ path, documents, credits });
    else yield { path, documents };
  }
  for (const { path, documents, credits } of held) {
    const open = await deps.db.tenant(tenantId, (tx) => withoutOrphans(tx, tenantId, credits));
    const taken: Taken[] = [...documents];
    for (const one of open) taken.push(await confirm(deps, tenantId, one, unknownKind));
    yield { path, documents: taken };
  }
}

/** Puts the certain invoices of a file on the books; its credit notes are answered apart. */
async function enter(
  deps: Deps,
  tenantId: string,
  readings: readonly Reading[],
  unknownKind: UnknownKind,
): Promise<{ readonly documents: readonly Taken[]; readonly credits: readonly Checked[] }> {
  const creditor = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
  const documents: Taken[] = [];
  const credits: Checked[] = [];
  for (const reading of readings) {
    const checked = reading.status === 'to-confirm' ? check(reading, creditor) : undefined;
    if (!checked) documents.push({ reading, outcome: outcomeOf(reading), reasons: [] });
    else if (checked.typed.documentKind === 'credit-note' && checked.anomalies.length === 0) credits.push(checked);
    else documents.push(await confirm(deps, tenantId, checked, unknownKind));
  }
  return { documents, credits };
}

const outcomeOf = ({ status }: Reading): Taken['outcome'] => {
  if (status === 'refused') return 'refused';
  if (status === 'discarded') return 'set-aside';
  return status === 'to-confirm' ? 'waiting' : 'known';
};

/** Confirms a reading that needs no correction; answers why not otherwise. */
async function confirm(deps: Deps, tenantId: string, one: Checked, unknownKind: UnknownKind): Promise<Taken> {
  const reasons = [
    ...one.anomalies,
    ...(one.kindUnknown && unknownKind === undefined ? ['entreprise ou particulier\u202f? la facture ne le dit pas'] : []),
  ];
  const waiting = (why: readonly string[]): Taken => ({ reading: one.item, outcome: 'waiting', reasons: why });
  if (reasons.length > 0) return waiting(reasons);
  const answers = one.kindUnknown && unknownKind ? { ...one.typed, 'debtor.kind': unknownKind } : one.typed;
  const done = await confirmReading(deps, tenantId, one.item.id, answers);
  if (!done.ok && done.refusal.code !== 'reading.done' && done.refusal.code !== 'invoice.duplicate')
    return waiting([done.refusal.message]);
  const [reading = one.item] = await deps.db.tenant(tenantId, (tx) => readingsOf(tx, tenantId, { id: one.item.id }));
  return { reading, outcome: done.ok ? 'added' : 'known', reasons: [] };
}

import { createHash } from 'node:crypto';
import type { Refusal } from '#core/kernel/result.ts';
import { looksLikeStatus } from '#formats/cdar/index.ts';
import { refuseInvoice } from '#formats/invoice/index.ts';
import { type ReceivedStatus, receivedWords, receiveStatus, statusesSummary } from '#modules/einvoicing/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fileName } from '#platform/file-name.ts';
import { count, listOf, longDay, NNBSP } from '#ui/format.ts';
import { receiveFile } from './intake.ts';
import { sourceOf, titleOf } from './reading-words.ts';
import { droppedBefore, type Reading } from './readings.ts';

/** What became of one dropped file. `refusal`: it was not even kept. */
export interface Dropped {
  readonly name: string;
  readonly readings: readonly Reading[];
  /** the same content came before: when, and under which name */
  readonly before?: { readonly at: Temporal.Instant; readonly name: string };
  /** what a life-cycle message of e-invoicing told */
  readonly statuses?: readonly ReceivedStatus[];
  readonly refusal?: Refusal;
}

/** Takes files in one after the other; each one over the limit of the settings is refused unread, and the others go on. */
export async function dropFiles(deps: Deps, tenantId: string, files: readonly File[]): Promise<Dropped[]> {
  const limit = deps.config.limits.fileBytes;
  const dropped: Dropped[] = [];
  for (const file of files) {
    const name = fileName(file.name);
    if (file.size > limit) {
      const { refusal } = refuseInvoice('too-large', name, { what: 'il', size: file.size, limit });
      dropped.push({ name, readings: [], refusal });
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (looksLikeStatus(bytes)) dropped.push(await dropStatus(deps, tenantId, { name, bytes }));
    else {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const before = await deps.db.tenant(tenantId, (tx) => droppedBefore(tx, tenantId, sha256));
      const readings = await receiveFile(deps, tenantId, { name, bytes });
      dropped.push({ name, readings, ...(before ? { before } : {}) });
    }
  }
  return dropped;
}

async function dropStatus(deps: Deps, tenantId: string, file: { name: string; bytes: Uint8Array }): Promise<Dropped> {
  const received = await receiveStatus(deps, tenantId, file);
  const { name } = file;
  return received.ok ? { name, readings: [], statuses: received.value } : { name, readings: [], refusal: received.refusal };
}

const having = (readings: readonly Reading[], ...statuses: readonly Reading['status'][]): Reading[] =>
  readings.filter(({ status }) => statuses.includes(status));

/** What to say of one file at once: it can be confirmed, or why not and where to look. */
export type Answer =
  | { readonly taken: true; readonly message: string; readonly pending: readonly Reading[]; readonly caseId?: string }
  | { readonly taken: false; readonly code: string; readonly message: string; readonly caseId?: string };

export function answerTo({ readings, statuses, refusal, before }: Dropped): Answer {
  if (statuses) {
    const caseId = caseOf(statuses);
    const message = statuses.length === 1 ? statuses.map(receivedWords).join(' ') : `${statusesSummary(statuses) ?? ''}.`;
    return { taken: true, message, pending: [], ...(caseId ? { caseId } : {}) };
  }
  const pending = having(readings, 'to-confirm');
  const [first] = pending;
  if (first && before) return { taken: true, message: `${again(before)}${NNBSP}: à confirmer.`, pending };
  if (first?.reading && readings.length === 1) {
    return { taken: true, message: `${titleOf(first.reading)}${NNBSP}: ${sourceOf(first.reading).text}`, pending };
  }
  if (first) return { taken: true, message: summary(readings), pending };
  const failed = refusal ?? having(readings, 'refused')[0]?.refusal;
  if (failed) return { taken: false, code: failed.code, message: failed.message };
  const [known] = readings;
  const what = known?.reading ? titleOf(known.reading) : 'Cette facture';
  const caseId = known?.invoice?.caseId;
  const told = before ? `${again(before)}${NNBSP}: ${what} est dans Quitus.` : `${what} est déjà dans Quitus.`;
  return { taken: false, code: 'invoice.duplicate', message: told, ...(caseId ? { caseId } : {}) };
}

/** « Déjà déposé le 12 novembre 2026 sous le nom facture.pdf » */
const again = ({ at, name }: NonNullable<Dropped['before']>): string =>
  `Déjà déposé le ${longDay(at.toZonedDateTimeISO('Europe/Paris').toPlainDate())} sous le nom ${name}`;

/** How many of the files were dropped before. */
export const droppedAgain = (dropped: readonly Dropped[]): string => {
  const known = dropped.filter(({ before }) => before !== undefined);
  const [one] = known;
  if (!one?.before) return '';
  return known.length === 1
    ? ` ${again(one.before)}.`
    : ` ${count(known.length, 'fichier déjà déposé', 'fichiers déjà déposés')}.`;
};

/** The case that statuses lead to, when they all lead to the same one. */
export function caseOf(statuses: readonly ReceivedStatus[]): string | undefined {
  const cases = new Set(statuses.map(({ caseId }) => caseId));
  return cases.size === 1 ? ([...cases][0] ?? undefined) : undefined;
}

/** « 3 documents à confirmer, 1 déjà dans Quitus et 2 refusés » */
export function summary(readings: readonly Reading[], unread = 0, statuses: readonly ReceivedStatus[] = []): string {
  const pending = having(readings, 'to-confirm').length;
  const known = having(readings, 'confirmed', 'duplicate').length;
  const refused = having(readings, 'refused').length + unread;
  const parts = [
    ...(pending > 0 ? [`${count(pending, 'document')} à confirmer`] : []),
    ...(known > 0 ? [`${count(known, 'document')} déjà dans Quitus`] : []),
    ...[statusesSummary(statuses)].flatMap((text) => text ?? []),
    ...(refused > 0 ? [count(refused, 'document refusé', 'documents refusés')] : []),
  ];
  return parts.length > 0 ? `${listOf(parts)}.` : 'Rien de nouveau.';
}

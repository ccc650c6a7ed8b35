import type { Refusal } from '#core/kernel/result.ts';
import { refuseStatement } from '#formats/bank/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fileName } from '#platform/file-name.ts';
import { matchPending } from './matching.ts';
import { receiveStatement } from './statements.ts';
import { keepTable } from './tables.ts';

/** What dropped statements brought, all together. */
export interface DroppedStatements {
  /** taken */
  readonly files: number;
  /** the last one that was dropped before: when, under which name, and its first statement */
  readonly before?: { readonly at: Temporal.Instant; readonly name: string; readonly statementId: string | undefined };
  /** movements that no earlier file told */
  readonly added: number;
  /** put on the books at once */
  readonly applied: number;
  /** to look at */
  readonly waiting: number;
  readonly refusals: readonly Refusal[];
  /** kept tables of which someone must say what the columns are, by the hash of their content */
  readonly tables: readonly string[];
}

/** Takes bank files in one after the other, then matches what they brought. `accountId` is for files that name no account. */
export async function dropStatements(
  deps: Deps,
  tenantId: string,
  files: readonly File[],
  accountId: string | undefined,
): Promise<DroppedStatements> {
  const limit = deps.config.limits.fileBytes;
  const refusals: Refusal[] = [];
  const tables: string[] = [];
  let [taken, added] = [0, 0];
  let before: DroppedStatements['before'];
  for (const file of files) {
    const name = fileName(file.name, 'relevé');
    if (file.size > limit) {
      refusals.push(refuseStatement('too-large', name, { what: 'il', size: file.size, limit }).refusal);
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const received = await receiveStatement(deps, tenantId, { name, bytes }, accountId ? { accountId } : {});
    if (!received.ok) {
      const kept = await keepTable(deps, tenantId, { name, bytes }, received.refusal.code);
      if (kept) tables.push(kept);
      refusals.push(received.refusal);
      continue;
    }
    taken += 1;
    const { before: first, statements } = received.value;
    if (first) before = { ...first, statementId: statements[0]?.statementId };
    added += received.value.statements.reduce((sum, one) => sum + one.added, 0);
  }
  const { applied, proposed, unmatched } =
    taken > 0 ? await matchPending(deps, tenantId) : { applied: 0, proposed: 0, unmatched: 0 };
  return { files: taken, ...(before ? { before } : {}), added, applied, waiting: proposed + unmatched, refusals, tables };
}

import type { Refusal } from '#core/kernel/result.ts';
import { refuseStatement } from '#formats/bank/index.ts';
import type { Deps } from '#platform/deps.ts';
import { matchPending } from './matching.ts';
import { receiveStatement } from './statements.ts';

/** What dropped statements brought, all together. */
export interface DroppedStatements {
  /** taken */
  readonly files: number;
  /** one at least was known already */
  readonly again: boolean;
  /** movements that no earlier file told */
  readonly added: number;
  /** put on the books at once */
  readonly applied: number;
  /** to look at */
  readonly waiting: number;
  readonly refusals: readonly Refusal[];
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
  let [taken, again, added] = [0, false, 0];
  for (const file of files) {
    const name = (file.name.split(/[/\\]/).at(-1) ?? '').slice(0, 200) || 'relevé';
    if (file.size > limit) {
      refusals.push(refuseStatement('too-large', name, { what: 'il', size: file.size, limit }).refusal);
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const received = await receiveStatement(deps, tenantId, { name, bytes }, accountId ? { accountId } : {});
    if (!received.ok) {
      refusals.push(received.refusal);
      continue;
    }
    taken += 1;
    again ||= received.value.again;
    added += received.value.statements.reduce((sum, one) => sum + one.added, 0);
  }
  const { applied, proposed, unmatched } =
    taken > 0 ? await matchPending(deps, tenantId) : { applied: 0, proposed: 0, unmatched: 0 };
  return { files: taken, again, added, applied, waiting: proposed + unmatched, refusals };
}

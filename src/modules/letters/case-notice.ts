import { addDays, type Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { FormalNotice } from '#core/letters/formal-notice-model.ts';
import { findCaseByReference } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { readLetter } from './letters.repo.ts';
import { draftNotice, prepareNotice, USUAL_DEADLINE_DAYS } from './notices.ts';

export interface CaseNoticeOptions {
  /** the case's reference: "D-2026-0007" */
  readonly case: string;
  /** the last day to pay; in fifteen days when absent */
  readonly deadline?: Day | undefined;
  readonly instalments: boolean;
  readonly mediation: boolean;
  /** what the letter would say, without making it */
  readonly model?: boolean | undefined;
}

export type CaseNotice =
  | { readonly made: false; readonly letter: FormalNotice }
  | { readonly made: true; readonly letterId: string; readonly pdf: Uint8Array };

/** The formal notice of a case by its reference: made and kept in the case, or only told. Refusals: `case.unknown`, those of `prepareNotice`. */
export async function noticeOfCase(deps: Deps, tenantId: string, options: CaseNoticeOptions): Promise<Result<CaseNotice>> {
  const caseId = await deps.db.tenant(tenantId, (tx) => findCaseByReference(tx, tenantId, options.case));
  if (caseId === undefined) {
    return refuse(
      'case.unknown',
      `Le dossier ${options.case} n’existe pas dans cette entreprise. «\u00a0quitus case list\u00a0» donne ceux qui existent.`,
    );
  }
  const { instalments, mediation } = options;
  const deadlineOn = options.deadline ?? addDays(deps.clock.today(), USUAL_DEADLINE_DAYS);
  const choices = { deadlineOn, instalments, mediation };
  if (options.model) {
    const draft = await draftNotice(deps, tenantId, caseId, choices);
    if (!draft.ok) return draft;
    if (draft.value.status === 'composed') return ok({ made: false, letter: draft.value.letter });
  }
  const made = await prepareNotice(deps, tenantId, caseId, choices);
  if (!made.ok) return made;
  const { letterId } = made.value;
  const letter = await deps.db.tenant(tenantId, (tx) => readLetter(tx, tenantId, letterId));
  if (!letter) throw new Error(`the letter ${letterId} was made and is not there`);
  return ok({ made: true, letterId, pdf: await deps.files.read(tenantId, letter.sha256) });
}

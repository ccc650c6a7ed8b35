import { z } from 'zod';
import { statementOfAccount } from '#core/claim/account.ts';
import type { StatementOfAccount } from '#core/claim/statement.ts';
import { type Day, isAfter, isBefore, parseTypedDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Advice, FactNeeded, FormalNoticeFacts } from '#core/letters/facts.ts';
import { composeFormalNotice } from '#core/letters/formal-notice.ts';
import type { FormalNotice } from '#core/letters/formal-notice-model.ts';
import { allows, type CaseView, recordFacts, type Stage, viewCase, type Witness, witnessed } from '#modules/cases/index.ts';
import { type Creditor, creditorProfile, postalAddress, readCreditor, recordFile } from '#modules/companies/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { addDocument } from './letters.repo.ts';
import { NOTICE_TEMPLATE, renderFormalNotice } from './render.ts';

/** What the letter would say, or what it lacks. */
export type NoticeDraft =
  | { readonly status: 'missing'; readonly facts: readonly FactNeeded[] }
  | {
      readonly status: 'composed';
      readonly letter: FormalNotice;
      readonly statement: StatementOfAccount;
      readonly advice: readonly Advice[];
      /** the name the PDF is saved under: « mise-en-demeure-D-2026-0007-2026-11-21.pdf » */
      readonly fileName: string;
    };

/** The choices the user makes for a formal notice. */
export interface NoticeChoices {
  readonly deadlineOn: Day;
  /** offer to hear a proposal of instalments */
  readonly instalments: boolean;
  /** offer a free mediation or conciliation */
  readonly mediation: boolean;
}

/** Days left to the debtor when the user does not choose: what is usual is 8 to 15. */
export const USUAL_DEADLINE_DAYS = 15;

const NoticeForm = z.object({
  deadlineOn: z.string().transform((text, context): Day => {
    const value = parseTypedDay(text);
    if (value) return value;
    context.addIssue({ code: 'custom', message: 'Indiquez le dernier jour pour payer, par exemple 15/12/2026.' });
    return z.NEVER;
  }),
  instalments: z.stringbool().default(false),
  mediation: z.stringbool().default(false),
});

/** Reads the choices typed on the page. The deadline must follow the day of the letter. */
export function noticeChoices(typed: Typed, today: Day): Result<NoticeChoices> {
  const parsed = parseForm(NoticeForm, typed);
  if (!parsed.ok) return parsed;
  if (!isAfter(parsed.value.deadlineOn, today))
    return invalidForm({ deadlineOn: 'Le dernier jour pour payer doit être à venir.' });
  return parsed;
}

/**
 * The letter a case would carry today. Refusals: `letter.*` of the composition, `case.unknown`, `letter.not-computable`,
 * `letter.stopped` (closed, insolvent: a notice would be wrong).
 */
export async function draftNotice(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  choices: NoticeChoices,
): Promise<Result<NoticeDraft>> {
  const today = deps.clock.today();
  const found = await deps.db.tenant(tenantId, async (tx) => ({
    view: await viewCase(tx, tenantId, caseId, today),
    creditor: await readCreditor(tx, tenantId),
  }));
  if (!found.view) return refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
  const stopped = whyStopped(found.view.state.stage);
  if (stopped) return refuse('letter.stopped', stopped);
  const facts = noticeFacts(found.view, found.creditor, choices, today);
  if (!facts.ok) return facts;
  const outcome = composeFormalNotice(facts.value);
  if (outcome.status === 'refused') return { ok: false, refusal: outcome.refusal };
  if (outcome.status === 'missing') return ok(outcome);
  const { letter, advice } = outcome;
  const fileName = `mise-en-demeure-${found.view.reference}-${today}.pdf`;
  return ok({ status: 'composed', letter, statement: facts.value.statement, advice, fileName });
}

/** A formal notice would be wrong now. A dispute, a promise or a plan only deserve a warning, given on the page. */
function whyStopped(stage: Stage): string | undefined {
  if (allows(stage, 'formal-notice')) return undefined;
  if (stage === 'closed') return 'Ce dossier est fermé\u202f: rouvrez-le avant d’écrire.';
  if (stage === 'money-to-place')
    return 'De l’argent de ce client est arrivé sur votre compte\u202f: dites d’abord ce qu’il règle.';
  if (stage === 'payment-announced') return 'Un paiement de ce client est annoncé\u202f: vérifiez d’abord s’il est arrivé.';
  if (stage === 'document-missing' || stage === 'not-delivered')
    return 'La plateforme dit que votre client n’a pas reçu la facture, ou qu’une pièce lui manque\u202f: envoyez-la d’abord, et notez-le dans le dossier.';
  if (stage === 'withdrawn')
    return 'La plateforme dit que cette facture est annulée, ou cédée\u202f: dites d’abord dans le dossier ce qu’il en est.';
  if (stage === 'insolvent')
    return 'Une procédure collective est ouverte\u202f: la loi interdit de payer les dettes antérieures. Il faut déclarer la créance, pas mettre en demeure.';
  return 'Aucune facture de ce dossier n’est en retard\u202f: il est trop tôt pour mettre en demeure.';
}

function noticeFacts(view: CaseView, creditor: Creditor, choices: NoticeChoices, today: Day): Result<FormalNoticeFacts> {
  const { party, claim, law } = view;
  // The letter claims what is late; what is not due yet stays out of it, and the composition leaves out what owes nothing.
  const late = claim.invoices.filter((i) => isBefore(i.dueOn, today));
  const outcome = statementOfAccount({ ...claim, invoices: late }, today, law);
  if (outcome.status !== 'computed') return refuse('letter.not-computable', outcome.reason);
  return ok({
    creditor: creditorProfile(creditor),
    debtor: {
      name: party.name,
      ...(party.siren ? { siren: party.siren } : {}),
      address: postalAddress(party),
    },
    statement: outcome.value,
    law,
    ...(claim.contractRate ? { contractRate: claim.contractRate } : {}),
    reference: view.reference,
    date: today,
    deadline: choices.deadlineOn,
    instalments: choices.instalments,
    mediation: choices.mediation,
  });
}

/** The PDF of a draft, for the preview: the very bytes the letter would have. */
export async function renderDraft(deps: Pick<Deps, 'db' | 'files'>, tenantId: string, letter: FormalNotice): Promise<Uint8Array> {
  const creditor = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
  const picture = async (sha256: string | null) => (sha256 ? await deps.files.read(tenantId, sha256) : undefined);
  const logo = await picture(creditor.logoSha256);
  const signature = await picture(creditor.signatureSha256);
  return renderFormalNotice(letter, { ...(logo ? { logo } : {}), ...(signature ? { signature } : {}) });
}

/**
 * Makes the formal notice of a case: composed today, kept as PDF with its model and the statement behind it, and noted in the case.
 * The same letter asked twice is made once. Refusal `letter.missing` lists the facts to complete first; the others are those of
 * `draftNotice`.
 */
export async function prepareNotice(
  deps: Deps,
  tenantId: string,
  caseId: string,
  choices: NoticeChoices,
  witness?: Witness,
): Promise<Result<{ letterId: string }>> {
  const draft = await draftNotice(deps, tenantId, caseId, choices);
  if (!draft.ok) return draft;
  if (draft.value.status === 'missing') {
    const { facts } = draft.value;
    return refuse('letter.missing', `Il manque encore\u202f: ${facts.map((f) => f.label).join(', ')}.`, { facts });
  }
  const { letter, statement, fileName } = draft.value;
  const bytes = await renderDraft(deps, tenantId, letter);
  const sha256 = await deps.files.write(tenantId, bytes);
  return deps.db.tenant(tenantId, async (tx) => {
    const known = await unpostedLetter(tx, tenantId, caseId, sha256);
    if (known) return ok({ letterId: known });
    const letterId = newId();
    const today = deps.clock.today();
    await recordFile(tx, deps, tenantId, { sha256, bytes, mediaType: 'application/pdf', name: fileName });
    await tx
      .insertInto('letters')
      .values({
        tenant_id: tenantId,
        letter_id: letterId,
        case_id: caseId,
        kind: 'formal-notice',
        template: NOTICE_TEMPLATE,
        as_of: today,
        deadline_on: choices.deadlineOn,
        model: jsonText(letter),
        statement: JSON.stringify(statement, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)),
        file_sha256: sha256,
        created_at: deps.clock.now(),
      })
      .execute();
    await addDocument(tx, deps, tenantId, caseId, 'letter', `Mise en demeure du ${frenchDay(today)}`, sha256);
    const prepared = {
      kind: 'letter-prepared',
      on: today,
      payload: { letterId, total: statement.total.cents.toString(), deadlineOn: choices.deadlineOn.toString() },
    } as const;
    await recordFacts(tx, deps, tenantId, await witnessed(witness, tx, tenantId, caseId, prepared));
    return ok({ letterId });
  });
}

/** The letter of these very bytes that waits to be posted. Locks the case: two presses on the button are one after the other. */
async function unpostedLetter(tx: Tx, tenantId: string, caseId: string, sha256: string): Promise<string | undefined> {
  await tx
    .selectFrom('cases')
    .select('case_id')
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .forUpdate()
    .execute();
  const row = await tx
    .selectFrom('letters')
    .select('letter_id')
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('file_sha256', '=', sha256)
    .where('posted_on', 'is', null)
    .executeTakeFirst();
  return row?.letter_id;
}

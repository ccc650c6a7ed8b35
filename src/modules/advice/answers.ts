import { z } from 'zod';
import { ACTIONS, type Action } from '#core/advice/actions.ts';
import type { FileStrength, History, Solvency } from '#core/advice/claim.ts';
import { EVENT_NAMES, type EventName } from '#core/advice/events.ts';
import { type Day, parseTypedDay } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import { PARTY_QUALITIES, type PartyQuality } from '#core/law/parties.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';

/** What the user says of a case, which no document tells. Absent: not said. */
export interface Answers {
  readonly solvency?: Exclude<Solvency, 'published'>;
  readonly file?: FileStrength;
  /** what the debtor is before the courts */
  readonly debtor?: PartyQuality;
  /** the debtor's first answer, where the facts do not tell it */
  readonly reply?: 'none' | 'promise' | 'dispute';
  readonly founded?: boolean;
  readonly vulnerable?: boolean;
  /** the end of the performance: limitation runs from it */
  readonly performedOn?: Day;
  /** what losing this customer would cost, cents */
  readonly relation?: bigint;
  /** steps tried in vain, which the story of the case does not tell */
  readonly tried: Pick<History, 'plan' | 'credit' | 'mediation' | 'agency' | 'psr' | 'ip' | 'refere' | 'suit'>;
  readonly forbid: readonly Action[];
  readonly clues: readonly EventName[];
  /** the user erased the reading of the debtor, and wants none */
  readonly unread?: boolean;
}

/** Steps a user may refuse: giving up and declaring are always left to them. */
export const REFUSABLE: readonly Action[] = ACTIONS.filter((a) => a !== 'WRITEOFF' && a !== 'DECLARE' && a !== 'ENFORCE');

const blank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
const oneOf = <const T extends readonly string[]>(values: T, why: string) =>
  z
    .string()
    .optional()
    .transform((text, context): T[number] | undefined => {
      if (blank(text)) return undefined;
      const found = values.find((value) => value === text);
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: why });
      return z.NEVER;
    });
const LISTED = 'Choisissez dans la liste.';
const yes = z
  .string()
  .optional()
  .transform((text) => text === 'oui');

/** An amount of euros, or nothing. */
export const optionalAmount = z
  .string()
  .optional()
  .transform((text, context): bigint | undefined => {
    const amount = blank(text) ? undefined : parseTypedAmount(text ?? '');
    if (amount && amount.cents >= 0n) return amount.cents;
    if (blank(text)) return undefined;
    context.addIssue({ code: 'custom', message: 'Écrivez un montant en euros, par exemple 1 500,00.' });
    return z.NEVER;
  });

const optionalDay = z
  .string()
  .optional()
  .transform((text, context): Day | undefined => {
    const value = blank(text) ? undefined : parseTypedDay(text ?? '');
    if (value || blank(text)) return value;
    context.addIssue({ code: 'custom', message: 'Indiquez un jour, par exemple 31/03/2026, ou laissez vide.' });
    return z.NEVER;
  });

const AnswersForm = z.object({
  solvency: oneOf(['good', 'unknown', 'fragile', 'bad'], LISTED),
  file: oneOf(['0', '1', '2'], LISTED),
  debtor: oneOf(PARTY_QUALITIES as readonly [PartyQuality, ...PartyQuality[]], LISTED),
  reply: oneOf(['none', 'promise', 'dispute'], LISTED),
  founded: yes,
  vulnerable: yes,
  performedOn: optionalDay,
  relation: optionalAmount,
  'tried.plan': yes,
  'tried.credit': yes,
  'tried.mediation': yes,
  'tried.agency': yes,
  'tried.psr': yes,
  ip: oneOf(['rejected', 'opposed', 'title'], LISTED),
  refere: oneOf(['failed', 'title'], LISTED),
  suit: oneOf(['title'], LISTED),
  unread: yes,
});

const FIELDS: ReadonlySet<string> = new Set([
  ...Object.keys(AnswersForm.shape),
  ...REFUSABLE.map((action) => `forbid.${action}`),
  ...EVENT_NAMES.map((event) => `clue.${event}`),
]);

/** Reads answers as a form gives them. Refusal `form.invalid` names each field to correct. */
export function readAnswers(typed: Typed): Result<Answers> {
  const form = parseForm(AnswersForm, typed);
  if (!form.ok) return form;
  const { solvency, file, debtor, reply, founded, vulnerable, performedOn, relation, ip, refere, suit, unread } = form.value;
  return ok({
    ...(solvency && { solvency }),
    ...(file && { file: Number(file) as FileStrength }),
    ...(debtor && { debtor }),
    ...(reply && { reply }),
    ...(founded && { founded }),
    ...(vulnerable && { vulnerable }),
    ...(performedOn && { performedOn }),
    ...(relation !== undefined && { relation }),
    ...(unread && { unread }),
    tried: {
      ...(form.value['tried.plan'] && { plan: 'refused' as const }),
      ...(form.value['tried.credit'] && { credit: true }),
      ...(form.value['tried.mediation'] && { mediation: true }),
      ...(form.value['tried.agency'] && { agency: true }),
      ...(form.value['tried.psr'] && { psr: true }),
      ...(ip && { ip }),
      ...(refere && { refere }),
      ...(suit && { suit }),
    },
    forbid: REFUSABLE.filter((action) => typed[`forbid.${action}`] === 'oui'),
    clues: EVENT_NAMES.filter((event) => typed[`clue.${event}`] === 'oui'),
  });
}

/** The answers of a form and nothing else, empty ones left out. */
export const answersTyped = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => FIELDS.has(name) && !blank(value)));

/** What was answered of cases, as typed; those never asked about are absent. */
export async function typedAnswers(tx: Tx, tenantId: string, caseIds: readonly string[]): Promise<Map<string, Typed>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('advice_answers')
    .select(['case_id', 'answers'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', 'in', caseIds)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.answers as unknown as Typed]));
}

/** Answers as kept; what an older version wrote and this one cannot read counts as not said. */
export function keptAnswers(typed: Typed | undefined): Answers {
  const read = readAnswers(typed ?? {});
  return read.ok ? read.value : { tried: {}, forbid: [], clues: [] };
}

/**
 * Keeps the answers about a case in place of the former ones, and tells the journal which ones changed. The journal is never
 * erased: clues about the debtor are told there by their number only, and live in the table, where they can be.
 */
export async function saveAnswers(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  typed: Typed,
): Promise<Result<void>> {
  const read = readAnswers(typed);
  if (!read.ok) return read;
  const kept = answersTyped(typed);
  await deps.db.tenant(tenantId, async (tx) => {
    const at = deps.clock.now();
    const values = { answers: jsonText(kept), updated_at: at };
    await tx
      .insertInto('advice_answers')
      .values({ tenant_id: tenantId, case_id: caseId, ...values })
      .onConflict((c) => c.columns(['tenant_id', 'case_id']).doUpdateSet(values))
      .execute();
    const told = Object.fromEntries(Object.entries(kept).filter(([name]) => !name.startsWith('clue.')));
    const payload = { caseId, ...told, clues: read.value.clues.length };
    await appendJournal(tx, tenantId, { kind: 'advice-answered', on: deps.clock.today(), at, actor: 'user', payload });
  });
  return ok(undefined);
}

/** What was noticed of a debtor, or that no reading is wanted: asked apart, never in an address, which browsers and servers remember. */
const isNoticed = (name: string): boolean => name.startsWith('clue.') || name === 'unread';
export const noticedIn = (typed: Typed): Typed => Object.fromEntries(Object.entries(typed).filter(([name]) => isNoticed(name)));
export const withoutNoticed = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !isNoticed(name)));

/** Erases the reading of the debtor: the clues go for good, and no hypothesis is shown on this case until the user asks again. */
export async function forgetReading(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, caseId: string): Promise<void> {
  const known = await deps.db.tenant(tenantId, (tx) => typedAnswers(tx, tenantId, [caseId]));
  await saveAnswers(deps, tenantId, caseId, { ...withoutNoticed(known.get(caseId) ?? {}), unread: 'oui' });
}

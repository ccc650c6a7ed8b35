import { z } from 'zod';
import { type Day, isBefore, parseTypedDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { formatDecimal, parseDecimal, parsePercent, type Ratio, ratio } from '#core/kernel/ratio.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { currentLaw, type LawBook, type LawOverrides, lawWith } from '#core/law/book.ts';
import type { Override } from '#core/law/series.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { LawOverridesTable } from '#platform/db/schema.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { isId, newId } from '#platform/ids.ts';
import { semesterOf } from './semesters.ts';

/** A figure of the law that a company may set itself. */
export type Subject = LawOverridesTable['subject'];

/** Rates hold for a half-year, as the law's own do; amounts from one day to another. */
export const RATE_SUBJECTS = ['semester-reference', 'legal-rate-other', 'legal-rate-individual'] as const;
export const isRate = (subject: Subject): subject is (typeof RATE_SUBJECTS)[number] =>
  RATE_SUBJECTS.some((one) => one === subject);

/** A figure that a company set in place of the encoded one, with the reason it gave. */
export interface OwnValue {
  readonly id: string;
  readonly subject: Subject;
  readonly from: Day;
  readonly to: Day | undefined;
  /** an annual rate, for a rate; cents of euro, for an amount */
  readonly value: { readonly rate: Ratio } | { readonly cents: bigint };
  readonly note: string;
  /** the day it was written */
  readonly on: Day;
  /** since when it counts no more, and why */
  readonly withdrawn: { readonly on: Day; readonly reason: string } | undefined;
}

/** Every figure a company set, withdrawn ones included, in the order of writing. */
export async function ownValues(tx: Tx, tenantId: string): Promise<OwnValue[]> {
  const rows = await tx
    .selectFrom('law_overrides as o')
    .leftJoin('law_override_withdrawals as w', (join) =>
      join.onRef('w.tenant_id', '=', 'o.tenant_id').onRef('w.override_id', '=', 'o.override_id'),
    )
    .select(['o.override_id', 'subject', 'from_on', 'to_on', 'rate_percent', 'amount_cents', 'note', 'written_on'])
    .select(['withdrawn_on', 'reason'])
    .where('o.tenant_id', '=', tenantId)
    .orderBy('o.created_at')
    .orderBy('o.override_id')
    .execute();
  return rows.map((row) => ({
    id: row.override_id,
    subject: row.subject,
    from: row.from_on,
    to: row.to_on ?? undefined,
    value: row.rate_percent === null ? { cents: row.amount_cents ?? 0n } : { rate: rateOf(row.rate_percent) },
    note: row.note,
    on: row.written_on,
    withdrawn: row.withdrawn_on && row.reason ? { on: row.withdrawn_on, reason: row.reason } : undefined,
  }));
}

function rateOf(percent: string): Ratio {
  const rate = parsePercent(percent);
  if (!rate) throw new Error(`not a percentage in law_overrides: ${percent}`);
  return rate;
}

/** The law as a company applies it: the encoded law, and its own figures laid over it. */
export async function lawOf(tx: Tx, tenantId: string): Promise<LawBook> {
  const values = await ownValues(tx, tenantId);
  return withOwn(values);
}

/** The law with the figures that count still. Throws a RangeError when they would leave days without value between known ones. */
function withOwn(values: readonly OwnValue[]): LawBook {
  const counting = values.filter((one) => !one.withdrawn);
  return counting.length === 0 ? currentLaw : lawWith(overridesOf(counting));
}

function overridesOf(values: readonly OwnValue[]): LawOverrides {
  const laid = <T>(subject: Subject, pick: (value: OwnValue['value']) => T | undefined): Override<T>[] =>
    values.flatMap((one) => {
      const value = one.subject === subject ? pick(one.value) : undefined;
      if (value === undefined) return [];
      return [{ from: one.from, ...(one.to && { to: one.to }), value, note: one.note.replace(/[.\s]+$/u, ''), on: one.on }];
    });
  const rate = (value: OwnValue['value']) => ('rate' in value ? value.rate : undefined);
  const cents = (value: OwnValue['value']) => ('cents' in value ? value.cents : undefined);
  return {
    semesterReference: laid('semester-reference', rate),
    legalRateIndividual: laid('legal-rate-individual', rate),
    legalRateOther: laid('legal-rate-other', rate),
    recoveryIndemnity: laid('recovery-indemnity', cents),
    costs: {
      'payment-order-registry-fee': laid('payment-order-registry-fee', cents),
      'service-fee': laid('service-fee', cents),
      'recovery-fee': laid('recovery-fee', cents),
      'legal-aid-contribution': laid('legal-aid-contribution', cents),
    },
  };
}

const note = z
  .string()
  .trim()
  .min(1, 'Dites d’où vient ce chiffre\u202f: le texte, le devis, la personne et le jour.')
  .max(500, 'Ce texte est trop long (500 caractères au plus).');

const RateForm = z.object({
  rate: z.string().transform((text, context) => {
    const rate = parseDecimal(text.replace(/[\s%]/gu, '').replace(',', '.'));
    const short = rate && (rate.n * 10_000n) % rate.d === 0n;
    if (rate && short && rate.n >= 0n && rate.n <= 100n * rate.d) return ratio(rate.n, rate.d * 100n);
    context.addIssue({ code: 'custom', message: 'Écrivez un taux annuel en pour cent, par exemple 2,65.' });
    return z.NEVER;
  }),
  semester: z.string().transform((text, context) => {
    const found = semesterOf(text);
    if (found) return found;
    context.addIssue({ code: 'custom', message: 'Choisissez le semestre auquel ce taux s’applique.' });
    return z.NEVER;
  }),
  note,
});

const ENOUGH_CENTS = 100_000_000n;
const AmountForm = z
  .object({
    amount: z.string().transform((text, context) => {
      const amount = parseTypedAmount(text);
      if (amount && amount.cents >= 0n && amount.cents <= ENOUGH_CENTS) return amount.cents;
      context.addIssue({ code: 'custom', message: 'Écrivez un montant en euros, par exemple 33,47.' });
      return z.NEVER;
    }),
    from: z.string().transform((text, context): Day => {
      const value = parseTypedDay(text);
      if (value) return value;
      context.addIssue({ code: 'custom', message: 'Indiquez le premier jour où ce montant vaut, par exemple 01/03/2026.' });
      return z.NEVER;
    }),
    to: z
      .string()
      .default('')
      .transform((text, context): Day | undefined => {
        const value = text.trim() === '' ? undefined : parseTypedDay(text);
        if (value || text.trim() === '') return value;
        context.addIssue({ code: 'custom', message: 'Indiquez un jour, par exemple 31/12/2026, ou laissez vide.' });
        return z.NEVER;
      }),
    note,
  })
  .refine(({ from, to }) => !to || !isBefore(to, from), { path: ['to'], message: 'Le dernier jour vient avant le premier.' });

type Wanted = Pick<OwnValue, 'from' | 'to' | 'value' | 'note'>;

function wanted(subject: Subject, typed: Typed): Result<Wanted> {
  if (isRate(subject)) {
    const form = parseForm(RateForm, typed);
    if (!form.ok) return form;
    return ok({ ...form.value.semester, value: { rate: form.value.rate }, note: form.value.note });
  }
  const form = parseForm(AmountForm, typed);
  if (!form.ok) return form;
  const { from, to, amount, note: why } = form.value;
  return ok({ from, to, value: { cents: amount }, note: why });
}

/**
 * Records a figure of the company's own, dated, in its journal. With an `id` that is there already (a form sent twice) nothing changes.
 * Refusal `form.invalid` names each field to correct: also a half-year that would leave an unknown one before it.
 */
export async function setOwnValue(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  subject: Subject,
  typed: Typed,
): Promise<Result<void>> {
  const asked = wanted(subject, typed);
  if (!asked.ok) return asked;
  const id = typed.id !== undefined && isId(typed.id) ? typed.id : newId();
  const on = deps.clock.today();
  const { value, from, to, note: why } = asked.value;
  return deps.db.tenant(tenantId, async (tx) => {
    const known = await lockedValues(tx, tenantId);
    if (known.some((one) => one.id === id)) return ok(undefined);
    if (!holds([...known, { id, subject, ...asked.value, on, withdrawn: undefined }])) {
      return invalidForm({
        [isRate(subject) ? 'semester' : 'from']:
          'Des jours resteraient sans valeur connue entre les deux\u202f: saisissez d’abord la période qui précède.',
      });
    }
    const percent = 'rate' in value ? formatDecimal(ratio(value.rate.n * 100n, value.rate.d)) : null;
    const cents = 'cents' in value ? value.cents : null;
    await tx
      .insertInto('law_overrides')
      .values({
        tenant_id: tenantId,
        override_id: id,
        subject,
        from_on: from,
        to_on: to ?? null,
        rate_percent: percent,
        amount_cents: cents,
        note: why,
        written_on: on,
        created_at: deps.clock.now(),
      })
      .execute();
    const figure = percent === null ? { amountCents: `${cents}` } : { ratePercent: percent };
    await appendJournal(tx, tenantId, {
      kind: 'law-value-set',
      on,
      at: deps.clock.now(),
      actor: 'user',
      payload: { id, subject, from: `${from}`, to: to ? `${to}` : null, ...figure, note: why },
    });
    return ok(undefined);
  });
}

const ReasonForm = z.object({
  reason: z
    .string()
    .trim()
    .min(1, 'Dites pourquoi cette valeur ne vaut plus.')
    .max(500, 'Ce texte est trop long (500 caractères au plus).'),
});

/**
 * Withdraws a figure by another fact: it stays in the list, crossed out, and counts no more. Withdrawn already: nothing changes.
 * Refusals: `form.invalid`, `law.value-unknown`, `law.value-needed` (a later figure of the same kind rests on it).
 */
export async function withdrawOwnValue(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  id: string,
  typed: Typed,
): Promise<Result<void>> {
  const form = parseForm(ReasonForm, typed);
  if (!form.ok) return form;
  const on = deps.clock.today();
  return deps.db.tenant(tenantId, async (tx) => {
    const known = await lockedValues(tx, tenantId);
    const found = known.find((one) => one.id === id);
    if (!found) return refuse('law.value-unknown', 'Cette valeur n’est pas dans la liste de cette entreprise.');
    if (found.withdrawn) return ok(undefined);
    if (!holds(known.filter((one) => one !== found))) {
      return refuse(
        'law.value-needed',
        `Une valeur plus tardive continue celle du ${frenchDay(found.from)}\u202f: retirez d’abord la plus tardive.`,
      );
    }
    const { reason } = form.value;
    await tx
      .insertInto('law_override_withdrawals')
      .values({ tenant_id: tenantId, override_id: id, reason, withdrawn_on: on, created_at: deps.clock.now() })
      .execute();
    const at = deps.clock.now();
    await appendJournal(tx, tenantId, { kind: 'law-value-withdrawn', on, at, actor: 'user', payload: { id, reason } });
    return ok(undefined);
  });
}

/** The figures of a company, while nobody else changes them: the lock is that of its row, held until the end of the transaction. */
async function lockedValues(tx: Tx, tenantId: string): Promise<OwnValue[]> {
  await tx.selectFrom('creditors').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().execute();
  return ownValues(tx, tenantId);
}

/** Whether these figures make a law without a hole. */
function holds(values: readonly OwnValue[]): boolean {
  try {
    withOwn(values);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

import { z } from 'zod';
import { ACTIONS } from '#core/advice/actions.ts';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { STATUS_MEANINGS } from '#formats/cdar/statuses.ts';

/** A day inside a recorded payload: ISO text in the journal, a `PlainDate` in the program. */
const DayText = z.string().transform((text, context): Day => {
  const value = parseDay(text);
  if (value) return value;
  context.addIssue({ code: 'custom', message: 'not a day' });
  return z.NEVER;
});
const Cents = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const Text = z.string();
/** the rank of an entry in the journal */
const Rank = z.string().regex(/^\d+$/).transform(BigInt);

/** What shows that a claim is lost for good (CGI 272, 1); `none`: given up without a proof. */
export const LOSS_PROOFS = [
  'liquidation-judgment',
  'fruitless-enforcement',
  'disappearance',
  'liquidator-certificate',
  'none',
] as const;

/**
 * What can happen to a case, as the journal records it: the kind, and the payload it carries. Amounts are integer cents written
 * as text, days are ISO. A kind is never renamed and a payload only gains optional fields: entries are kept for ever.
 */
const PAYLOADS = {
  /** `imported`: the invoices of a list that opened it */
  'case-opened': z.object({
    reference: Text,
    imported: z.object({ importId: Text, count: z.number().int(), amount: Cents }).optional(),
  }),
  'invoice-added': z.object({ invoiceId: Text, number: Text, amount: Cents, dueOn: DayText }),
  'credit-note-applied': z.object({ creditNoteId: Text, number: Text, invoiceId: Text, amount: Cents }),
  /** `amount`: what the payment brought to this case; `says`: why it went where it went, a sentence a rule */
  'payment-recorded': z.object({
    paymentId: Text,
    amount: Cents,
    reference: Text.optional(),
    /** a bank's fee or a discount that the creditor took upon itself */
    givenUp: Cents.optional(),
    how: z.enum(['received', 'set-off', 'listed']).optional(),
    says: z.array(Text).optional(),
  }),
  'payment-reversed': z.object({ paymentId: Text, amount: Cents, reason: Text }),
  /** money of this debtor came in, and nobody knows yet what it settles; then it was placed, or set aside */
  'money-unmatched': z.object({ lineId: Text, amount: Cents }),
  'money-placed': z.object({ lineId: Text }),
  /** invoices of a list that came at once */
  'invoices-imported': z.object({ importId: Text, count: z.number().int(), amount: Cents }),
  'contact-made': z.object({ channel: z.enum(['call', 'email', 'meeting', 'letter']), text: Text }),
  'note-added': z.object({ text: Text }),
  'promise-made': z.object({ amount: Cents, payBy: DayText, text: Text.optional() }),
  'dispute-raised': z.object({ reason: Text }),
  /** `statusIds`: the statuses of e-invoicing that it settles, or that were answered */
  'dispute-settled': z.object({ text: Text, statusIds: z.array(Text).optional() }),
  /**
   * What the platforms of e-invoicing say of an invoice. `at`: the moment, as the message writes it; `amount`: paid or cashed, negative when
   * taken back; `paidBefore`: what had come to the case when it was told; `settled`: the invoice owed nothing by then
   */
  'einvoice-status': z.object({
    statusId: Text,
    invoiceId: Text,
    number: Text,
    document: z.enum(['invoice', 'credit-note']),
    code: Text,
    label: Text,
    meaning: z.enum(STATUS_MEANINGS),
    at: Text.optional(),
    reason: Text.optional(),
    action: Text.optional(),
    amount: Cents.optional(),
    paidBefore: Cents,
    settled: z.boolean(),
    messageSha256: Text,
  }),
  /** what the user did about such a status: the document sent, the invoice sent again, the payment looked for in vain */
  'status-answered': z.object({ text: Text, statusIds: z.array(Text) }),
  'plan-agreed': z.object({ instalments: z.array(z.object({ dueOn: DayText, amount: Cents })).min(1) }),
  'insolvency-published': z.object({ proceeding: z.enum(['sauvegarde', 'redressement', 'liquidation']), judgmentOn: DayText }),
  'claim-declared': z.object({ text: Text.optional() }),
  'letter-prepared': z.object({ letterId: Text, total: Cents, deadlineOn: DayText }),
  'letter-posted': z.object({
    letterId: Text,
    trackingNumber: Text.optional(),
    deadlineOn: DayText,
    /** the day until which the bank was known */
    bankUntil: DayText.optional(),
    /** how the user knew that nothing had come, when that day was too old */
    bankChecked: Text.optional(),
  }),
  'letter-outcome': z.object({ letterId: Text, outcome: z.enum(['delivered', 'refused', 'unclaimed', 'returned']) }),
  /** `agreedOn`: when it was agreed; `before`, `after`: what was owed in all on the day it was noted, in the order left and in the new one */
  'imputation-agreed': z.object({
    order: z.enum(['interest-first', 'principal-first']),
    reason: Text,
    agreedOn: DayText.optional(),
    before: Cents.optional(),
    after: Cents.optional(),
  }),
  'accessories-waived': z.object({ amount: Cents, reason: Text }),
  'contract-rate-set': z.object({ percent: Text.nullable() }),
  /** what the advice proposed when the user chose, and what was chosen; nothing of what is supposed of the debtor */
  'advice-decided': z.object({
    proposed: z.enum(ACTIONS),
    /** the steps told to be worth as much, the proposed one among them; none when it stands alone */
    tie: z.array(z.enum(ACTIONS)),
    /** net expected of the proposed step that day, and of the chosen one where it was open */
    value: Cents,
    chosenValue: Cents.optional(),
    /** a promise, a plan or a notice still ran: the advice was to wait */
    until: DayText.optional(),
    /** absent: the proposal was refused and nothing chosen instead */
    chosen: z.enum(ACTIONS).optional(),
    reason: Text.optional(),
    /** the figures it was worked out with: SHA-256 of their values, and the starting set they come from */
    figures: Text,
    startingSet: Text,
  }),
  /** the moment of the first reminder, drawn by lot between two harmless ones (days after the due date); then taken out of it */
  'timing-drawn': z.object({
    trialId: Text,
    action: z.enum(['EMAIL', 'CALL']),
    days: z.tuple([z.number().int(), z.number().int()]),
    arm: z.union([z.literal(0), z.literal(1)]),
  }),
  'timing-released': z.object({ trialId: Text, why: z.enum(['user', 'stopped']) }),
  /** an accounting choice: the claim goes to the doubtful customers; the percent of its amount before VAT that is depreciated, when decided */
  'claim-doubtful': z.object({ allowancePercent: Text.optional(), text: Text.optional() }),
  /** `proof`: what shows that a claim written off is lost, which decides whether its VAT is taken back */
  'case-closed': z.object({
    reason: z.enum(['paid', 'agreement', 'written-off', 'mistake']),
    text: Text.optional(),
    proof: z.enum(LOSS_PROOFS).optional(),
  }),
  'case-reopened': z.object({ text: Text }),
  /** earlier entries of the case that count no more: what was noted, and the decision kept along with it */
  'noted-by-mistake': z.object({ entries: z.array(Rank).min(1), reason: Text }),
} as const;

export type FactKind = keyof typeof PAYLOADS;
export type PayloadOf<K extends FactKind> = z.output<(typeof PAYLOADS)[K]>;

/** One thing that happened to a case, on a day. `seq`: its rank in the journal, once it is there. */
export type Fact = {
  [K in FactKind]: { readonly kind: K; readonly on: Day; readonly payload: PayloadOf<K>; readonly seq?: bigint };
}[FactKind];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;

/** Reads a journal entry as a fact. Throws when the journal holds what no version of Quitus wrote: that is a broken store. */
export function readFact(kind: string, on: Day, payload: unknown, seq?: bigint): Fact {
  const schema = PAYLOADS[kind as FactKind];
  if (!schema) throw new Error(`unknown kind of fact in the journal: ${kind}`);
  return { kind, on, payload: schema.parse(payload), ...(seq === undefined ? {} : { seq }) } as Fact;
}

/** What a story says was noted by mistake: the rank of each such entry, with the fact that says so. */
export function mistakesIn(story: readonly Fact[]): ReadonlyMap<bigint, FactOf<'noted-by-mistake'>> {
  return new Map(factsOf(story, 'noted-by-mistake').flatMap((fact) => fact.payload.entries.map((seq) => [seq, fact] as const)));
}

/**
 * The facts that count, out of all that the journal tells of a case: neither what was noted by mistake nor the word that says so. Noting
 * something and taking it back leaves the same facts as before.
 */
export function inForce(story: readonly Fact[]): Fact[] {
  const mistakes = mistakesIn(story);
  return story.filter((f) => f.kind !== 'noted-by-mistake' && (f.seq === undefined || !mistakes.has(f.seq)));
}

/** The facts of one kind, in order. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): FactOf<K>[] {
  return facts.filter((f): f is FactOf<K> => f.kind === kind);
}

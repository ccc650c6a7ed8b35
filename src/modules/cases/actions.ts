import { z } from 'zod';
import { type Day, isAfter, isBefore, parseTypedDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { formatDecimal, parseDecimal } from '#core/kernel/ratio.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { type OwedOn, owedWhenAgreed, tooMuch } from './agreement-limits.ts';
import { caseFacts, type NewFact, recordFact, recordFacts } from './cases.ts';
import { type Asking, statusesAsking } from './einvoice.ts';
import { type Fact, factsOf, LOSS_PROOFS } from './facts.ts';
import { impute } from './imputation.ts';
import { allows } from './moves.ts';
import { enterPayments, takeBack } from './payments.ts';
import { caseState, type Stage } from './state.ts';
import { type Witness, witnessed } from './witness.ts';

/** A day typed in a form. */
const typedDay = (message: string) =>
  z.string().transform((text, context): Day => {
    const value = parseTypedDay(text);
    if (value) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** A positive amount typed in a form, as cents. */
const typedAmount = (message: string) =>
  z.string().transform((text, context): bigint => {
    const value = parseTypedAmount(text);
    if (value && value.cents > 0n) return value.cents;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const text = (message: string) =>
  z.string().trim().min(1, message).max(5000, 'Ce texte est trop long (5 000 caractères au plus).');
const aDay = typedDay('Indiquez un jour, par exemple 31/03/2026.');
const anAmount = typedAmount('Indiquez un montant en euros, par exemple 1 250,00.');
/** ticked: the amount counts interest that is still to run */
const beyond = z.string().default('').transform(Boolean);

/** What a user may say happened to a case, and the form each saying takes. */
export const ACTION_FORMS = {
  contact: z.object({
    on: aDay,
    channel: z.enum(['call', 'email', 'meeting', 'letter'], 'Choisissez le moyen utilisé.'),
    text: text('Notez en une phrase ce qui s’est dit.'),
  }),
  note: z.object({ text: text('Écrivez la note à garder.') }),
  promise: z.object({ on: aDay, amount: anAmount, beyond, payBy: typedDay('Indiquez le jour promis pour le paiement.') }),
  dispute: z.object({ on: aDay, text: text('Notez ce que votre client conteste, avec ses mots.') }),
  'dispute-settled': z.object({ text: text('Notez comment la contestation s’est réglée.') }),
  'status-answered': z.object({ text: text('Notez ce que vous avez fait.') }),
  plan: z.object({
    on: aDay,
    amount: anAmount,
    beyond,
    instalments: z.coerce
      .number('Indiquez le nombre d’échéances.')
      .int()
      .min(2, 'Il faut au moins deux échéances.')
      .max(36, 'Trente-six échéances au plus.'),
    firstOn: typedDay('Indiquez le jour de la première échéance.'),
  }),
  insolvency: z.object({
    proceeding: z.enum(['sauvegarde', 'redressement', 'liquidation'], 'Choisissez la procédure.'),
    judgmentOn: typedDay('Indiquez le jour du jugement d’ouverture.'),
    on: typedDay('Indiquez le jour de parution au BODACC.'),
  }),
  declaration: z.object({ on: aDay, text: z.string().trim().max(5000).default('') }),
  payment: z.object({
    on: aDay,
    amount: anAmount,
    reference: z.string().trim().max(140).default(''),
    /** chosen when the form was shown: sent twice, it is one payment */
    paymentId: z.string().refine(isId).optional(),
  }),
  doubtful: z.object({
    on: aDay,
    percent: z
      .string()
      .default('')
      .transform((typed) => typed.replace(/[\s%]/gu, '').replace(',', '.'))
      .refine(
        (bare) => bare === '' || (/^\d{1,3}(\.\d{1,2})?$/.test(bare) && Number(bare) <= 100),
        'Écrivez un pourcentage de 0 à 100, par exemple 50, ou rien.',
      ),
    text: z.string().trim().max(5000).default(''),
  }),
  close: z.object({
    reason: z.enum(['paid', 'agreement', 'written-off', 'mistake'], 'Dites pourquoi le dossier se ferme.'),
    text: z.string().trim().max(5000).default(''),
    proof: z.enum(['', ...LOSS_PROOFS]).default(''),
  }),
  reopen: z.object({ text: text('Dites pourquoi le dossier reprend.') }),
} as const;

export type ActionKind = keyof typeof ACTION_FORMS;
type ActionInput = { [K in ActionKind]: { readonly kind: K; readonly input: z.output<(typeof ACTION_FORMS)[K]> } }[ActionKind];

/** What came of an action. */
export interface Acted {
  /** money settled the case, and it closed by itself */
  readonly settled: boolean;
}

/**
 * Records what the user says happened to a case. Refusals: `form.invalid` (the fields to correct; a fact cannot be later than today),
 * `case.unknown`, `case.closed`, `case.move` (it makes no sense where the case stands). A `witness` adds its own facts; a payment has none.
 */
export function act(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  kind: ActionKind,
  typed: Typed,
  witness?: Witness,
): Promise<Result<Acted>> {
  const parsed = parseForm<unknown>(ACTION_FORMS[kind], typed);
  if (!parsed.ok) return Promise.resolve(parsed);
  const action = { kind, input: parsed.value } as ActionInput;
  if ('on' in action.input && isAfter(action.input.on, deps.clock.today())) {
    return Promise.resolve(invalidForm({ on: 'Ce jour n’est pas encore venu\u202f: indiquez quand cela s’est passé.' }));
  }
  return deps.db.tenant(tenantId, async (tx) => {
    const found = await tx
      .selectFrom('cases')
      .select(['party_id', 'balance_cents', 'oldest_due_on'])
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    if (!found) return unknownCase();
    const balance = { principalCents: found.balance_cents, oldestDueOn: found.oldest_due_on ?? undefined };
    const facts = await caseFacts(tx, tenantId, caseId);
    const { stage } = caseState(facts, balance, deps.clock.today());
    if (action.kind === 'payment' && (await isEntered(tx, tenantId, action.input.paymentId)))
      return ok({ settled: stage === 'closed' });
    if (!allows(stage, kind)) return refuse(stage === 'closed' ? 'case.closed' : 'case.move', whyNot(stage, kind));
    if (action.kind === 'payment') return pay(tx, deps, tenantId, caseId, found.party_id, action.input);
    const agreeing = action.kind === 'promise' || action.kind === 'plan';
    const owed = agreeing ? await owedWhenAgreed(tx, tenantId, { caseId, facts }, action.input.on) : undefined;
    const fact = factOf(deps, action, { facts, stage, owed });
    if (!fact.ok) return fact;
    const settled = await recordFacts(tx, deps, tenantId, await witnessed(witness, tx, tenantId, caseId, fact.value));
    return ok({ settled: settled.includes(caseId) });
  });
}

/** True when the payment of this form is on the books: the button was pressed twice. */
async function isEntered(tx: Tx, tenantId: string, paymentId: string | undefined): Promise<boolean> {
  if (paymentId === undefined) return false;
  const known = await tx
    .selectFrom('payments')
    .select('payment_id')
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  return known !== undefined;
}

export const unknownCase = () => refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');

/** Why something cannot be said of a case where it stands. */
function whyNot(stage: Stage, kind: ActionKind): string {
  if (stage === 'closed') return 'Ce dossier est fermé. Rouvrez-le avant d’y ajouter quelque chose.';
  if (kind === 'reopen') return 'Ce dossier est déjà ouvert.';
  if (kind === 'dispute-settled') return 'Ce dossier n’est pas contesté.';
  if (kind === 'status-answered') return 'Aucun statut de facture électronique n’attend de réponse dans ce dossier.';
  if (kind === 'declaration') return 'Notez d’abord la procédure collective de ce client.';
  if (stage === 'insolvent')
    return 'Une procédure collective est ouverte\u202f: seule la déclaration de créance compte désormais.';
  return 'Les factures de ce dossier sont déjà soldées.';
}

/** What statuses of e-invoicing ask for at the stages that they lead to. */
const ASKED: Partial<Readonly<Record<Stage, Asking['asks']>>> = {
  disputed: 'dispute',
  'payment-announced': 'payment',
  'document-missing': 'document',
  'not-delivered': 'delivery',
  withdrawn: 'withdrawal',
};

/** The statuses that an answer given at a stage is about: those that wait there. */
const answered = (facts: readonly Fact[], stage: Stage): string[] =>
  statusesAsking(facts)
    .filter(({ asks }) => asks === ASKED[stage])
    .map(({ fact }) => fact.payload.statusId);

function factOf(
  deps: Pick<Deps, 'clock'>,
  action: Exclude<ActionInput, { kind: 'payment' }>,
  { facts, stage, owed }: { readonly facts: readonly Fact[]; readonly stage: Stage; readonly owed: OwedOn | undefined },
): Result<NewFact> {
  const today = deps.clock.today();
  switch (action.kind) {
    case 'contact':
      return ok({
        kind: 'contact-made',
        on: action.input.on,
        payload: { channel: action.input.channel, text: action.input.text },
      });
    case 'note':
      return ok({ kind: 'note-added', on: today, payload: { text: action.input.text } });
    case 'promise': {
      const { on, amount, beyond, payBy } = action.input;
      if (!isAfter(payBy, on)) return invalidForm({ payBy: 'Le jour promis doit suivre celui de la promesse.' });
      const wrong = tooMuch({ kind: 'promise', on, amount, beyond, endsOn: payBy }, owed);
      if (wrong) return invalidForm(wrong);
      return ok({ kind: 'promise-made', on, payload: { amount: amount.toString(), payBy: payBy.toString() } });
    }
    case 'dispute':
      return ok({ kind: 'dispute-raised', on: action.input.on, payload: { reason: action.input.text } });
    case 'dispute-settled':
      return ok({ kind: 'dispute-settled', on: today, payload: { text: action.input.text, statusIds: answered(facts, stage) } });
    case 'status-answered':
      return ok({ kind: 'status-answered', on: today, payload: { text: action.input.text, statusIds: answered(facts, stage) } });
    case 'plan': {
      const { on, amount, beyond, instalments, firstOn } = action.input;
      if (amount < BigInt(instalments)) return invalidForm({ amount: 'Ce montant est trop petit pour autant d’échéances.' });
      if (isBefore(firstOn, on))
        return invalidForm({
          firstOn: `Le premier versement ne peut pas venir avant le jour de l’accord, le ${frenchDay(on)}.`,
        });
      const endsOn = instalmentDay(firstOn, instalments - 1);
      const wrong = tooMuch({ kind: 'plan', on, amount, beyond, endsOn }, owed);
      return wrong ? invalidForm(wrong) : ok(planFact(action.input));
    }
    case 'insolvency':
      if (isAfter(action.input.judgmentOn, action.input.on))
        return invalidForm({ judgmentOn: 'Le jugement précède sa parution au BODACC\u202f: vérifiez les deux dates.' });
      return ok({
        kind: 'insolvency-published',
        on: action.input.on,
        payload: { proceeding: action.input.proceeding, judgmentOn: action.input.judgmentOn.toString() },
      });
    case 'doubtful': {
      const { on, percent, text } = action.input;
      const payload = { ...(percent ? { allowancePercent: percent } : {}), ...(text ? { text } : {}) };
      return ok({ kind: 'claim-doubtful', on, payload });
    }
    case 'close': {
      const { reason, text, proof } = action.input;
      const payload = { reason, text, ...(reason === 'written-off' && proof !== '' ? { proof } : {}) };
      return ok({ kind: 'case-closed', on: today, payload });
    }
    case 'declaration':
      return ok({ kind: 'claim-declared', on: action.input.on, payload: action.input.text ? { text: action.input.text } : {} });
    case 'reopen':
      return ok({ kind: 'case-reopened', on: today, payload: { text: action.input.text } });
  }
}

const instalmentDay = (firstOn: Day, months: number): Day => firstOn.add({ months });

/** A plan of monthly instalments: equal ones, in order, the cents that do not divide on the last. */
function planFact(input: { on: Day; amount: bigint; instalments: number; firstOn: Day }): NewFact {
  const part = input.amount / BigInt(input.instalments);
  const instalments = Array.from({ length: input.instalments }, (_, i) => ({
    dueOn: instalmentDay(input.firstOn, i).toString(),
    amount: (i === input.instalments - 1 ? input.amount - part * BigInt(i) : part).toString(),
  }));
  return { kind: 'plan-agreed', on: input.on, payload: { instalments } };
}

/**
 * A payment on a case settles its invoices in the order of the law (see `impute`); what they do not owe stays to be placed or given back.
 * Refusals `case.no-invoice`, `payment.currency`.
 */
async function pay(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseId: string,
  partyId: string,
  input: { on: Day; amount: bigint; reference: string; paymentId?: string | undefined },
): Promise<Result<Acted>> {
  const invoices = await tx
    .selectFrom('invoices')
    .select(['invoice_id', 'currency'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('document_kind', '=', 'invoice')
    .orderBy('due_on')
    .orderBy('number')
    .execute();
  const [first] = invoices;
  if (!first) return refuse('case.no-invoice', 'Ce dossier n’a pas de facture à laquelle rattacher un paiement.');
  const { currency } = first;
  const payment = { amountCents: input.amount, currency, on: input.on };
  const same = invoices.filter((row) => row.currency === currency).map((row) => row.invoice_id);
  const imputed = await impute(tx, tenantId, payment, same);
  if (!imputed.ok) return imputed;
  const { closedCases } = await enterPayments(tx, deps, tenantId, [
    {
      ...(input.paymentId ? { id: input.paymentId } : {}),
      caseId,
      partyId,
      receivedOn: input.on,
      currency,
      amountCents: input.amount,
      reference: input.reference || null,
      parts: imputed.value.parts,
      says: imputed.value.trace.map((step) => step.says),
    },
  ]);
  return ok({ settled: closedCases.includes(caseId) });
}

/**
 * Takes a payment of the case back: bounced, or entered by mistake. Refusals: `form.invalid` (no reason), `payment.unknown`,
 * `payment.already-reversed`, `payment.refunded`.
 */
export function takePaymentBack(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  paymentId: string,
  typedReason: string,
): Promise<Result<void>> {
  const reason = typedReason.trim();
  if (reason === '') return Promise.resolve(invalidForm({ reason: 'Dites pourquoi ce paiement est annulé.' }));
  return deps.db.tenant(tenantId, async (tx) => {
    const known = factsOf(await caseFacts(tx, tenantId, caseId), 'payment-recorded').some(
      (f) => f.payload.paymentId === paymentId,
    );
    if (!known) return refuse('payment.unknown', 'Ce paiement n’est pas dans ce dossier.');
    const taken = await takeBack(tx, deps, tenantId, paymentId, deps.clock.today(), reason);
    return taken.ok ? ok(undefined) : taken;
  });
}

/** Sets the late-payment rate that the contract or the terms of sale give, in percent a year; empty text means the rate of the law. */
export async function setContractRate(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  caseId: string,
  typed: string,
): Promise<Result<void>> {
  const bare = typed.replace(/[\s%]/gu, '').replace(',', '.');
  // As many places as the store keeps: the rate of the fact and the rate of the case are the same.
  const rate = bare === '' ? null : /^\d{1,3}(\.\d{1,4})?$/.test(bare) ? parseDecimal(bare) : undefined;
  if (rate === undefined || (rate && rate.n > 100n * rate.d)) {
    return invalidForm({
      contractRate:
        'Écrivez un taux annuel en pour cent, par exemple 12 ou 10,5 (quatre décimales au plus)\u202f; laissez vide pour le taux légal.',
    });
  }
  const percent = rate && formatDecimal(rate);
  return deps.db.tenant(tenantId, async (tx) => {
    const updated = await tx
      .updateTable('cases')
      .set({ contract_rate_percent: percent })
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return unknownCase();
    await recordFact(tx, deps, tenantId, caseId, { kind: 'contract-rate-set', on: deps.clock.today(), payload: { percent } });
    return ok(undefined);
  });
}

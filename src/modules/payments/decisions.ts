import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Evidence, Match, MatchedBy, MatchKind } from '#core/matching/model.ts';
import { impute, lockInvoices, takeBack } from '#modules/cases/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { learnFrom } from './aliases.ts';
import { type Applying, applyCredits, applyReversal, bringsMoney, enterAgain, outdated } from './applying.ts';
import { holdCases } from './holds.ts';
import { insertMatches, lockMatching, setStates } from './matching.ts';

type World = Pick<Deps, 'db' | 'clock'>;

/** What a decision on a line led to. */
export interface Decided {
  readonly lineId: string;
  /** the payment it made; null when nothing entered the books */
  readonly paymentId: string | null;
  readonly closedCases: readonly string[];
}

interface StoredLine {
  readonly id: string;
  readonly bookedOn: Day;
  readonly amountCents: bigint;
  readonly currency: string;
  readonly text: string;
  readonly name: string | null;
  readonly iban: string | null;
  readonly state: string;
}

interface StoredMatch {
  readonly match: Match;
  readonly status: 'proposed' | 'applied' | 'rejected' | 'undone';
  readonly paymentId: string | null;
}

const unknownMatch = () =>
  refuse('match.unknown', 'Cette proposition n’existe plus\u202f: le rapprochement a été relancé depuis. Rechargez la page.');
const unknownLine = () => refuse('bank.unknown-line', 'Cette ligne de relevé n’existe pas dans cette entreprise.');
const decided = () =>
  refuse('match.decided', 'Cette ligne est déjà rapprochée. Annulez d’abord ce rapprochement si vous voulez en changer.');

async function lineById(tx: Tx, tenantId: string, lineId: string): Promise<StoredLine | undefined> {
  const row = await tx
    .selectFrom('bank_lines')
    .select(['line_id', 'booked_on', 'amount_cents', 'currency', 'text', 'name', 'iban', 'state'])
    .where('tenant_id', '=', tenantId)
    .where('line_id', '=', lineId)
    .executeTakeFirst();
  return row && { ...row, id: row.line_id, bookedOn: row.booked_on, amountCents: row.amount_cents };
}

async function matchById(tx: Tx, tenantId: string, matchId: string): Promise<StoredMatch | undefined> {
  const row = await tx
    .selectFrom('bank_matches')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('match_id', '=', matchId)
    .executeTakeFirst();
  if (!row) return undefined;
  const parts = await tx
    .selectFrom('bank_match_parts')
    .select(['invoice_id', 'cents', 'accessories_cents'])
    .where('tenant_id', '=', tenantId)
    .where('match_id', '=', matchId)
    .orderBy('invoice_id')
    .execute();
  const match: Match = {
    lineId: row.line_id,
    kind: row.kind as MatchKind,
    by: row.matched_by as MatchedBy,
    ...(row.party_id ? { partyId: row.party_id } : {}),
    parts: parts.map((part) => ({ invoiceId: part.invoice_id, cents: part.cents, accessoriesCents: part.accessories_cents })),
    surplusCents: row.surplus_cents,
    shortCents: row.short_cents,
    ...(row.counterpart_id ? { counterpart: row.counterpart_id } : {}),
    confidence: row.confidence,
    certain: false,
    evidence: row.evidence as unknown as Evidence[],
  };
  return { match, status: row.status, paymentId: row.payment_id };
}

async function mark(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  matchId: string,
  status: 'applied' | 'rejected' | 'undone',
  paymentId?: string | null,
): Promise<void> {
  await tx
    .updateTable('bank_matches')
    .set({
      status,
      decided_by: 'user',
      decided_at: deps.clock.now(),
      ...(paymentId === undefined ? {} : { payment_id: paymentId }),
    })
    .where('tenant_id', '=', tenantId)
    .where('match_id', '=', matchId)
    .execute();
}

async function dropProposals(tx: Tx, tenantId: string, lineId: string): Promise<void> {
  await tx
    .deleteFrom('bank_matches')
    .where('tenant_id', '=', tenantId)
    .where('line_id', '=', lineId)
    .where('status', '=', 'proposed')
    .execute();
}

/** The line is decided: its cases are free of it, and the journal says who decided. */
async function settleLine(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  lineId: string,
  state: 'applied' | 'ignored',
  told: { readonly kind: string; readonly [key: string]: string | null },
): Promise<void> {
  await dropProposals(tx, tenantId, lineId);
  await holdCases(tx, deps, tenantId, [lineId], []);
  await setStates(tx, tenantId, [{ lineId, state, partyId: null }]);
  const { kind, ...payload } = told;
  await appendJournal(tx, tenantId, {
    kind,
    on: deps.clock.today(),
    at: deps.clock.now(),
    actor: 'user',
    payload: { lineId, ...payload },
  });
}

/**
 * Confirms a proposal: its payment enters the books, and the payer is known from now on. `giveUpShort` gives up the missing fee or discount
 * instead of leaving it due (by default, only a bank's fee). Refusals `match.unknown`, `match.decided`, `match.outdated`.
 */
export function applyMatch(
  deps: World,
  tenantId: string,
  matchId: string,
  options: { readonly giveUpShort?: boolean } = {},
): Promise<Result<Decided>> {
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const found = await matchById(tx, tenantId, matchId);
    const line = found && (await lineById(tx, tenantId, found.match.lineId));
    if (!found || !line || found.status === 'undone' || found.status === 'rejected') return unknownMatch();
    if (found.status === 'applied' || line.state === 'applied') return decided();
    const reading = found.match;
    const one: Applying = { reading, line, giveUpShort: options.giveUpShort ?? reading.kind === 'less-fee' };
    let paymentId: string | null = null;
    let closedCases: readonly string[] = [];
    if (!bringsMoney(one)) {
      const done = await applyReversal(tx, deps, tenantId, one, 'user');
      if (!done.ok) return done;
      paymentId = done.value;
    } else if (reading.kind !== 'wrong-entity' || reading.partyId) {
      if (!(await stillHolds(tx, tenantId, reading))) return outdated();
      const done = await applyCredits(tx, deps, tenantId, [one], 'user');
      paymentId = done.paymentIds[0] ?? null;
      closedCases = done.closedCases;
    }
    await mark(tx, deps, tenantId, matchId, 'applied', paymentId);
    if (reading.partyId && line.amountCents > 0n) await learnFrom(tx, deps, tenantId, { ...line, partyId: reading.partyId });
    await settleLine(tx, deps, tenantId, line.id, 'applied', { kind: 'bank-match-confirmed', matchId, paymentId });
    return ok({ lineId: line.id, paymentId, closedCases });
  });
}

/** Whether what a reading takes is still there to be taken. */
async function stillHolds(tx: Tx, tenantId: string, reading: Match): Promise<boolean> {
  const invoices = await lockInvoices(
    tx,
    tenantId,
    reading.parts.map((part) => part.invoiceId),
  );
  const notes = await tx
    .selectFrom('invoices')
    .select(['invoice_id', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`invoice_id = any(${reading.parts.filter((p) => p.cents < 0n).map((p) => p.invoiceId)}::uuid[])`)
    .where('document_kind', '=', 'credit-note')
    .execute();
  const left = new Map(notes.map((row) => [row.invoice_id, row.balance_cents]));
  return reading.parts.every((part) =>
    part.cents < 0n
      ? -part.cents <= (left.get(part.invoiceId) ?? 0n)
      : part.cents <= (invoices.get(part.invoiceId)?.balanceCents ?? -1n),
  );
}

/**
 * Turns a proposal down: it is not offered again, and what it took for the payer is remembered as wrong when `wrongPayer`. The line waits for
 * its other proposals, or for someone to say what it is. Refusals `match.unknown`, `match.decided`.
 */
export function rejectMatch(
  deps: World,
  tenantId: string,
  matchId: string,
  options: { readonly wrongPayer?: boolean } = {},
): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const found = await matchById(tx, tenantId, matchId);
    const line = found && (await lineById(tx, tenantId, found.match.lineId));
    if (!found || !line) return unknownMatch();
    if (found.status !== 'proposed') return found.status === 'applied' ? decided() : unknownMatch();
    await mark(tx, deps, tenantId, matchId, 'rejected');
    const { partyId } = found.match;
    if (options.wrongPayer && partyId) await learnFrom(tx, deps, tenantId, { ...line, partyId, rejected: true });
    const others = await tx
      .selectFrom('bank_matches')
      .select('party_id')
      .where('tenant_id', '=', tenantId)
      .where('line_id', '=', line.id)
      .where('status', '=', 'proposed')
      .orderBy('rank')
      .executeTakeFirst();
    const payer = others ? others.party_id : options.wrongPayer ? null : (partyId ?? null);
    const waiting = payer && line.amountCents > 0n ? [{ ...line, lineId: line.id, partyId: payer }] : [];
    await holdCases(tx, deps, tenantId, [line.id], waiting);
    await setStates(tx, tenantId, [{ lineId: line.id, state: others ? 'proposed' : 'unmatched', partyId: payer }]);
    await appendJournal(tx, tenantId, {
      kind: 'bank-match-rejected',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { lineId: line.id, matchId, wrongPayer: options.wrongPayer ?? false },
    });
    return ok(undefined);
  });
}

/**
 * Undoes an applied match: its payment is taken back by a new fact, the line waits again, and this reading is not applied to it again.
 * Refusals `match.unknown`, `match.not-undoable` (money given back to the debtor), those of `takeBack`.
 */
export function undoMatch(deps: World, tenantId: string, matchId: string, typedReason: string): Promise<Result<Decided>> {
  const reason = typedReason.trim() || 'Erreur de rapprochement';
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const found = await matchById(tx, tenantId, matchId);
    const line = found && (await lineById(tx, tenantId, found.match.lineId));
    if (!found || !line || found.status !== 'applied') return unknownMatch();
    let paymentId: string | null = null;
    if (found.paymentId && line.amountCents > 0n) {
      const taken = await takeBack(tx, deps, tenantId, found.paymentId, deps.clock.today(), reason);
      if (!taken.ok && taken.refusal.code !== 'payment.already-reversed') return taken;
    } else if (found.paymentId) {
      const again = await enterAgain(tx, deps, tenantId, found.paymentId, 'user');
      if (!again)
        return refuse(
          'match.not-undoable',
          'Cet argent a été rendu à votre client\u202f: notez plutôt ce qui s’est passé dans le dossier.',
        );
      paymentId = again;
    }
    await mark(tx, deps, tenantId, matchId, 'undone');
    const payer = line.amountCents > 0n ? (found.match.partyId ?? null) : null;
    await setStates(tx, tenantId, [{ lineId: line.id, state: 'unmatched', partyId: payer }]);
    await holdCases(tx, deps, tenantId, [line.id], payer ? [{ ...line, lineId: line.id, partyId: payer }] : []);
    await appendJournal(tx, tenantId, {
      kind: 'bank-match-undone',
      on: deps.clock.today(),
      at: deps.clock.now(),
      actor: 'user',
      payload: { lineId: line.id, matchId, reason },
    });
    return ok({ lineId: line.id, paymentId, closedCases: [] });
  });
}

/**
 * The user says which invoices an incoming line pays, in the order the debtor chose; what they do not owe stays to be placed. Refusals
 * `bank.unknown-line`, `match.decided`, `match.debit`, `match.no-invoice`, those of `impute`.
 */
export function placeLine(
  deps: World,
  tenantId: string,
  lineId: string,
  invoiceIds: readonly string[],
): Promise<Result<Decided & { readonly excessCents: bigint }>> {
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const line = await lineById(tx, tenantId, lineId);
    if (!line) return unknownLine();
    if (line.state === 'applied') return decided();
    if (line.amountCents <= 0n)
      return refuse('match.debit', 'Cette ligne est une sortie d’argent\u202f: elle ne règle aucune facture.');
    const [firstId] = invoiceIds;
    if (!firstId) return refuse('match.no-invoice', 'Choisissez au moins une facture.');
    const payment = { amountCents: line.amountCents, currency: line.currency, on: line.bookedOn };
    const imputed = await impute(tx, tenantId, payment, invoiceIds, invoiceIds);
    if (!imputed.ok) return imputed;
    const partyId = (await lockInvoices(tx, tenantId, [firstId])).get(firstId)?.partyId;
    const { parts, excessCents, trace } = imputed.value;
    const sums = new Map<string, { cents: bigint; accessoriesCents: bigint }>();
    for (const { invoiceId, amountCents, purpose } of parts) {
      const sum = sums.get(invoiceId) ?? { cents: 0n, accessoriesCents: 0n };
      if (purpose === 'principal') sum.cents += amountCents;
      else sum.accessoriesCents += amountCents;
      sums.set(invoiceId, sum);
    }
    const reading: Match = {
      lineId,
      kind: excessCents > 0n ? 'overpaid' : 'on-account',
      by: 'number',
      ...(partyId ? { partyId } : {}),
      parts: [...sums].map(([invoiceId, sum]) => ({ invoiceId, ...sum })),
      surplusCents: excessCents,
      shortCents: 0n,
      confidence: 100,
      certain: false,
      evidence: [
        { about: 'payer', says: 'Factures choisies à la main.' },
        ...trace.map((step) => ({ about: 'amount' as const, says: step.says })),
      ],
    };
    const done = await applyCredits(tx, deps, tenantId, [{ reading, line, giveUpShort: false }], 'user');
    const paymentId = done.paymentIds[0] ?? null;
    await dropProposals(tx, tenantId, lineId);
    await insertMatches(tx, deps, tenantId, [{ match: reading, rank: 1, status: 'applied', paymentId }], 'user');
    if (partyId) await learnFrom(tx, deps, tenantId, { ...line, partyId });
    await settleLine(tx, deps, tenantId, lineId, 'applied', { kind: 'bank-line-placed', paymentId });
    return ok({ lineId, paymentId, closedCases: done.closedCases, excessCents });
  });
}

/** Sets a line aside: it has nothing to do with any invoice. Refusals `bank.unknown-line`, `match.decided`. */
export function ignoreLine(deps: World, tenantId: string, lineId: string, reason: string): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const line = await lineById(tx, tenantId, lineId);
    if (!line) return unknownLine();
    if (line.state === 'applied') return decided();
    await settleLine(tx, deps, tenantId, lineId, 'ignored', { kind: 'bank-line-ignored', reason: reason.trim() || null });
    return ok(undefined);
  });
}

/** Brings a line that was set aside back among those to look at. Refusals `bank.unknown-line`, `match.decided`. */
export function restoreLine(deps: World, tenantId: string, lineId: string): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const line = await lineById(tx, tenantId, lineId);
    if (!line) return unknownLine();
    if (line.state === 'applied') return decided();
    await setStates(tx, tenantId, [{ lineId, state: 'new', partyId: null }]);
    const at = deps.clock.now();
    await appendJournal(tx, tenantId, {
      kind: 'bank-line-restored',
      on: deps.clock.today(),
      at,
      actor: 'user',
      payload: { lineId },
    });
    return ok(undefined);
  });
}

import { sql } from 'kysely';
import { matchStatement } from '#core/matching/match.ts';
import type { Match, StatementLine } from '#core/matching/model.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { type Applying, applyCredits, applyReversal, bringsMoney } from './applying.ts';
import { holdCases } from './holds.ts';
import { earlierPayments, invoicesElsewhere, knownParties, learnedAliases, openInvoices, waitingLines } from './open-items.ts';

/** What a run of the matching did. */
export interface MatchedLines {
  /** lines looked at */
  readonly lines: number;
  /** certain: on the books */
  readonly applied: number;
  /** one word each is asked */
  readonly proposed: number;
  /** incoming, and nobody could tell */
  readonly unmatched: number;
  /** outgoing movements that concern no client */
  readonly setAside: number;
  readonly closedCases: readonly string[];
}

/** Lines looked at in one run; what is left is for the next one. */
const LINES = 200_000;
const AT_ONCE = 1000;

/**
 * Looks at every line that waits: certain readings are applied, the others proposed, and money of a known debtor that nobody placed holds
 * that debtor's cases. One transaction: interrupted, it did nothing. Running it again changes nothing by itself.
 */
export async function matchPending(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string): Promise<MatchedLines> {
  const elsewhere = await invoicesElsewhere(deps, tenantId);
  return deps.db.tenant(tenantId, async (tx) => {
    await lockMatching(tx, tenantId);
    const lines = await waitingLines(tx, tenantId, LINES);
    if (lines.length === 0) return { lines: 0, applied: 0, proposed: 0, unmatched: 0, setAside: 0, closedCases: [] };
    const today = deps.clock.today();
    const debits = lines.some((line) => line.amountCents < 0n);
    const answer = matchStatement({
      lines,
      invoices: await openInvoices(tx, tenantId, today),
      parties: await knownParties(tx, tenantId),
      learned: await learnedAliases(tx, tenantId),
      elsewhere,
      earlier: debits ? await earlierPayments(tx, tenantId, today) : [],
    });
    const byId = new Map(lines.map((line) => [line.id, line]));
    const refused = await refusedReadings(tx, tenantId, lines);
    const isRefused = (match: Match): boolean => refused.has(signatureOf(match));
    await forgetProposals(tx, tenantId, lines);

    const certain = answer.matches.filter((match) => !isRefused(match));
    const closedCases = await applyAll(tx, deps, tenantId, certain, byId);

    const proposals = answer.proposals.map((one) => ({ ...one, ranked: one.ranked.filter((match) => !isRefused(match)) }));
    const proposed = proposals.filter((one) => one.ranked.length > 0);
    await insertMatches(
      tx,
      deps,
      tenantId,
      proposed.flatMap((one) =>
        one.ranked.map((match, i) => ({ match, rank: i + 1, status: 'proposed' as const, paymentId: null })),
      ),
    );
    const unread = [
      ...answer.unmatched,
      ...proposals.filter((one) => one.ranked.length === 0),
      ...answer.matches.filter(isRefused).map(({ lineId, partyId }) => ({ lineId, ...(partyId ? { partyId } : {}) })),
    ];
    const credit = (lineId: string): boolean => (byId.get(lineId)?.amountCents ?? 0n) > 0n;
    const unmatched = unread.filter(({ lineId }) => credit(lineId));
    const aside = unread.filter(({ lineId }) => !credit(lineId));
    const waiting = [...proposed, ...unmatched].flatMap(({ lineId, partyId }) => {
      const line = byId.get(lineId);
      return line && partyId && line.amountCents > 0n
        ? [{ lineId, partyId, amountCents: line.amountCents, bookedOn: line.bookedOn }]
        : [];
    });
    await holdCases(tx, deps, tenantId, [...byId.keys()], waiting);
    const moved = await setStates(tx, tenantId, [
      ...certain.map(({ lineId }) => ({ lineId, state: 'applied' as const, partyId: null })),
      ...proposed.map(({ lineId, partyId }) => ({ lineId, state: 'proposed' as const, partyId: partyId ?? null })),
      ...unmatched.map(({ lineId, partyId }) => ({ lineId, state: 'unmatched' as const, partyId: partyId ?? null })),
      ...aside.map(({ lineId }) => ({ lineId, state: 'ignored' as const, partyId: null })),
    ]);
    const done = {
      lines: lines.length,
      applied: certain.length,
      proposed: proposed.length,
      unmatched: unmatched.length,
      setAside: aside.length,
    };
    if (moved > 0n)
      await appendJournal(tx, tenantId, {
        kind: 'bank-lines-matched',
        on: today,
        at: deps.clock.now(),
        actor: 'system',
        payload: done,
      });
    return { ...done, closedCases };
  });
}

/** Runs of the matching, and decisions on its lines, come one after the other in a company. */
export async function lockMatching(tx: Tx, tenantId: string): Promise<void> {
  await tx.selectFrom('creditors').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().execute();
}

/** Applies certain readings in the order of the bank: runs of credits together, each debit after what it takes back. */
async function applyAll(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  certain: readonly Match[],
  byId: ReadonlyMap<string, StatementLine>,
): Promise<string[]> {
  const closedCases: string[] = [];
  let run: Applying[] = [];
  const flush = async (): Promise<void> => {
    for (let start = 0; start < run.length; start += AT_ONCE) {
      const some = run.slice(start, start + AT_ONCE);
      const done = await applyCredits(tx, deps, tenantId, some, 'system');
      closedCases.push(...done.closedCases);
      const rows = some.map(({ reading }, i) => ({
        match: reading,
        rank: 1,
        status: 'applied' as const,
        paymentId: done.paymentIds[i] ?? null,
      }));
      await insertMatches(tx, deps, tenantId, rows);
    }
    run = [];
  };
  for (const reading of certain) {
    const line = byId.get(reading.lineId);
    if (!line) throw new Error(`the matching answered about a line it was not given: ${reading.lineId}`);
    const one: Applying = { reading, line: { ...line, name: line.name ?? null }, giveUpShort: reading.kind === 'less-fee' };
    if (bringsMoney(one)) {
      run.push(one);
      continue;
    }
    await flush();
    const done = await applyReversal(tx, deps, tenantId, one, 'system');
    if (!done.ok) throw new Error(`a certain reading was refused: ${done.refusal.code}`);
    await insertMatches(tx, deps, tenantId, [{ match: reading, rank: 1, status: 'applied', paymentId: done.value }]);
  }
  await flush();
  return closedCases;
}

/** What a reading says, to recognise it when a person turned it down before. */
const signatureOf = (
  match: Pick<Match, 'lineId' | 'counterpart'> & { readonly parts: readonly { readonly invoiceId: string }[] },
): string => [match.lineId, match.counterpart ?? '', ...match.parts.map((part) => part.invoiceId).sort()].join(' ');

async function refusedReadings(tx: Tx, tenantId: string, lines: readonly StatementLine[]): Promise<Set<string>> {
  const { rows } = await sql<{ line_id: string; counterpart_id: string | null; invoices: string[] | null }>`
    select m.line_id, m.counterpart_id, (
      select array_agg(p.invoice_id::text) from bank_match_parts p where p.tenant_id = m.tenant_id and p.match_id = m.match_id) as invoices
    from bank_matches m
    where m.tenant_id = ${tenantId} and m.status in ('rejected', 'undone') and m.line_id = any(${lines.map((l) => l.id)}::uuid[])`.execute(
    tx,
  );
  return new Set(
    rows.map((row) =>
      signatureOf({
        lineId: row.line_id,
        ...(row.counterpart_id ? { counterpart: row.counterpart_id } : {}),
        parts: (row.invoices ?? []).map((invoiceId) => ({ invoiceId })),
      }),
    ),
  );
}

async function forgetProposals(tx: Tx, tenantId: string, lines: readonly StatementLine[]): Promise<void> {
  await sql`delete from bank_matches
    where tenant_id = ${tenantId} and status = 'proposed' and line_id = any(${lines.map((l) => l.id)}::uuid[])`.execute(tx);
}

interface NewMatch {
  readonly match: Match;
  readonly rank: number;
  readonly status: 'proposed' | 'applied';
  readonly paymentId: string | null;
}

/** Keeps readings with their parts and evidence. */
export async function insertMatches(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  all: readonly NewMatch[],
  actor = 'system',
): Promise<string[]> {
  const at = deps.clock.now();
  const ids: string[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE).map((one) => ({ ...one, id: newId() }));
    ids.push(...some.map((one) => one.id));
    await tx
      .insertInto('bank_matches')
      .values(
        some.map(({ id, match, rank, status, paymentId }) => ({
          tenant_id: tenantId,
          match_id: id,
          line_id: match.lineId,
          rank,
          kind: match.kind,
          matched_by: match.by,
          party_id: match.partyId ?? null,
          confidence: Math.round(match.confidence),
          surplus_cents: match.surplusCents,
          short_cents: match.shortCents,
          counterpart_id: match.counterpart ?? null,
          evidence: jsonText(match.evidence.map(({ about, says }) => ({ about, says }))),
          status,
          payment_id: paymentId,
          decided_by: status === 'applied' ? actor : null,
          decided_at: status === 'applied' ? at : null,
          created_at: at,
        })),
      )
      .execute();
    const parts = some.flatMap(({ id, match }) =>
      match.parts.map((part) => ({
        tenant_id: tenantId,
        match_id: id,
        invoice_id: part.invoiceId,
        cents: part.cents,
        accessories_cents: part.accessoriesCents,
      })),
    );
    for (let at = 0; at < parts.length; at += AT_ONCE)
      await tx
        .insertInto('bank_match_parts')
        .values(parts.slice(at, at + AT_ONCE))
        .execute();
  }
  return ids;
}

/** Writes what became of lines; answers how many changed. */
export async function setStates(
  tx: Tx,
  tenantId: string,
  lines: readonly {
    readonly lineId: string;
    readonly state: 'new' | 'proposed' | 'unmatched' | 'applied' | 'ignored';
    readonly partyId: string | null;
  }[],
): Promise<bigint> {
  const { numAffectedRows } = await sql`
    update bank_lines l set state = n.state, party_id = n.party_id
    from unnest(${lines.map((l) => l.lineId)}::uuid[], ${lines.map((l) => l.state)}::text[], ${lines.map((l) => l.partyId)}::uuid[])
      as n (line_id, state, party_id)
    where l.tenant_id = ${tenantId} and l.line_id = n.line_id
      and (l.state, l.party_id) is distinct from (n.state, n.party_id)`.execute(tx);
  return numAffectedRows ?? 0n;
}

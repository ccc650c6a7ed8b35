import { day } from '#core/kernel/day.ts';
import { type MatchingInput, matchStatement } from '#core/matching/match.ts';
import type { KnownParty, Match, OpenInvoice, StatementLine } from '#core/matching/model.ts';

/** Short ways to write a batch down. */
export const party = (id: string, name: string, iban?: string): KnownParty => ({
  id,
  name,
  aliases: [],
  ibans: iban ? [iban] : [],
});

export function invoice(number: string, partyId: string, cents: bigint, more: Partial<OpenInvoice> = {}): OpenInvoice {
  return {
    id: number,
    partyId,
    number,
    issuedOn: day('2026-01-15'),
    dueOn: day('2026-02-14'),
    currency: 'EUR',
    balanceCents: cents,
    ...more,
  };
}

export function line(id: string, cents: bigint, text: string, more: Partial<StatementLine> = {}): StatementLine {
  const bookedOn = day('2026-03-02');
  return { id, bookedOn, valueOn: bookedOn, amountCents: cents, currency: 'EUR', text, ...more };
}

/** What a batch answers on one of its lines. */
export function readLine(
  input: MatchingInput,
  lineId: string,
): { certain?: Match; first?: Match; ranked: readonly Match[]; partyId?: string } {
  const answer = matchStatement(input);
  const certain = answer.matches.find((m) => m.lineId === lineId);
  const ranked = answer.proposals.find((p) => p.lineId === lineId)?.ranked ?? [];
  const partyId = answer.unmatched.find((u) => u.lineId === lineId)?.partyId;
  const [first] = ranked;
  return { ranked, ...(certain && { certain }), ...(first && { first }), ...(partyId !== undefined && { partyId }) };
}

/** « F1 100, F2 50 » */
export const shown = (match: Match | undefined): string =>
  match
    ? match.parts.map((p) => `${p.invoiceId} ${p.cents}${p.accessoriesCents ? `+${p.accessoriesCents}` : ''}`).join(', ')
    : 'none';

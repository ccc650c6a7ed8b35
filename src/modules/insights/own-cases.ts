import { z } from 'zod';
import { ACTIONS, type Action } from '#core/advice/actions.ts';
import type { DebtorKind } from '#core/claim/statement.ts';
import type { ClosedCase, ClosedStep } from '#core/history/closed-case.ts';
import type { ClosedChoice } from '#core/history/decided.ts';
import { type Day, daysBetween, isAfter } from '#core/kernel/day.ts';
import { actionOf } from '#modules/advice/index.ts';
import { CASES_AT_ONCE, factsByCase, factsOf } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';

/** What a user's own closed cases are, wherever they come from. */
export interface OwnCases {
  /** followed and closed in Quitus */
  readonly followed: readonly ClosedCase[];
  /** told by the user's tables; one that bears the number of a case followed here is left out */
  readonly imported: readonly ClosedCase[];
}

export const allOf = ({ followed, imported }: OwnCases): readonly ClosedCase[] => [...followed, ...imported];

/** Every closed case of a company. */
export async function ownCases(tx: Tx, tenantId: string): Promise<OwnCases> {
  const followed = await followedCases(tx, tenantId);
  const known = new Set(followed.map((c) => c.id));
  const imported = await importedCases(tx, tenantId);
  return { followed, imported: imported.filter((c) => !known.has(c.id)) };
}

const Cents = z.string().regex(/^\d+$/).transform(BigInt);
const StepsText = z.array(
  z.object({
    action: z.enum(ACTIONS),
    cost: Cents,
    minutes: z.number().int(),
    received: Cents,
    days: z.number().int().optional(),
  }),
);

async function importedCases(tx: Tx, tenantId: string): Promise<ClosedCase[]> {
  const rows = await tx
    .selectFrom('closed_cases')
    .select(['reference', 'customer', 'segment', 'face_cents', 'steps'])
    .where('tenant_id', '=', tenantId)
    .orderBy('reference')
    .execute();
  return rows.map((row) => ({
    id: row.reference,
    faceCents: row.face_cents,
    steps: StepsText.parse(row.steps).map(({ action, cost, minutes, received, days }) => ({
      ...{ action, costCents: cost, minutes, receivedCents: received },
      ...(days === undefined ? {} : { days }),
    })),
    ...(row.customer === null ? {} : { customer: row.customer }),
    ...(row.segment === null ? {} : { segment: row.segment }),
  }));
}

/** A dated event of a case that is a step of the advice. */
interface Dated {
  readonly action: Action;
  readonly on: Day;
}

/** The group of a case followed here, for want of one of the user's own. */
const SEGMENTS: Readonly<Record<DebtorKind, string>> = {
  business: 'Professionnels',
  consumer: 'Particuliers',
  public: 'Personnes publiques',
};

/** The cases closed in Quitus, their steps read from their facts. One closed as a mistake was never a case. */
async function followedCases(tx: Tx, tenantId: string): Promise<ClosedCase[]> {
  const rows = await tx
    .selectFrom('cases')
    .innerJoin('parties', (join) =>
      join.onRef('parties.tenant_id', '=', 'cases.tenant_id').onRef('parties.party_id', '=', 'cases.party_id'),
    )
    .select(['case_id', 'reference', 'cases.party_id', 'closed_on', 'parties.kind'])
    .where('cases.tenant_id', '=', tenantId)
    .where('closed_on', 'is not', null)
    .orderBy('reference')
    .execute();
  const found: ClosedCase[] = [];
  for (let start = 0; start < rows.length; start += CASES_AT_ONCE) {
    const group = rows.slice(start, start + CASES_AT_ONCE);
    const ids = group.map((row) => row.case_id);
    const facts = await factsByCase(tx, tenantId, ids);
    const minutes = await minutesByCase(tx, tenantId, ids);
    for (const row of group) {
      const read = closedCase(facts.get(row.case_id) ?? [], minutes.get(row.case_id) ?? []);
      const debtor = row.kind as DebtorKind;
      const known = {
        customer: row.party_id,
        debtor,
        segment: SEGMENTS[debtor],
        ...(row.closed_on && { closedOn: row.closed_on }),
      };
      if (read) found.push({ id: row.reference, ...known, ...read });
    }
  }
  return found;
}

interface Minutes {
  readonly on: Day;
  readonly minutes: number;
}

async function minutesByCase(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, Minutes[]>> {
  const rows = await tx
    .selectFrom('time_entries')
    .select(['case_id', 'on_day', 'minutes'])
    .where('tenant_id', '=', tenantId)
    .where('case_id', 'in', ids)
    .execute();
  const found = new Map<string, Minutes[]>();
  for (const { case_id, on_day, minutes } of rows) found.set(case_id, [...(found.get(case_id) ?? []), { on: on_day, minutes }]);
  return found;
}

type Facts = Parameters<typeof factsOf>[0];

/**
 * The steps of a case and what came in between them. What was paid before the first step was paid without any: it lowers the amount
 * that the steps had to bring. Undefined when there was nothing to chase.
 */
function closedCase(facts: Facts, time: readonly Minutes[]): Pick<ClosedCase, 'faceCents' | 'steps' | 'choices'> | undefined {
  const closing = factsOf(facts, 'case-closed').at(-1);
  if (!closing || closing.payload.reason === 'mistake') return undefined;
  const dated = facts.flatMap((fact): Dated[] => {
    const action = actionOf(fact);
    return action ? [{ action, on: fact.on }] : [];
  });
  const [first] = dated;
  if (!first) return undefined;
  const paid = paidIn(facts);
  const before = sumOf(paid.filter((p) => isAfter(first.on, p.on)));
  const faceCents = principalIn(facts) - before;
  if (faceCents <= 0n) return undefined;
  const steps = dated.map(({ action, on }, at): ClosedStep => {
    const next = dated[at + 1];
    const within = (day: Day): boolean => !isAfter(on, day) && (!next || isAfter(next.on, day));
    const own = time.filter((t) => within(t.on) || (at === 0 && isAfter(on, t.on)));
    return {
      action,
      costCents: 0n,
      minutes: own.reduce((sum, t) => sum + t.minutes, 0),
      receivedCents: sumOf(paid.filter((p) => within(p.on))),
      days: Math.max(0, daysBetween(on, next?.on ?? closing.on)),
    };
  });
  return { faceCents, steps, choices: choicesIn(facts, paid) };
}

/** What was chosen, and what came in after it and before the next choice. It settled the case when nothing was left of the principal. */
function choicesIn(facts: Facts, paid: readonly Paid[]): ClosedChoice[] {
  const made = factsOf(facts, 'advice-decided');
  const due = principalIn(facts);
  return made.map(({ on, payload }, at): ClosedChoice => {
    const next = made[at + 1];
    const own = paid.filter((p) => !isAfter(on, p.on) && (!next || isAfter(next.on, p.on)));
    const until = sumOf(paid.filter((p) => !next || isAfter(next.on, p.on)));
    const { proposed, tie, chosen } = payload;
    return {
      ...{ proposed, tie, chosen, waiting: payload.until !== undefined },
      receivedCents: sumOf(own),
      settled: own.length > 0 && until >= due,
    };
  });
}

interface Paid {
  readonly on: Day;
  readonly cents: bigint;
}

const sumOf = (paid: readonly Paid[]): bigint => paid.reduce((sum, p) => sum + p.cents, 0n);

/** What came in and stayed: a payment taken back never came. */
function paidIn(facts: Facts): Paid[] {
  const reversed = new Set(factsOf(facts, 'payment-reversed').map((f) => f.payload.paymentId));
  return factsOf(facts, 'payment-recorded').flatMap((f) =>
    reversed.has(f.payload.paymentId) ? [] : [{ on: f.on, cents: f.payload.amount }],
  );
}

/** The invoices of a case, less what was credited. */
function principalIn(facts: Facts): bigint {
  const sum = (amounts: readonly { readonly payload: { readonly amount: bigint } }[]): bigint =>
    amounts.reduce((total, f) => total + f.payload.amount, 0n);
  return (
    sum(factsOf(facts, 'invoice-added')) + sum(factsOf(facts, 'invoices-imported')) - sum(factsOf(facts, 'credit-note-applied'))
  );
}

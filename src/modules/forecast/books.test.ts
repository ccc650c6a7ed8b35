import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askHistory } from '#core/forecast/as-of.ts';
import { addDays, day } from '#core/kernel/day.ts';
import { toEpochDay } from '#core/kernel/epoch-day.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { aTenant, freshDatabase } from '../../../test/support/database.ts';
import { booksOn } from './books.ts';

/** What was known on a morning: counted in SQL as the core counts it in memory, and deaf to whatever happens from that morning on. */

const START = day('2026-01-01');
const ON = 100;

/** What can happen, on a day counted from `START`. `at`: of which invoice. */
type Event =
  | { readonly what: 'invoice'; readonly on: number; readonly entered: number; readonly terms: number; readonly party: number }
  | { readonly what: 'payment' | 'credit'; readonly on: number; readonly at: number; readonly share: number }
  | { readonly what: 'bounce'; readonly on: number; readonly at: number }
  | { readonly what: 'mistake'; readonly on: number; readonly at: number }
  | { readonly what: 'fact'; readonly on: number; readonly at: number; readonly kind: string };

const FACTS = ['dispute-raised', 'dispute-settled', 'insolvency-published', 'case-closed', 'case-reopened', 'promise-made'];
const days = (min: number, max: number) => fc.integer({ min, max });
const at = days(0, 30);

const eventsBetween = (min: number, max: number): fc.Arbitrary<Event> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constant('invoice' as const),
        on: days(min, max),
        entered: fc.constantFrom(0, 0, 2, 20),
        terms: days(0, 40),
        party: days(0, 2),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('payment' as const),
        on: days(min, max),
        at,
        share: fc.constantFrom(1, 1, 0.5, 0.3),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ what: fc.constant('credit' as const), on: days(min, max), at, share: fc.constantFrom(0.2, 1) }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('bounce' as const), on: days(min, max), at }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('mistake' as const), on: days(min, max), at }) },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant('fact' as const), on: days(min, max), at, kind: fc.constantFrom(...FACTS) }),
    },
  );

/** A company whose books the events of a run fill. */
class Books {
  readonly db: Database;
  readonly tenantId: string;
  readonly #invoices: { id: string; partyId: string; caseId: string; on: number; cents: bigint; paid: [string, bigint][] }[] = [];
  readonly #parties: { id: string; caseId: string }[] = [];
  readonly #said: { seq: bigint; caseId: string }[] = [];
  #seq = 0n;

  private constructor(db: Database, tenantId: string) {
    this.db = db;
    this.tenantId = tenantId;
  }

  static async open(db: Database): Promise<Books> {
    const books = new Books(db, await aTenant(db));
    const now = Temporal.Instant.from('2026-01-01T08:00:00Z');
    const { tenantId } = books;
    await db.tenant(tenantId, async (tx) => {
      for (let n = 0; n < 3; n += 1) {
        const [id, caseId] = [newId(), newId()];
        books.#parties.push({ id, caseId });
        await tx
          .insertInto('parties')
          .values({ tenant_id: tenantId, party_id: id, kind: 'business', name: `Client ${n}`, created_at: now, updated_at: now })
          .execute();
        const opened = {
          tenant_id: tenantId,
          case_id: caseId,
          reference: `D-${n}`,
          party_id: id,
          opened_on: START,
          stage: 'overdue',
        };
        await tx.insertInto('cases').values(opened).execute();
      }
    });
    return books;
  }

  /** `from`: events before that day cannot touch an invoice that is not there yet. */
  async live(events: readonly Event[]): Promise<void> {
    for (const event of events.toSorted((a, b) => a.on - b.on)) await this.#live(event);
  }

  async #live(event: Event): Promise<void> {
    const { tenantId } = this;
    const on = addDays(START, event.on);
    const own = { tenant_id: tenantId };
    await this.db.tenant(tenantId, async (tx) => {
      if (event.what === 'invoice') {
        const party = this.#parties[event.party];
        assert.ok(party);
        const [id, cents] = [newId(), BigInt(10_000 + 37 * this.#invoices.length)];
        const created_at = addDays(on, event.entered)
          .toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '10:00' })
          .toInstant();
        const money = { currency: 'EUR', gross_cents: cents, payable_cents: cents, balance_cents: cents };
        const what = { document_kind: 'invoice' as const, party_id: party.id, case_id: party.caseId, number: id };
        const dates = { issued_on: on, due_on: addDays(on, event.terms), created_at };
        await tx
          .insertInto('invoices')
          .values({ ...own, invoice_id: id, ...what, ...dates, ...money })
          .execute();
        this.#invoices.push({ id, partyId: party.id, caseId: party.caseId, on: event.on, cents, paid: [] });
        return;
      }
      const invoice = this.#invoices[event.at % Math.max(1, this.#invoices.length)];
      if (!invoice || invoice.on > event.on) return;
      const { caseId } = invoice;
      const write = async (kind: string, payload: object): Promise<void> => {
        this.#seq += 1n;
        const sealed = { actor: 'user', payload: JSON.stringify(payload), prev_hash: '', hash: '' };
        await tx
          .insertInto('journal')
          .values({ ...own, seq: this.#seq, case_id: caseId, kind, on_day: on, ...sealed, recorded_at: Temporal.Now.instant() })
          .execute();
      };
      if (event.what === 'fact') {
        await write(event.kind, {});
        if (event.kind === 'dispute-raised' || event.kind === 'promise-made') this.#said.push({ seq: this.#seq, caseId });
        return;
      }
      if (event.what === 'mistake') {
        const last = this.#said.findLastIndex((one) => one.caseId === caseId);
        if (last >= 0)
          await write('noted-by-mistake', { entries: this.#said.splice(last, 1).map(({ seq }) => `${seq}`), reason: 'x' });
        return;
      }
      const take = async (amount: bigint): Promise<void> => {
        const paymentId = newId();
        const money = { currency: 'EUR', amount_cents: amount < 0n ? -amount : amount };
        const payment = { payment_id: paymentId, party_id: invoice.partyId, received_on: on, ...money };
        await tx
          .insertInto('payments')
          .values({ ...own, ...payment, created_at: Temporal.Now.instant() })
          .execute();
        const allocation = { allocation_id: newId(), invoice_id: invoice.id, on_day: on, amount_cents: amount };
        await tx
          .insertInto('allocations')
          .values({ ...own, ...allocation, payment_id: paymentId })
          .execute();
      };
      if (event.what === 'bounce') {
        const last = invoice.paid.pop();
        if (last) await take(-last[1]);
        return;
      }
      const amount = BigInt(Math.round(Number(invoice.cents) * event.share));
      if (event.what === 'payment') {
        await take(amount);
        invoice.paid.push([invoice.id, amount]);
        return;
      }
      const noteId = newId();
      const money = { currency: 'EUR', gross_cents: amount, payable_cents: amount, balance_cents: 0n };
      const what = { document_kind: 'credit-note' as const, party_id: invoice.partyId, case_id: invoice.caseId, number: noteId };
      const dates = { issued_on: on, due_on: on, created_at: Temporal.Now.instant() };
      await tx
        .insertInto('invoices')
        .values({ ...own, invoice_id: noteId, ...what, ...dates, ...money })
        .execute();
      const allocation = { allocation_id: newId(), invoice_id: invoice.id, on_day: on, amount_cents: amount };
      await tx
        .insertInto('allocations')
        .values({ ...own, ...allocation, credit_note_id: noteId })
        .execute();
    });
  }

  read(on: number) {
    const morning = addDays(START, on);
    return this.db.tenant(this.tenantId, (tx) => booksOn(tx, this.tenantId, morning));
  }
}

test('the leak test: nothing that happens from a morning on changes what was known on it', async (t) => {
  const db = await freshDatabase(t);
  let [rows, changed] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(eventsBetween(0, ON - 1), { minLength: 30, maxLength: 60 }),
      fc.array(eventsBetween(ON, ON + 60), { minLength: 5, maxLength: 25 }),
      async (before, later) => {
        const books = await Books.open(db);
        await books.live(before);
        const then = await books.read(ON);
        const after = await books.read(ON + 61);
        await books.live(later);
        assert.deepEqual(await books.read(ON), then);
        rows += then.open.length + then.past.length;
        const seen = await books.read(ON + 61);
        if (JSON.stringify(seen, asText) !== JSON.stringify(after, asText)) changed += 1;
      },
    ),
    { numRuns: 25 },
  );
  // The check saw something: there were rows, and what came later did change later mornings.
  assert.ok(rows > 150 && changed > 15, `${rows} rows, ${changed} changed`);
});

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

test('the figures of the query are those that the core counts in memory', async (t) => {
  const db = await freshDatabase(t);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(eventsBetween(0, ON), { minLength: 40, maxLength: 70 }), async (events) => {
      const books = await Books.open(db);
      await books.live(events);
      const { open, past } = await books.read(ON);
      const on = toEpochDay(addDays(START, ON));
      const unpaid = past.filter((i) => i.settledOn === undefined);
      assert.deepEqual(open.map((o) => o.invoice.id).sort(), unpaid.map((i) => i.id).sort());
      const asked = askHistory(
        past,
        open.map(({ invoice }) => ({ customer: invoice.customer, on, except: invoice.id })),
      );
      assert.deepEqual(
        open.map((o) => o.asOf),
        asked,
      );
      compared += open.length;
    }),
    { numRuns: 25 },
  );
  assert.ok(compared > 80, `${compared} invoices compared`);
});

test('credit notes, part payments, bounced payments, invoices entered late or after they were paid', async (t) => {
  const books = await Books.open(await freshDatabase(t));
  const invoice = (on: number, entered = 0): Event => ({ what: 'invoice', on, entered, terms: 30, party: 0 });
  await books.live([
    invoice(0),
    { what: 'payment', on: 10, at: 0, share: 0.5 },
    { what: 'payment', on: 20, at: 0, share: 0.5 },
    { what: 'bounce', on: 25, at: 0 },
  ]);
  const settledOn = async (on: number) => (await books.read(on)).past[0]?.settledOn;
  const start = toEpochDay(START);
  assert.deepEqual([await settledOn(20), await settledOn(21), await settledOn(26)], [undefined, start + 20, undefined]);
  assert.equal((await books.read(26)).open[0]?.leftCents, 5000n);
  // The credit note makes what was paid enough, from the day of that payment on.
  await books.live([
    { what: 'credit', on: 30, at: 0, share: 0.2 },
    { what: 'payment', on: 40, at: 0, share: 0.3 },
  ]);
  assert.deepEqual([await settledOn(35), await settledOn(41)], [undefined, start + 40]);
  assert.equal((await books.read(35)).open[0]?.leftCents, 3000n);
  // Entered open on day 70: watched from then on; entered on day 70 and paid on day 55: history, from its issue.
  await books.live([invoice(50, 20), invoice(51, 20), { what: 'payment', on: 55, at: 2, share: 1 }]);
  const { past } = await books.read(80);
  assert.deepEqual(
    past.map((i) => [i.issuedOn - start, i.knownOn - start, i.settledOn === undefined ? undefined : i.settledOn - start]).sort(),
    [
      [0, 0, 40],
      [50, 70, undefined],
      [51, 51, 55],
    ].sort(),
  );
  assert.equal((await books.read(65)).open.length, 0);
});

test('what was noted by mistake counts until the day it is said, and no more from the next morning on', async (t) => {
  const books = await Books.open(await freshDatabase(t));
  const fact = (on: number, kind: string): Event => ({ what: 'fact', on, at: 0, kind });
  await books.live([
    { what: 'invoice', on: 0, entered: 0, terms: 30, party: 0 },
    fact(5, 'promise-made'),
    { what: 'mistake', on: 8, at: 0 },
    fact(10, 'dispute-raised'),
    { what: 'mistake', on: 20, at: 0 },
    { what: 'payment', on: 40, at: 0, share: 1 },
  ]);
  const told = async (on: number) => (await books.read(on)).open.map((row) => [row.agreed, row.apart])[0];
  assert.deepEqual(
    [await told(5), await told(6), await told(8), await told(9)],
    [
      [false, undefined],
      [true, undefined],
      [true, undefined],
      [false, undefined],
    ],
  );
  assert.deepEqual(
    [await told(11), await told(20), await told(21)],
    [
      [false, 'disputed'],
      [false, 'disputed'],
      [false, undefined],
    ],
  );
  assert.deepEqual(
    (await books.read(41)).past.map((i) => i.disputed),
    [false],
    'an invoice never contested',
  );
});

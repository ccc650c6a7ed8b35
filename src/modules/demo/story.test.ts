import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isValidBIC, isValidIBAN } from 'ibantools';
import { addDays, type Day, day, isAfter, isBefore } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import { isFrenchVat, isSiren, sirenFromVat } from '#formats/siren.ts';
import { CreditorForm } from '#modules/companies/index.ts';
import { storyDay } from './calendar.ts';
import { companyTyped, DEMO_COMPANY } from './company.ts';
import { type DemoDocument, demoDocuments } from './documents.ts';
import { STORY } from './story.ts';
import type { StoryStep } from './story-model.ts';

const today = day('2026-11-21');
const days = { iso: (offset: number) => String(storyDay(today, offset)), french: (offset: number) => String(offset) };
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(day('2015-01-01'), n));

/** What the user typed in the actions of one kind. */
const typedIn = (steps: readonly StoryStep[], action: string) =>
  steps.flatMap((step) => (step.do === 'act' && step.action === action ? [step.typed(days)] : []));
const cents = (text: string | undefined): bigint => {
  const amount = parseTypedAmount(text ?? '');
  assert.ok(amount, `${text} is no amount`);
  return amount.cents;
};
const documentsOf = (key: string): DemoDocument[] => demoDocuments(today).filter((d) => d.caseKey === key);
/** What a case's invoices come to, less its credit notes. */
const claimed = (key: string): bigint =>
  documentsOf(key).reduce((sum, d) => sum + (d.story.kind === 'invoice' ? d.grossCents : -d.grossCents), 0n);

test('the company is nobody: right keys, in ranges that are not in use', () => {
  const { siren, vatNumber, iban, bic, phone, email } = DEMO_COMPANY;
  assert.ok(CreditorForm.safeParse(companyTyped()).success);
  assert.ok(isSiren(siren) && siren.startsWith('99999'));
  assert.ok(isFrenchVat(vatNumber) && sirenFromVat(vatNumber) === siren);
  assert.ok(isValidIBAN(iban) && iban.slice(4, 9) === '99999');
  // The French key inside the account number (RIB): bank, branch, account and key together are a multiple of 97.
  const [, bank, branch, account, key] = /^FR..(.{5})(.{5})(.{11})(..)$/.exec(iban) ?? [];
  assert.equal((89 * Number(bank) + 15 * Number(branch) + 3 * Number(account) + Number(key)) % 97, 0);
  assert.ok(isValidBIC(bic) && bic[7] === '0', 'a test BIC has 0 in its eighth place');
  assert.match(phone, /^(01 99 00|06 39 98)( \d\d){2}$/);
  assert.match(email, /\.example$/);
});

test('the debtors are nobody either, and all different', () => {
  for (const { debtor } of STORY) {
    if (debtor.siren) assert.ok(isSiren(debtor.siren) && /^(99999|2196)/.test(debtor.siren), debtor.name);
    if (debtor.vat?.startsWith('FR'))
      assert.ok(isFrenchVat(debtor.vat) && sirenFromVat(debtor.vat) === debtor.siren, debtor.name);
    if (debtor.vat?.startsWith('BE')) assert.equal(97 - (Number(debtor.vat.slice(2, 10)) % 97), Number(debtor.vat.slice(10)));
    assert.equal(debtor.country === 'FR' && debtor.kind !== 'consumer', debtor.siren !== undefined, debtor.name);
    assert.match(debtor.email, /@[a-z-]+\.example$/);
  }
  for (const field of ['name', 'siren', 'email', 'street'] as const) {
    const values = STORY.flatMap(({ debtor }) => debtor[field] ?? []);
    assert.equal(new Set(values).size, values.length, field);
  }
  assert.equal(new Set(STORY.map((c) => c.key)).size, STORY.length);
});

test('it shows every kind of debtor and of document', () => {
  assert.deepEqual(new Set(STORY.map((c) => c.debtor.kind)), new Set(['business', 'consumer', 'public']));
  assert.ok(STORY.some((c) => c.debtor.country !== 'FR'));
  assert.ok(STORY.some((c) => c.documents.filter((d) => d.kind === 'invoice').length > 1));
  const codes = new Set(demoDocuments(today).flatMap((d) => d.vat.map((v) => `${v.category} ${v.rate}`)));
  assert.deepEqual(codes, new Set(['S 20.00', 'S 5.50', 'AE 0.00']));
});

test('the sums are those that the story speaks of', () => {
  assert.equal(claimed('notice-expired'), 800_000n);
  assert.equal(claimed('disputed'), 480_000n);
  assert.equal(claimed('two-invoices'), 300_000n - 60_000n + 144_000n);
  for (const { key, steps } of STORY) {
    const paid = typedIn(steps, 'payment').reduce((sum, typed) => sum + cents(typed.amount), 0n);
    if (key === 'settled' || key === 'closed') assert.equal(paid, claimed(key), key);
    else assert.ok(paid < claimed(key), key);
    for (const typed of [...typedIn(steps, 'plan'), ...typedIn(steps, 'promise')]) {
      assert.equal(cents(typed.amount), claimed(key), key);
    }
  }
});

test('totals follow from the lines', () => {
  const invoice = demoDocuments(today).find((d) => d.caseKey === 'notice-expired');
  assert.ok(invoice);
  assert.deepEqual(
    invoice.lines.map((l) => l.netCents),
    [238_000n, 288_000n, 160_000n],
  );
  assert.deepEqual(invoice.vat, [
    { rate: '20.00', category: 'S', basisCents: 526_000n, taxCents: 105_200n },
    { rate: '5.50', category: 'S', basisCents: 160_000n, taxCents: 8_800n },
  ]);
  for (const d of demoDocuments(today)) {
    assert.equal(
      d.netCents,
      d.lines.reduce((sum, l) => sum + l.netCents, 0n),
    );
    assert.equal(d.grossCents, d.netCents + d.taxCents);
    assert.ok(d.netCents > 0n);
  }
});

test('whatever the day, documents are numbered without a gap in the order of their dates', () => {
  fc.assert(
    fc.property(anyDay, (now: Day) => {
      const documents = demoDocuments(now);
      assert.equal(documents.length, STORY.flatMap((c) => c.documents).length);
      const ranks = new Map<string, { rank: number; issuedOn: Day }>();
      for (const { number, issuedOn, story } of documents) {
        const [, series = '', rank] = /^([AF]\d{4})-(\d\d)$/.exec(number) ?? [];
        const before = ranks.get(series);
        assert.equal(Number(rank), (before?.rank ?? 0) + 1);
        assert.ok(!before || !isBefore(issuedOn, before.issuedOn));
        assert.equal(series[0], story.kind === 'invoice' ? 'F' : 'A');
        ranks.set(series, { rank: Number(rank), issuedOn });
      }
    }),
    { numRuns: 50 },
  );
});

test('whatever the day, the story lies in the past, on working days, and in an order that makes sense', () => {
  fc.assert(
    fc.property(anyDay, (now: Day) => {
      const documents = demoDocuments(now);
      for (const { key, documents: own, steps } of STORY) {
        const received = own.map((d) => storyDay(now, d.received));
        for (const [i, d] of own.entries()) {
          assert.ok(d.received < 0 && d.received >= d.issued, key);
          assert.ok((received[i] as Day).dayOfWeek <= 5, key);
        }
        const first = storyDay(now, Math.min(...own.map((d) => d.received)));
        for (const step of steps) {
          assert.ok(step.on < 0, key);
          assert.ok(storyDay(now, step.on).dayOfWeek <= 5, key);
          assert.ok(!isBefore(storyDay(now, step.on), first), `${key}: something happens before its case exists`);
        }
      }
      for (const d of documents) {
        if (d.story.kind === 'credit-note') {
          assert.ok(d.credited && !isAfter(d.credited.issuedOn, d.issuedOn));
        } else assert.equal(d.dueOn.since(d.issuedOn).days, 30);
      }
    }),
    { numRuns: 50 },
  );
});

test('the credit note comes in after the invoice it reduces', () => {
  for (const { documents } of STORY) {
    for (const d of documents.filter((of) => of.kind === 'credit-note')) {
      const reduced = documents.find((of) => of.kind === 'invoice' && of.key === d.credits);
      assert.ok(reduced && reduced.received <= d.received);
    }
  }
});

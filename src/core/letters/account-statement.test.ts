import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, day } from '../kernel/day.ts';
import { type AccountEntry, composeAccountStatement, type DebtorAccount, runningBalance } from './account-statement.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const PARTIES = {
  creditor: {
    name: 'Atelier des Brumes',
    soleTrader: false,
    legalForm: 'SARL',
    address: { lines: ['14 quai des Tanneurs'], postcode: '44000', city: 'Nantes' },
    iban: 'FR7630006000011234567890189',
  },
  debtor: { name: 'Brasserie du Vieux Port', address: { lines: ['27 boulevard'], postcode: '13001', city: 'Marseille' } },
};
const ACCOUNT: DebtorAccount = {
  currency: 'EUR',
  entries: [
    { on: day('2026-01-10'), kind: 'invoice', reference: 'F-1', cents: 120_000n },
    { on: day('2026-02-10'), kind: 'invoice', reference: 'F-2', cents: 50_000n },
    { on: day('2026-03-01'), kind: 'accessories', reference: '', cents: 4_500n },
    { on: day('2026-03-01'), kind: 'payment', reference: 'VIR BRASSERIE', cents: -124_500n },
  ],
  open: [{ number: 'F-2', issuedOn: day('2026-02-10'), dueOn: day('2026-03-12'), amountCents: 50_000n, balanceCents: 50_000n }],
};

test('each entry with its balance, the totals on both sides, what is left and how late it is', () => {
  const statement = composeAccountStatement(ACCOUNT, PARTIES, day('2026-03-31'));
  assert.deepEqual(
    statement.entries.rows.map((row) => row.map(plain)),
    [
      ['10/01/2026', 'Facture F-1', '1 200,00 €', '', '1 200,00 €'],
      ['10/02/2026', 'Facture F-2', '500,00 €', '', '1 700,00 €'],
      ['01/03/2026', 'Pénalités de retard et indemnité', '45,00 €', '', '1 745,00 €'],
      ['01/03/2026', 'Paiement VIR BRASSERIE', '', '1 245,00 €', '500,00 €'],
    ],
  );
  assert.deepEqual(statement.entries.total.map(plain), ['Total au 31 mars 2026', '1 745,00 €', '1 245,00 €', '500,00 €']);
  assert.deepEqual(statement.open?.rows[0]?.map(plain), ['F-2', '10/02/2026', '12/03/2026', '19 jours', '500,00 €', '500,00 €']);
  assert.match(plain(statement.payment ?? ''), /IBAN FR76 3000 6000 0112 3456 7890 189/);
});

test('an account with nothing open asks for no payment', () => {
  const statement = composeAccountStatement({ ...ACCOUNT, open: [] }, PARTIES, day('2026-03-31'));
  assert.deepEqual([statement.open, statement.payment], [null, null]);
});

test('the last balance is the sum of the entries, whatever they are', () => {
  const entry = fc.record({ days: fc.nat(900), cents: fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }) });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (all) => {
      const entries = all.map(
        ({ days, cents }): AccountEntry => ({ on: addDays(day('2025-01-01'), days), kind: 'payment', reference: '', cents }),
      );
      const running = runningBalance(entries);
      assert.equal(
        running.at(-1)?.balanceCents ?? 0n,
        entries.reduce((sum, { cents }) => sum + cents, 0n),
      );
    }),
  );
});

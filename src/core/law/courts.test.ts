import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../kernel/day.ts';
import { money } from '../kernel/money.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { rulesByAmount } from './amount-thresholds.ts';
import { currentLaw, lawWith } from './book.ts';
import { economicCourtContribution, legalAidContribution, paymentOrderRegistryFee, recoveryFee, serviceFee } from './costs.ts';
import { competentCourt } from './forum.ts';
import { procedureOptions } from './procedures.ts';
import { expiries, expiringWithin } from './status.ts';

function value<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'computed') throw new Error(outcome.reason);
  return outcome.value;
}
const eur = (euros: number) => money(BigInt(Math.round(euros * 100)));
const NOW = day('2026-11-21');

test('both sides of the life of CPC 750-1', () => {
  const required = (on: string) =>
    value(rulesByAmount({ court: 'judicial', amount: eur(5000), procedure: 'merits', on: day(on) })).amicableAttemptRequired;
  assert.deepEqual(['2019-12-31', '2020-01-01', '2022-09-21', '2022-09-22', '2023-09-30', '2023-10-01'].map(required), [
    false,
    true,
    true,
    false,
    false,
    true,
  ]);
});

test('thresholds include their own amount', () => {
  const at = (euros: number) => value(rulesByAmount({ court: 'judicial', amount: eur(euros), procedure: 'merits', on: NOW }));
  assert.deepEqual([at(5000).petitionAllowed, at(5000.01).petitionAllowed], [true, false]);
  assert.deepEqual([at(10_000).lawyerRequired, at(10_000.01).lawyerRequired], [false, true]);
});

test('the experiment of the economic courts has a first and a last day', () => {
  const court = (asOf: string) =>
    value(
      competentCourt({
        creditor: 'company',
        debtor: 'company',
        debtorPlace: { city: 'Lyon' },
        amount: eur(4200),
        procedure: 'payment-order',
        asOf: day(asOf),
      }),
    ).courts[0]?.kind;
  assert.deepEqual(['2024-12-31', '2025-01-01', '2028-12-31', '2029-01-01'].map(court), [
    'commercial',
    'economic-activities',
    'economic-activities',
    'commercial',
  ]);
  const company = { kind: 'company', employees: 300, turnover: 6_000_000_000n, profit: 500_000_000n } as const;
  assert.equal(economicCourtContribution(eur(80_000), company, day('2029-01-01')).status, 'not-encoded');
  assert.equal(economicCourtContribution(eur(80_000), company, day('2024-12-31')).status, 'not-applicable');
});

test('small firms owe no contribution', () => {
  const due = (claim: number, employees: number) =>
    value(
      economicCourtContribution(eur(claim), { kind: 'company', employees, turnover: 6_000_000_000n, profit: 500_000_000n }, NOW),
    ).cents;
  assert.deepEqual([due(50_000, 300), due(50_000.01, 300), due(80_000, 249), due(80_000, 250)], [0n, 150_000n, 0n, 240_000n]);
});

test('names elide and contract as French does', () => {
  const name = (city: string) =>
    value(
      competentCourt({
        creditor: 'company',
        debtor: 'company',
        debtorPlace: { city },
        amount: eur(1),
        procedure: 'payment-order',
        asOf: NOW,
      }),
    ).courts[0]?.name;
  assert.equal(name('Le Mans'), 'Tribunal des activités économiques du Mans');
  assert.equal(name('Avignon'), 'Tribunal des activités économiques d’Avignon');
  assert.equal(name('Évreux'), 'Tribunal de commerce d’Évreux');
});

test('the 50 € is not told between its two possible starts', () => {
  const asked = (on: string) => legalAidContribution({ court: 'judicial', procedure: 'merits', on: day(on) });
  assert.deepEqual(
    ['2026-02-28', '2026-03-01', '2026-04-30', '2026-05-01'].map((on) => asked(on).status),
    ['computed', 'not-encoded', 'not-encoded', 'computed'],
  );
  assert.equal(value(asked('2026-02-28')).cents, 0n);
});

test('contradicting sources are all shown, and the user’s own figure replaces them, with its note', () => {
  assert.deepEqual(
    value(paymentOrderRegistryFee('commercial', NOW)).map((cost) => cost.amount.cents),
    [2519n, 3347n, 3023n],
  );
  const own = [{ from: day('2026-11-01'), value: 2_600n, note: 'reçu du greffe', on: day('2026-11-02') }];
  const law = lawWith({
    costs: { 'payment-order-registry-fee': own, 'service-fee': own, 'recovery-fee': own, 'legal-aid-contribution': own },
  });
  const answer = paymentOrderRegistryFee('commercial', NOW, law);
  assert.deepEqual(
    value(answer).map((cost) => cost.amount.cents),
    [2600n],
  );
  assert.match(answer.status === 'computed' ? (answer.trace[0]?.says ?? '') : '', /reçu du greffe/u);
  assert.equal(value(serviceFee(eur(100), NOW, law)).cents, 2600n);
  assert.equal(value(recoveryFee(eur(100), NOW, law)).cents, 2600n);
  assert.equal(value(legalAidContribution({ court: 'judicial', procedure: 'merits', on: NOW }, law)).cents, 2600n);
  assert.equal(value(serviceFee(eur(100), day('2026-10-31'), law)).cents, 2170n, 'before the override');
  assert.equal(value(legalAidContribution({ court: 'commercial', procedure: 'merits', on: NOW }, law)).cents, 0n);
});

test('the tariff of service stops being known on its last day', () => {
  assert.equal(value(serviceFee(eur(4800), day('2028-02-29'))).cents, 6038n);
  assert.equal(serviceFee(eur(4800), day('2028-03-01')).status, 'not-encoded');
});

test('recovery fees at the edges of their slices', () => {
  const fee = (euros: number) => value(recoveryFee(eur(euros), NOW)).cents;
  assert.deepEqual([fee(188), fee(188.01), fee(610), fee(52_400), fee(60_000)], [2145n, 2139n, 6667n, 214_449n, 237_249n]);
});

test('both sides of the law of uncontested claims; a decree is still missing', () => {
  const open = (on: string) =>
    value(
      procedureOptions({ creditor: 'company', debtor: 'merchant', principal: eur(1200), interest: eur(0), on: day(on) }),
    ).filter((o) => ['small-claims', 'uncontested-claims'].includes(o.id));
  assert.deepEqual(
    open('2026-04-24').map((o) => o.eligible),
    [true, false],
  );
  assert.deepEqual(
    open('2026-04-25').map((o) => [o.eligible, o.usable]),
    [
      [false, false],
      [true, false],
    ],
  );
});

test('what expires is announced thirty days before', () => {
  assert.equal(expiries(currentLaw)[0]?.knownUntil.toString(), '2026-12-31');
  assert.equal(expiringWithin(currentLaw, day('2026-11-30'), 30).length, 0);
  assert.equal(expiringWithin(currentLaw, day('2026-12-01'), 30).length, 3);
});

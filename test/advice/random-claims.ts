import fc from 'fast-check';
import type { AdviceClaim, FileStrength, History } from '#core/advice/claim.ts';
import { EVENT_NAMES } from '#core/advice/events.ts';

/** Claims anyone might have: any amount, age and debtor, with a history that could have happened. */

const contacted = fc
  .record({
    emails: fc.integer({ min: 0, max: 3 }),
    calls: fc.integer({ min: 0, max: 2 }),
    med: fc.boolean(),
    answer: fc.constantFrom('silence', 'silence', 'promise', 'dispute'),
    silentBefore: fc.integer({ min: 0, max: 5 }),
    plan: fc.constantFrom(undefined, undefined, 'refused' as const, 'broken' as const),
    late: fc.constantFrom(undefined, undefined, 'mediation', 'agency', 'psr', 'rejected', 'opposed', 'title', 'failed'),
  })
  .map((x): History => {
    const contacts = x.emails + x.calls + (x.med ? 1 : 0);
    if (contacts === 0) return {};
    const signal = x.answer === 'promise' || x.answer === 'dispute' ? x.answer : undefined;
    const silent = signal ? Math.min(x.silentBefore, contacts - 1) : contacts;
    const base: History = { emails: x.emails, calls: x.calls, med: x.med, silent, ...(signal && { signal }) };
    const plan = x.plan && signal !== 'dispute' ? { plan: x.plan } : {};
    return { ...base, ...plan, ...lateOf(x.late, x.med, signal) };
  });

function lateOf(late: string | undefined, med: boolean, signal: History['signal']): History {
  if (late === 'mediation') return signal ? { mediation: true } : {};
  if (!med) return {};
  if (late === 'agency') return signal === 'dispute' ? {} : { agency: true };
  if (late === 'psr') return signal === 'dispute' ? {} : { psr: true };
  if (late === 'rejected' || late === 'opposed' || late === 'title') return { ip: late };
  return late === 'failed' ? { refere: 'failed' } : {};
}

const amounts = fc
  .double({ min: Math.log(60), max: Math.log(60_000), noNaN: true })
  .map((x) => BigInt(Math.round(Math.exp(x) * 100)));

export const claims: fc.Arbitrary<AdviceClaim> = fc
  .record({
    principal: amounts,
    ageDays: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 400, max: 2000 })),
    regime: fc.constantFrom('franchise' as const, 'franchise' as const, 'encaissements' as const, 'debits' as const),
    business: fc.constantFrom(true, true, true, false),
    solvency: fc.constantFrom('good' as const, 'unknown' as const, 'unknown' as const, 'fragile' as const, 'bad' as const),
    file: fc.constantFrom<FileStrength>(0, 1, 2),
    history: fc.oneof({ weight: 1, arbitrary: fc.constant<History>({}) }, { weight: 4, arbitrary: contacted }),
    disputeFounded: fc.boolean(),
    events: fc.subarray([...EVENT_NAMES], { maxLength: 3 }),
  })
  .map(({ regime, ...rest }) => ({ ...rest, vat: { regime, rate: 0.2 } }));

/** A claim whose graph is small: the formal notice is sent. For properties that solve many variants. */
export const lateClaims: fc.Arbitrary<AdviceClaim> = claims
  .filter(({ history }) => history.med === true)
  .map((claim) => ({ ...claim, events: [] }));

import { type Day, day, isAfter, isBefore } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { formatAmount, type Money, money, scaleCents } from '../kernel/money.ts';
import { computed, notApplicable, notEncoded, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { addRatio, percent, type Ratio, ratio } from '../kernel/ratio.ts';
import { roundQuotient } from '../kernel/rounding.ts';
import { type CostId, currentLaw, type LawBook } from './book.ts';
import { ECONOMIC_COURTS_FROM, ECONOMIC_COURTS_TO } from './forum.ts';
import type { Override } from './series.ts';
import { steps } from './step.ts';

/** Who claims before a court of economic activities (décret 2024-1225): averages of the last three years, in cents. */
export type ContributionClaimant =
  | { readonly kind: 'company'; readonly employees: number; readonly turnover: bigint; readonly profit: bigint }
  | { readonly kind: 'individual'; readonly referenceIncome: bigint }
  | { readonly kind: 'exempt' };

const EUR = 100n;
const THRESHOLD = 50_000n * EUR;

interface Scale {
  readonly rate: Ratio;
  readonly cap: bigint;
}

function scaleOf(by: ContributionClaimant): Scale | undefined {
  if (by.kind === 'exempt') return undefined;
  if (by.kind === 'individual') {
    if (by.referenceIncome > 1_000_000n * EUR) return { rate: percent('3'), cap: 50_000n * EUR };
    if (by.referenceIncome > 500_000n * EUR) return { rate: percent('2'), cap: 33_000n * EUR };
    return by.referenceIncome > 250_000n * EUR ? { rate: percent('1'), cap: 17_000n * EUR } : undefined;
  }
  if (by.employees < 250) return undefined;
  if (by.turnover > 1_500_000_000n * EUR && by.profit > 0n) return { rate: percent('5'), cap: 100_000n * EUR };
  if (by.turnover > 50_000_000n * EUR && by.profit > 3_000_000n * EUR) return { rate: percent('3'), cap: 50_000n * EUR };
  return undefined;
}

/** The contribution before a court of economic activities, above 50 000 € (experiment of 2025 to 2028). Freelancers and small firms owe none. */
export function economicCourtContribution(claim: Money, by: ContributionClaimant, on: Day): Outcome<Money> {
  if (isBefore(on, ECONOMIC_COURTS_FROM))
    return notApplicable('L’expérience des tribunaux des activités économiques commence le 1er janvier 2025.');
  if (isAfter(on, ECONOMIC_COURTS_TO))
    return notEncoded(
      'L’expérience des tribunaux des activités économiques finit le 31 décembre 2028\u202f; la suite n’est pas connue.',
    );
  const scale = claim.cents > THRESHOLD ? scaleOf(by) : undefined;
  const share = scale ? scaleCents(claim.cents, scale.rate, 'half-up') : 0n;
  const due = money(scale && share > scale.cap ? scale.cap : share);
  const why = scale
    ? `${frenchAmount(claim)} × ${scale.rate.n}/${scale.rate.d}, plafonné à ${frenchAmount(money(scale.cap))}`
    : claim.cents <= THRESHOLD
      ? 'rien jusqu’à 50\u202f000\u00a0€ de demande'
      : 'demandeur exempté, ou sous les seuils';
  return computed(due, [
    steps('economic-court-contribution')(
      ['decret-2024-1225'],
      'official',
      `Contribution\u202f: ${why}, soit ${frenchAmount(due)}.`,
      { amount: formatAmount(due) },
    ),
  ]);
}

export interface LegalAidContributionFacts {
  readonly court: 'judicial' | 'commercial' | 'administrative';
  readonly procedure: 'payment-order' | 'merits' | 'petition' | 'interim';
  readonly legalAid?: boolean;
  readonly on: Day;
}

/** The two days given for its start: sources contradict each other. Both are shown, none is chosen silently. */
export const LEGAL_AID_CONTRIBUTION_STARTS: readonly Day[] = [day('2026-03-01'), day('2026-05-01')];

/** The 50 € of CGI 1635 bis Q: civil cases before the tribunal judiciaire only; between its two possible starts, not told. */
export function legalAidContribution(facts: LegalAidContributionFacts, law: LawBook = currentLaw): Outcome<Money> {
  const own = facts.court === 'judicial' ? userCost(law, 'legal-aid-contribution', facts.on) : undefined;
  if (own) return computed(money(own.value), [ownCostStep('legal-aid-contribution', own)]);
  const say = steps('legal-aid-contribution');
  const cites = ['cgi-1635-bis-Q'];
  const [first, second] = LEGAL_AID_CONTRIBUTION_STARTS as [Day, Day];
  const none = (certainty: TraceStep['certainty'], why: string): Outcome<Money> =>
    computed(money(0n), [say(cites, certainty, `Contribution de 50\u00a0€\u202f: non due, ${why}.`)]);
  if (facts.court !== 'judicial')
    return none('secondary', 'elle ne vise ni les affaires commerciales ni les affaires administratives');
  if (facts.legalAid) return none('secondary', 'le demandeur a l’aide juridictionnelle');
  if (isBefore(facts.on, first)) return none('secondary', 'elle n’existait pas encore');
  if (facts.procedure === 'payment-order')
    return none('secondary', 'l’injonction de payer en serait dispensée (une seule source le dit, à vérifier au greffe)');
  if (isBefore(facts.on, second)) {
    return notEncoded(
      'Deux sources se contredisent\u202f: la contribution de 50\u00a0€ commence le 1er mars 2026 pour l’une, le 1er mai 2026 pour l’autre. Prévoyez-la.',
    );
  }
  return computed(money(5_000n), [
    say(
      cites,
      'secondary',
      'Contribution de 50\u00a0€ pour une instance civile devant le tribunal judiciaire (décret d’application non vu\u202f; deux sources donnent deux débuts, 1er mars ou 1er mai 2026). Elle s’ajoute aux dépens.',
      { amount: '50.00' },
    ),
  ]);
}

/** The recovery fee of a commissaire de justice borne by the creditor: the 2020 scale, by slices; a minimum up to 188 €. */
export function recoveryFee(recovered: Money, on: Day, law: LawBook = currentLaw): Outcome<Money> {
  const own = userCost(law, 'recovery-fee', on);
  if (own) return computed(money(own.value), [ownCostStep('recovery-fee', own)]);
  if (recovered.cents <= 0n) return notApplicable('Rien n’a été recouvré.');
  const fee = recovered.cents <= 18_800n ? 2_145n : bySlices(recovered.cents);
  return computed(money(fee), [
    steps('recovery-fee')(
      ['ccom-A444-32'],
      'secondary',
      `Droit proportionnel sur ${frenchAmount(recovered)}\u202f: ${frenchAmount(money(fee))}. Barème de 2020\u202f: le tarif de 2026 n’a pas été vu, ni si ce montant est hors taxe.`,
      { fee: formatAmount(money(fee)) },
    ),
  ]);
}

const SLICES: readonly (readonly [upTo: bigint, rate: Ratio])[] = [
  [12_500n, percent('11.70')],
  [61_000n, percent('10.73')],
  [152_500n, percent('10.24')],
  [5_240_000n, percent('3.90')],
];
const BEYOND = percent('3');

function bySlices(cents: bigint): bigint {
  let from = 0n;
  let sum: Ratio = ratio(0n);
  for (const [upTo, rate] of [...SLICES, [cents, BEYOND] as const]) {
    const part = (cents < upTo ? cents : upTo) - from;
    if (part <= 0n) break;
    sum = addRatio(sum, ratio(part * rate.n, rate.d));
    from += part;
  }
  return roundQuotient(sum.n, sum.d, 'half-up');
}

/** A cost as one source gives it. */
export interface QuotedCost {
  readonly amount: Money;
  readonly source: string;
}

/** Three sources, three figures: all are shown, none is chosen. */
const COMMERCIAL_REGISTRY_FEES: readonly QuotedCost[] = [
  { amount: money(2_519n), source: 'arrêté tarifaire du 25 février 2026' },
  { amount: money(3_347n), source: 'service-public.fr' },
  { amount: money(3_023n), source: 'Infogreffe' },
];

/** The registry fee of a payment order: free at the tribunal judiciaire; at the commercial court, each source's figure. */
export function paymentOrderRegistryFee(
  court: 'judicial' | 'commercial',
  on: Day,
  law: LawBook = currentLaw,
): Outcome<readonly QuotedCost[]> {
  const say = steps('payment-order-registry-fee');
  if (court === 'judicial') {
    return computed(
      [{ amount: money(0n), source: 'trois sources secondaires ou plus' }],
      [
        say([], 'secondary', 'Injonction de payer devant le tribunal judiciaire\u202f: pas de frais de greffe.', {
          amount: '0.00',
        }),
      ],
    );
  }
  const own = userCost(law, 'payment-order-registry-fee', on);
  if (own) return computed([{ amount: money(own.value), source: own.note }], [ownCostStep('payment-order-registry-fee', own)]);
  const each = COMMERCIAL_REGISTRY_FEES.map((cost) => `${frenchAmount(cost.amount)} (${cost.source})`).join(', ');
  return computed(COMMERCIAL_REGISTRY_FEES, [
    say(
      [],
      'secondary',
      `Frais de greffe au tribunal de commerce\u202f: les sources se contredisent, ${each}. Le greffe fait foi.`,
    ),
  ]);
}

/** The last day of the bailiffs' tariff seen. */
export const SERVICE_TARIFF_KNOWN_UNTIL = day('2028-02-29');

/** The fee for serving a payment order (tarif A444-11, A444-46): 25,79 € by coefficient of the amount, travel 8,80 €, before VAT. */
export function serviceFee(amount: Money, on: Day, law: LawBook = currentLaw): Outcome<Money> {
  const own = userCost(law, 'service-fee', on);
  if (own) return computed(money(own.value), [ownCostStep('service-fee', own)]);
  if (isAfter(on, SERVICE_TARIFF_KNOWN_UNTIL))
    return notEncoded('Le tarif des commissaires de justice n’est connu que jusqu’au 29 février 2028.');
  const coefficient = amount.cents <= 12_800n ? ratio(1n, 2n) : amount.cents <= 128_000n ? ratio(1n) : ratio(2n);
  const beforeVat = money(scaleCents(2_579n, coefficient, 'half-up') + 880n);
  return computed(beforeVat, [
    steps('service-fee')(
      ['ccom-A444-11'],
      'secondary',
      `Signification\u202f: 25,79\u00a0€ avec le coefficient du montant (0,5 jusqu’à 128\u00a0€, 1 jusqu’à 1\u202f280\u00a0€, 2 au-delà), plus 8,80\u00a0€ de déplacement, soit ${frenchAmount(beforeVat)} hors TVA (une seule source).`,
      { beforeVat: formatAmount(beforeVat) },
    ),
  ]);
}

const userCost = (law: LawBook, id: CostId, on: Day): Override<bigint> | undefined =>
  law.costs[id]?.findLast((cost) => !isBefore(on, cost.from) && !(cost.to && isAfter(on, cost.to)));

const ownCostStep = (rule: CostId, own: Override<bigint>): TraceStep =>
  steps(rule)([], 'reading', `Montant saisi le ${frenchDay(own.on)}\u202f: ${frenchAmount(money(own.value))}. ${own.note}.`, {
    amount: formatAmount(money(own.value)),
  });

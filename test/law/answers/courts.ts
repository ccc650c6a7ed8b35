import { day } from '#core/kernel/day.ts';
import { rulesByAmount } from '#core/law/amount-thresholds.ts';
import { economicCourtContribution, legalAidContribution, paymentOrderRegistryFee, recoveryFee } from '#core/law/costs.ts';
import { crossBorderClaim, foreignStatutoryRate } from '#core/law/europe.ts';
import { competentCourt, type ForumFacts, type Place } from '#core/law/forum.ts';
import { isCommercial, type PartyQuality } from '#core/law/parties.ts';
import { paymentOrderForm, procedureOptions } from '#core/law/procedures.ts';
import { type Answer, type Answers, amountOf, answered, euros, type Facts, rateOf, semesterDay } from '../facts.ts';

const TODAY = day('2026-11-21');

const QUALITIES: Readonly<Record<string, PartyQuality>> = {
  'commercial company': 'company',
  artisan: 'artisan',
  'liberal professional': 'liberal',
  consumer: 'consumer',
  association: 'association',
  commune: 'public-body',
  agriculteur: 'farmer',
};
const quality = (inputs: Facts, key: string): PartyQuality =>
  inputs.has(key) ? (QUALITIES[inputs.text(key)] ?? 'company') : 'company';

const DEPARTMENTS: Readonly<Record<string, string>> = { Strasbourg: '67', 'Fort-de-France': '972' };
const place = (city: string): Place => ({ city, ...(DEPARTMENTS[city] && { department: DEPARTMENTS[city] }) });

function forumFacts(inputs: Facts): ForumFacts {
  const order = !inputs.has('procedure') || inputs.text('procedure') === 'injonction';
  return {
    creditor: quality(inputs, 'creditor'),
    debtor: quality(inputs, 'debtor'),
    debtorPlace: place(inputs.has('debtor_city') ? inputs.text('debtor_city') : 'Rennes'),
    amount: inputs.has('amount') ? inputs.euros('amount') : euros(5000),
    procedure: order ? 'payment-order' : 'merits',
    ...(inputs.has('service_performed_in') && { performedAt: place(inputs.text('service_performed_in')) }),
    ...(inputs.has('clause') && { clause: { place: place(inputs.text('clause')), veryApparent: true } }),
    asOf: TODAY,
  };
}

const plain = (name: string): string => name.replaceAll('’', "'");
const forum = (inputs: Facts) => answered(competentCourt(forumFacts(inputs)));
const court = (inputs: Facts): string => plain(forum(inputs).courts[0]?.name ?? '');

const byAmount = (inputs: Facts, amount = inputs.number('amount')) => {
  const facts = forumFacts(inputs);
  const commercial = (isCommercial(facts.creditor) && isCommercial(facts.debtor)) || inputs.text('procedure').endsWith('TC');
  return answered(
    rulesByAmount({
      court: commercial ? 'commercial' : 'judicial',
      amount: euros(amount),
      procedure: facts.procedure,
      on: TODAY,
    }),
  );
};
const contribution = (on: 'judicial' | 'commercial', procedure: 'payment-order' | 'merits') =>
  amountOf(answered(legalAidContribution({ court: on, procedure, on: TODAY })));
const registryFee = (on: 'judicial' | 'commercial'): number | undefined => {
  const [first] = answered(paymentOrderRegistryFee(on, TODAY));
  return first && amountOf(first.amount);
};
const lawyers: Answer = (inputs) =>
  Object.fromEntries(
    inputs
      .list('amounts')
      .map((amount) => [String(amount), { lawyer_required: byAmount(inputs, Number(amount)).lawyerRequired }]),
  );

const options = (inputs: Facts, principal: number, interest = 0) => {
  const list = answered(
    procedureOptions({
      creditor: quality(inputs, 'creditor'),
      debtor: quality(inputs, 'debtor'),
      principal: euros(principal),
      interest: euros(interest),
      on: TODAY,
    }),
  );
  return (id: (typeof list)[number]['id']): boolean | undefined => list.find((option) => option.id === id)?.eligible;
};

const ROUTE_WORDS = {
  'chorus-pro-claim': 'Chorus Pro claim',
  'moratory-interest': 'intérêts moratoires',
  'forced-budget-entry': "mandatement d'office (préfet)",
  'administrative-interim-payment': 'référé-provision CJA R541-1',
  'business-mediator': 'médiateur des entreprises',
} as const;
const EU_WORDS = {
  'european-payment-order': 'European order for payment (Reg. 1896/2006)',
  'european-small-claims': 'European small claims (Reg. 861/2007, ceiling 5 000 €)',
} as const;
const FORUM_WORDS = {
  'defendant-domicile': "defendant's domicile",
  'place-of-services': 'place where services were provided',
  'consumer-domicile': "consumer's domicile",
  clause: 'agreed court',
} as const;

export const jurisdiction: Answers = {
  'ju-1': (inputs) => ({
    court: court(inputs),
    cerfa: paymentOrderForm(forum(inputs).courts[0]?.kind === 'commercial'),
    lawyer_required: byAmount(inputs).lawyerRequired,
    amiable_750_1: byAmount(inputs).amicableAttemptRequired,
    contribution_50: contribution('commercial', 'payment-order'),
  }),
  'ju-2': (inputs) => ({
    court: court(inputs),
    contribution_TAE: amountOf(
      answered(
        economicCourtContribution(
          inputs.euros('amount'),
          { kind: 'company', employees: 300, turnover: 6_000_000_000n, profit: 500_000_000n },
          TODAY,
        ),
      ),
    ),
  }),
  // The file puts the court's own name between brackets.
  'ju-3': (inputs) => ({
    court: court(inputs).replace(/ de (Lille Métropole)$/u, ' ($1)'),
    lawyer_required: byAmount(inputs).lawyerRequired,
  }),
  'ju-4': (inputs) => ({
    court_options: forum(inputs).courts.map((one) => plain(one.name)),
    recommended: court(inputs),
    lawyer_required: byAmount(inputs).lawyerRequired,
  }),
  'ju-5': (inputs) => {
    const [first] = forum(inputs).courts;
    return {
      court: `${court(inputs)}${first?.proximityPossible ? ' (chambre de proximité if it covers the commune)' : ''}`,
      cerfa: paymentOrderForm(first?.kind === 'commercial'),
      amiable_750_1: byAmount(inputs).amicableAttemptRequired,
    };
  },
  'ju-6': (inputs) => ({
    court: court(inputs),
    cerfa: paymentOrderForm(forum(inputs).courts[0]?.kind === 'commercial'),
    amiable_750_1: byAmount(inputs).amicableAttemptRequired,
    greffe_fee: registryFee(forum(inputs).courts[0]?.kind === 'judicial' ? 'judicial' : 'commercial'),
    contribution_50: contribution('judicial', 'payment-order'),
  }),
  'ju-7': (inputs) => ({
    amiable_750_1: byAmount(inputs).amicableAttemptRequired,
    petition_allowed: byAmount(inputs).petitionAllowed,
    lawyer_required: byAmount(inputs).lawyerRequired,
    appeal_possible: byAmount(inputs).appealPossible,
    contribution_50: contribution('judicial', 'merits'),
  }),
  'ju-8': (inputs) => ({
    amiable_750_1: byAmount(inputs).amicableAttemptRequired,
    petition_allowed: byAmount(inputs).petitionAllowed,
    lawyer_required: byAmount(inputs).lawyerRequired,
    appeal_possible: byAmount(inputs).appealPossible,
  }),
  'ju-9': lawyers,
  'ju-10': lawyers,
  'ju-11': (inputs) => ({ court: court(inputs) }),
  'ju-12': (inputs) => ({ court: court(inputs) }),
  'ju-13': (inputs) => ({ court: court(inputs), clause_effective: forum(inputs).clauseEffective }),
  'ju-14': (inputs) => ({ court: court(inputs), clause_effective: forum(inputs).clauseEffective }),
  'ju-15': (inputs) => ({ court: court(inputs) }),
  'ju-16': (inputs) => ({
    court: court(inputs),
    injonction_de_payer: forum(inputs).paymentOrderOpen,
    alternative: (forum(inputs).publicRoutes ?? []).map((route) => ROUTE_WORDS[route]).join(', '),
  }),
  'ju-17': (inputs) => ({ court: court(inputs) }),
  'ju-18': (inputs) => ({ court_options: forum(inputs).courts.map((one) => one.seat) }),
  'ju-19': (inputs) => {
    const ways = answered(crossBorderClaim({ amount: inputs.euros('amount') }));
    return {
      procedures: ways.procedures.map((id) => EU_WORDS[id]),
      court_rule: `Brussels I bis: ${ways.forums.map((id) => FORUM_WORDS[id]).join(', or ')}`,
    };
  },
  'ju-20': (inputs) => ({ eligible: options(inputs, inputs.number('principal'), inputs.number('interest'))('small-claims') }),
  'ju-21': (inputs) => ({ eligible: options(inputs, 3000)('uncontested-claims') }),
  'ju-22': (inputs) => {
    const open = options(inputs, inputs.number('amount'));
    return { L125_1: open('small-claims'), L126_1: open('uncontested-claims'), injonction: open('payment-order') };
  },
};

const economic: Answer = (inputs) => {
  const by =
    inputs.text('kind') === 'company'
      ? ({
          kind: 'company',
          employees: inputs.number('emp'),
          turnover: inputs.euros('ca').cents,
          profit: inputs.euros('profit').cents,
        } as const)
      : ({ kind: 'individual', referenceIncome: inputs.euros('rfr').cents } as const);
  return { contribution: amountOf(answered(economicCourtContribution(inputs.euros('claim'), by, TODAY))) };
};
const fee: Answer = (inputs) => ({ fee: amountOf(answered(recoveryFee(inputs.euros('recovered'), TODAY))) });

export const costs: Answers = {
  'tae-1': economic,
  'tae-2': economic,
  'tae-3': economic,
  'tae-4': economic,
  'tae-8': economic,
  'tae-9': economic,
  'cost-emol-200': fee,
  'cost-emol-150': fee,
  'cost-emol-10000': fee,
  'cost-50': () => {
    const due = (on: 'judicial' | 'commercial', procedure: 'payment-order' | 'merits' | 'petition', legalAid = false): number =>
      amountOf(answered(legalAidContribution({ court: on, procedure, legalAid, on: TODAY })));
    return {
      'assignation TJ': due('judicial', 'merits'),
      'requete TJ': due('judicial', 'petition'),
      'assignation TC': due('commercial', 'merits'),
      'injonction TC': due('commercial', 'payment-order'),
      'injonction TJ': due('judicial', 'payment-order'),
      'legal aid': due('judicial', 'merits', true),
    };
  },
};

export const europe: Answers = {
  'rate-belgium-2026S1': (inputs) => ({
    rate_percent: rateOf(answered(foreignStatutoryRate(inputs.text('country'), semesterDay(inputs.text('semester'))))),
  }),
};

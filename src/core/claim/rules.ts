import type { Json } from '../kernel/canonical.ts';
import { formatAmount, money } from '../kernel/money.ts';
import { computed, type Outcome } from '../kernel/outcome.ts';
import { formatPercent } from '../kernel/ratio.ts';
import { defineRule, type Rule } from '../law/registry/define.ts';
import { aDay, aFlag, anAmount, anInteger, anObject, aPercent, aText, listOf, oneOf, optional } from '../law/registry/fields.ts';
import { lawRules } from '../law/registry.ts';
import { steps } from '../law/step.ts';
import { interestWithCapitalisation } from './capitalisation.ts';
import { imputeCreditNote, imputePayment } from './imputation.ts';
import { imputeAmongDebts } from './several-debts.ts';
import { type StatementOfAccount, statementOfAccount } from './statement.ts';

const balance = {
  principal: anAmount('principal restant dû'),
  interest: anAmount('intérêts dus'),
  indemnity: anAmount('indemnité forfaitaire due'),
};

function lateInterestValue(of: StatementOfAccount): Json {
  return {
    principal: formatAmount(of.principal),
    interest: formatAmount(of.interest),
    indemnity: formatAmount(of.indemnity),
    total: formatAmount(of.total),
    lines: of.invoices.flatMap((invoice) =>
      invoice.lines.map((line) => ({
        from: line.from.toString(),
        to: line.to.toString(),
        days: line.days,
        ratePercent: formatPercent(line.rate),
        base: formatAmount(line.base),
        amount: formatAmount(line.amount),
      })),
    ),
  };
}

const sayImputation = (
  rule: string,
  certainty: 'official' | 'reading',
  what: string,
  done: ReturnType<typeof imputePayment>,
): Outcome<unknown> =>
  computed(
    {
      toInterest: money(done.toInterest),
      toPrincipal: money(done.toPrincipal),
      toIndemnity: money(done.toIndemnity),
      excess: money(done.excess),
      principalLeft: money(done.left.principal),
      interestLeft: money(done.left.interest),
      indemnityLeft: money(done.left.indemnity),
    },
    [steps(rule)(['cciv-1343-1'], certainty, what)],
  );

/** The rules of the claim. */
const claimRules: readonly Rule[] = [
  defineRule({
    name: 'late-interest',
    title: 'Intérêts de retard et somme due',
    inputs: {
      debtor: oneOf(['business', 'consumer', 'public'], 'qui doit'),
      amount: anAmount('montant TTC de la facture'),
      dueOn: aDay('échéance (acheteur public\u202f: dernier jour du délai de paiement)'),
      asOf: aDay('jour du décompte'),
      rate: optional(aPercent('taux annuel de la clause de pénalités')),
      noticeOn: optional(aDay('réception de la mise en demeure')),
      payments: optional(listOf({ on: aDay('jour du paiement'), amount: anAmount('montant payé') }, 'paiements reçus')),
      creditNotes: optional(listOf({ on: aDay('jour de l’avoir'), amount: anAmount('montant de l’avoir') }, 'avoirs émis')),
      creditorIsConsumer: optional(aFlag('le créancier est un particulier hors de tout besoin professionnel')),
      imputation: optional(oneOf(['interest-first', 'principal-first'], 'ordre d’imputation des paiements')),
      insolvencyOpenedOn: optional(aDay('jugement d’ouverture d’une procédure collective')),
    },
    articles: [
      'ccom-L441-10',
      'ccom-D441-5',
      'ccp-L2192-13',
      'ccp-R2192-31',
      'ccp-R2192-33',
      'ccp-L2192-14',
      'cciv-1231-6',
      'cciv-1344-1',
      'cciv-1343-1',
      'cmf-L313-2',
      'ccom-L622-28',
      'ccass-com-2009-03-03',
      'ccass-com-2011-11-02',
      'ccass-com-2024-04-24',
    ],
    certainty: 'official',
    formula:
      'Pour chaque période de même taux et de même solde\u202f: solde × taux × jours / 365, au centime le plus proche\u202f; échéance exclue, jour du paiement inclus.',
    example: {
      debtor: 'business',
      amount: '10000.00',
      dueOn: '2026-04-30',
      asOf: '2026-08-31',
      rate: null,
      noticeOn: null,
      payments: [{ on: '2026-08-01', amount: '1000.00' }],
    },
    answer: (facts, law) => {
      const credits = [
        ...(facts.payments ?? []).map((one) => ({ ...one, kind: 'payment' as const })),
        ...(facts.creditNotes ?? []).map((one) => ({ ...one, kind: 'credit-note' as const })),
      ];
      const answer = statementOfAccount(
        {
          debtor: facts.debtor,
          invoices: [{ id: 'facture', number: 'facture', dueOn: facts.dueOn, amount: facts.amount, credits }],
          ...(facts.rate && { contractRate: facts.rate }),
          ...(facts.noticeOn && { noticeReceivedOn: facts.noticeOn }),
          ...(facts.creditorIsConsumer && { creditorIsConsumer: true }),
          ...(facts.imputation && { imputation: facts.imputation }),
          ...(facts.insolvencyOpenedOn && { insolvencyOpenedOn: facts.insolvencyOpenedOn }),
        },
        facts.asOf,
        law,
      );
      return answer.status === 'computed' ? computed(lateInterestValue(answer.value), answer.trace) : answer;
    },
  }),
  defineRule({
    name: 'payment-imputation',
    title: 'Imputation d’un paiement partiel',
    inputs: {
      ...balance,
      paid: anAmount('montant payé'),
      order: optional(oneOf(['interest-first', 'principal-first'], 'ordre')),
    },
    articles: ['cciv-1343-1', 'cciv-1342-4'],
    certainty: 'official',
    formula:
      'D’abord les intérêts, puis le principal (ou l’inverse si le créancier l’accepte)\u202f; l’indemnité forfaitaire en dernier.',
    example: { principal: '10000.00', interest: '296.26', indemnity: '40.00', paid: '4000.00' },
    answer: ({ principal, interest, indemnity, paid, order }) =>
      sayImputation(
        'payment-imputation',
        'official',
        order === 'principal-first'
          ? 'Le créancier a accepté que le paiement s’impute d’abord sur le principal.'
          : 'Le paiement s’impute d’abord sur les intérêts, puis sur le principal.',
        imputePayment(
          { principal: principal.cents, interest: interest.cents, indemnity: indemnity.cents },
          paid.cents,
          order ?? 'interest-first',
        ),
      ),
  }),
  defineRule({
    name: 'credit-note',
    title: 'Effet d’un avoir',
    inputs: { ...balance, credited: anAmount('montant de l’avoir') },
    articles: ['cciv-1343-1'],
    certainty: 'reading',
    formula:
      'L’avoir corrige la dette\u202f: il réduit le principal à sa date\u202f; un avoir total annule la facture, intérêts compris.',
    example: { principal: '4800.00', interest: '80.88', indemnity: '40.00', credited: '1000.00' },
    answer: ({ principal, interest, indemnity, credited }) =>
      sayImputation(
        'credit-note',
        'reading',
        'L’avoir corrige la dette elle-même\u202f: il réduit le principal avant toute autre chose (notre lecture).',
        imputeCreditNote({ principal: principal.cents, interest: interest.cents, indemnity: indemnity.cents }, credited.cents),
      ),
  }),
  defineRule({
    name: 'debts-imputation',
    title: 'Imputation entre plusieurs dettes',
    inputs: {
      payment: anAmount('montant payé'),
      on: aDay('jour du paiement'),
      debts: listOf(
        {
          id: aText('nom de la dette'),
          owed: anAmount('somme due'),
          dueOn: aDay('échéance'),
          rate: aPercent('taux annuel qu’elle porte'),
        },
        'les dettes',
      ),
      chosen: optional(listOf({ id: aText('nom de la dette') }, 'celles que le débiteur a choisies, dans l’ordre')),
    },
    articles: ['cciv-1342-10'],
    certainty: 'official',
    formula:
      'Le choix du débiteur\u202f; sinon les dettes échues, celle qu’il a le plus d’intérêt à payer, la plus ancienne, à proportion.',
    example: {
      payment: '1000.00',
      on: '2026-11-10',
      debts: [
        { id: 'A', owed: '1000.00', dueOn: '2026-08-31', rate: '12.40' },
        { id: 'C', owed: '1000.00', dueOn: '2026-09-30', rate: '15' },
      ],
    },
    answer: ({ payment, on, debts, chosen }) =>
      imputeAmongDebts(
        payment,
        on,
        debts,
        chosen?.map((one) => one.id),
      ),
  }),
  defineRule({
    name: 'capitalisation',
    title: 'Capitalisation des intérêts',
    inputs: {
      base: anAmount('principal'),
      rate: aPercent('taux annuel'),
      from: aDay('veille du premier jour d’intérêt'),
      to: aDay('dernier jour'),
      by: optional(
        anObject(
          { kind: oneOf(['clause', 'judgment'], 'ce qui la prévoit'), everyMonths: anInteger('période', 'mois') },
          'clause ou décision',
        ),
      ),
    },
    articles: ['cciv-1343-2'],
    certainty: 'official',
    formula: 'Seulement par clause ou décision, et pour des intérêts dus depuis une année entière.',
    example: { base: '10000.00', rate: '12', from: '2024-12-31', to: '2026-06-30', by: { kind: 'clause', everyMonths: 12 } },
    answer: (facts) => interestWithCapitalisation(facts),
  }),
];

/** Every rule that can be asked by its name. */
export const rules: readonly Rule[] = [...claimRules, ...lawRules];

/** The rule of a name. */
export const ruleNamed = (name: string): Rule | undefined => rules.find((rule) => rule.name === name);

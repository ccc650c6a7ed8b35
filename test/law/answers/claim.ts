import { capitalisationAllowed, interestWithCapitalisation } from '#core/claim/capitalisation.ts';
import { imputeAmongDebts } from '#core/claim/several-debts.ts';
import { statementOfAccount } from '#core/claim/statement.ts';
import { addDays, day, isAfter } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { furtherCompensation, recoveryIndemnity } from '#core/law/indemnity.ts';
import { type Answers, amountOf, answered, euros, type Facts } from '../facts.ts';
import { account, payment, payments } from './accounts.ts';

const DUE = day('2026-03-31');
const late = (count: number) => Array.from({ length: count }, (_, i) => addDays(DUE, i));

const partial = (inputs: Facts, imputation: 'interest-first' | 'principal-first') =>
  account(inputs.euros('base_ttc'), inputs.day('due_date'), inputs.day('valued_on'), { imputation }, payments(inputs));

/** Interest of the lines up to a payment, and after the last one. */
const amountUpTo = (lines: ReturnType<typeof account>['lines'], after: string, to: string): number =>
  amountOf(
    money(
      lines
        .filter((line) => isAfter(line.to, day(after)) && !isAfter(line.to, day(to)))
        .reduce((sum, line) => sum + line.amount.cents, 0n),
    ),
  );

export const imputation: Answers = {
  'dec-partial-principal-first': (inputs) => {
    const owed = account(
      inputs.euros('base_ttc'),
      inputs.day('from_'),
      inputs.day('to'),
      { contractRate: inputs.percent('rate_percent'), imputation: 'principal-first' },
      payments(inputs),
    );
    return {
      interest_lines: owed.lines.map((line) => amountOf(line.amount)),
      interest: amountOf(owed.interest),
      indemnity: amountOf(owed.indemnity),
      total_due: amountOf(owed.total),
    };
  },
  'imp-statutory': (inputs) => {
    const owed = partial(inputs, 'interest-first');
    const [first, second] = owed.lines;
    const [imputed] = owed.imputations;
    return {
      interest_to_payment: first && amountOf(first.amount),
      imputed_on_interest: imputed && amountOf(imputed.toInterest),
      imputed_on_principal: imputed && amountOf(imputed.toPrincipal),
      principal_left: amountOf(owed.principal),
      interest_since: second && amountOf(second.amount),
      indemnity: amountOf(owed.indemnity),
      total_due: amountOf(owed.total),
    };
  },
  'imp-principal-first-compare': (inputs) => {
    const owed = partial(inputs, 'principal-first');
    return {
      interest_lines: owed.lines.map((line) => amountOf(line.amount)),
      principal_left: amountOf(owed.principal),
      total_due: amountOf(owed.total),
      creditor_loss_vs_statutory: amountOf(money(partial(inputs, 'interest-first').total.cents - owed.total.cents)),
    };
  },
  'imp-small-payment': (inputs) => {
    const owed = partial(inputs, 'interest-first');
    const log = owed.imputations.map((line, i) => ({
      on: line.on.toString(),
      interest_accrued_since_last: amountUpTo(
        owed.lines,
        owed.imputations[i - 1]?.on.toString() ?? inputs.text('due_date'),
        line.on.toString(),
      ),
      to_interest: amountOf(line.toInterest),
      to_principal: amountOf(line.toPrincipal),
      interest_left: amountOf(line.interestLeft),
      principal_left: amountOf(line.principalLeft),
    }));
    const end = {
      on: inputs.text('valued_on'),
      interest_accrued_since_last: amountUpTo(owed.lines, owed.imputations.at(-1)?.on.toString() ?? '', inputs.text('valued_on')),
      to_interest: null,
      to_principal: null,
      interest_left: amountOf(owed.interest),
      principal_left: amountOf(owed.principal),
    };
    return { log: [...log, end], principal_left: amountOf(owed.principal), interest_left: amountOf(owed.interest) };
  },
  'imp-several-debts': (inputs) => {
    const debts = inputs.each('debts').map((debt) => ({
      id: debt.text('id'),
      owed: debt.euros('amount'),
      dueOn: debt.day('due'),
      rate: debt.percent('rate_percent'),
    }));
    const { settled } = answered(imputeAmongDebts(inputs.euros('payment'), inputs.day('on'), debts));
    return { settles: settled.map((one) => one.id).join(',') };
  },
};

export const indemnity: Answers = {
  'dec-two-invoices': (inputs) => {
    const invoices = inputs.list('invoices').map((amount, i) => ({
      id: `${i}`,
      number: `F-${i}`,
      dueOn: DUE,
      amount: euros(Number(amount)),
      credits: [],
    }));
    const claim = { debtor: 'business', contractRate: inputs.percent('rate_percent'), invoices } as const;
    const owed = answered(statementOfAccount(claim, addDays(DUE, inputs.number('days'))));
    return {
      principal: amountOf(owed.principal),
      interest: amountOf(owed.interest),
      indemnity: amountOf(owed.indemnity),
      total: amountOf(owed.total),
    };
  },
  'ind-cjeu-135': (inputs) => ({
    indemnity: amountOf(answered(recoveryIndemnity({ debtor: 'business' }, late(inputs.number('late_invoices'))))),
  }),
  // No minimum: the smallest invoice is one of the seven, and bears its 40 € like the others.
  'ind-7': (inputs) => {
    const invoices = late(inputs.number('late_invoices')).map((dueOn, i) => ({
      id: `${i}`,
      number: `F-${i}`,
      dueOn,
      amount: i === 0 ? inputs.euros('smallest') : euros(900),
      credits: [],
    }));
    return { indemnity: amountOf(answered(statementOfAccount({ debtor: 'business', invoices }, day('2026-11-21'))).indemnity) };
  },
  'ind-partial': (inputs) => {
    const count = inputs.number('instalments');
    const parts = Array.from({ length: count - 1 }, (_, i) => payment(addDays(DUE, 30 * (i + 1)), euros(300)));
    return { indemnity: amountOf(account(euros(900), DUE, day('2026-11-21'), {}, parts).indemnity) };
  },
  'ind-schedule': (inputs) => ({
    indemnity: amountOf(answered(recoveryIndemnity({ debtor: 'business' }, late(inputs.number('late_instalments'))))),
  }),
  'ind-consumer': (inputs) => ({
    indemnity: amountOf(
      answered(
        recoveryIndemnity(
          { debtor: inputs.text('debtor') === 'consumer' ? 'consumer' : 'business' },
          late(inputs.number('late_invoices')),
        ),
      ),
    ),
  }),
  'ind-extra': (inputs) => {
    const flat = answered(recoveryIndemnity({ debtor: 'business' }, late(1)));
    const asked = answered(furtherCompensation(inputs.euros('costs_proved'), flat));
    return { flat: amountOf(asked.flat), additional: amountOf(asked.additional), total: amountOf(asked.total) };
  },
  'ind-insolvency': (inputs) => ({
    indemnity: amountOf(
      account(euros(900), inputs.day('due_date'), day('2026-11-21'), { insolvencyOpenedOn: inputs.day('opening_judgment') })
        .indemnity,
    ),
  }),
  'ind-insurance': (inputs) => ({
    indemnity: amountOf(
      answered(
        recoveryIndemnity(
          { debtor: 'business', nature: inputs.text('debt') === 'insurance indemnity' ? 'insurance-indemnity' : 'trade' },
          late(1),
        ),
      ),
    ),
  }),
};

const capitalised = (inputs: Facts, everyMonths?: number) =>
  answered(
    interestWithCapitalisation({
      base: inputs.euros('base'),
      rate: inputs.percent('rate_percent'),
      from: inputs.day('from_'),
      to: inputs.day('to'),
      ...(everyMonths !== undefined && { by: { kind: 'clause', everyMonths } as const }),
    }),
  );

export const anatocism: Answers = {
  'anat-clause': (inputs) => {
    const [year2025, year2026] = capitalised(inputs, inputs.text('capitalise') === 'yearly' ? 12 : 1).lines;
    const firstYear = year2025?.amount.cents ?? 0n;
    const compound = year2026?.amount.cents ?? 0n;
    // What the second run gives on the first base: the simple lines of the same days.
    const simple = answered(
      interestWithCapitalisation({
        base: inputs.euros('base'),
        rate: inputs.percent('rate_percent'),
        from: year2025?.to ?? day('2025-12-31'),
        to: inputs.day('to'),
      }),
    ).interest.cents;
    return {
      interest_2025: amountOf(money(firstYear)),
      interest_2026_compound: amountOf(money(compound)),
      interest_2026_simple: amountOf(money(simple)),
      difference: amountOf(money(compound - simple)),
    };
  },
  'anat-none': (inputs) => ({ interest: amountOf(capitalised(inputs).interest) }),
  'anat-eleven-months': (inputs) => ({
    valid: answered(capitalisationAllowed({ kind: 'clause', everyMonths: inputs.number('period_months') })),
  }),
};

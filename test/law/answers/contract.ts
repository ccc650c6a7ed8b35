import { qualifyAdvance } from '#core/law/advance-payment.ts';
import { eInvoicingCalendar, penalClause, worksGuarantee } from '#core/law/contract.ts';
import { type Answers, amountOf, answered, dateOf, euros } from '../facts.ts';

export const contract: Answers = {
  'ct-1799-threshold': (inputs) =>
    Object.fromEntries(
      inputs.list('contracts_ht').map((price) => [String(price), answered(worksGuarantee(euros(Number(price))))]),
    ),
  'ct-einvoice': () => ({
    receive_all: dateOf(answered(eInvoicingCalendar('micro')).receiveFrom),
    issue_large_ETI: dateOf(answered(eInvoicingCalendar('mid-size')).issueFrom),
    issue_PME_micro: dateOf(answered(eInvoicingCalendar('small')).issueFrom),
  }),
  'ct-arrhes': (inputs) => {
    const found = answered(qualifyAdvance(inputs.euros('paid'), inputs.flag('consumer')));
    return {
      qualification: found.kind,
      consumer_withdraws_loses: found.customerLoses && amountOf(found.customerLoses),
      professional_withdraws_owes: found.professionalOwes && amountOf(found.professionalOwes),
    };
  },
  // "(firm) unless shown otherwise" is prose of the file: the trace says the same in French.
  'ct-b2b-advance': (inputs) => {
    const { kind } = answered(qualifyAdvance(inputs.euros('paid'), inputs.flag('consumer')));
    return { qualification: `${kind} (firm) unless shown otherwise` };
  },
  'ct-penal': (inputs) => {
    const found = answered(penalClause(inputs.euros('principal'), inputs.percent('clause_percent'), { consumer: true }));
    return { claimed: amountOf(found.claimed), judge_may_reduce: found.judgeMayReduce, notice_required: found.noticeRequired };
  },
};

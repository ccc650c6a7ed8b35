import { amountOf, negated } from '../../text/decimal.ts';
import { all, first, value, values, type XmlNode } from '../../xml/tree.ts';
import { StatementStopped } from '../refusals.ts';
import type { BatchPayment, Counterparty, StatementEntry } from '../statement.ts';
import { clean, dayOf, joined, writtenIban } from '../words.ts';

/** A payment of an entry, with the sign and the currency its entry lacks to be complete. */
export interface CamtPayment extends BatchPayment {
  readonly bankReference: string | null;
}

const NO_REFERENCE = /^NOT ?PROVIDED$/i;

/** The day of a date choice: Dt, or the day its DtTm is written with. */
export function camtDay(node: XmlNode | undefined, field: string, line: number): string | null {
  const text = value(node, 'Dt') ?? value(node, 'DtTm');
  if (text === null) return null;
  const day = dayOf(text);
  if (day === undefined) {
    throw new StatementStopped('bad-value', { line, field, value: text, expected: 'une date était attendue (AAAA-MM-JJ)' });
  }
  return day;
}

/** An amount of the message, signed by its credit or debit indicator. */
export function camtAmount(text: string | null, indicator: string | null, line: number): string {
  const amount = text === null ? undefined : amountOf(text);
  if (amount === undefined || amount.startsWith('-')) {
    const expected = 'un montant positif, avec un point pour les décimales, était attendu';
    throw new StatementStopped('bad-value', { line, field: 'le montant', value: text ?? '', expected });
  }
  if (indicator === 'CRDT') return amount;
  if (indicator === 'DBIT') return negated(amount);
  const expected = 'CRDT (crédit) ou DBIT (débit) était attendu';
  throw new StatementStopped('bad-value', { line, field: 'le sens', value: indicator ?? '', expected });
}

/** Name and account of the debtor or the creditor. From version 8 on the party stands one level deeper. */
function party(parties: XmlNode | undefined, role: 'Dbtr' | 'Cdtr'): { name: string | null; iban: string | null } {
  const name = (of: string): string | null =>
    value(parties, `${of}/Nm`) ?? value(parties, `${of}/Pty/Nm`) ?? value(parties, `${of}/Agt/FinInstnId/Nm`);
  return { name: name(role) ?? name(`Ultmt${role}`), iban: writtenIban(value(parties, `${role}Acct/Id/IBAN`)) };
}

/**
 * The other side: who paid when money came in, who was paid when it went out. Where that is the account itself (some banks give a payment of a
 * batch the sign of its debtor), or nobody, as reversals have it, it is whoever else is named.
 */
function counterparty(payment: XmlNode, isCredit: boolean, entry: EntryDirection): Pick<Counterparty, 'name' | 'iban'> {
  const parties = first(payment, 'RltdPties');
  const expected = party(parties, isCredit ? 'Dbtr' : 'Cdtr');
  const isNobody = entry.isReversal && expected.name === null && expected.iban === null;
  const isSelf = expected.iban !== null && expected.iban === entry.account;
  return isNobody || isSelf ? party(parties, isCredit ? 'Cdtr' : 'Dbtr') : expected;
}

/** What an entry says before its payments. */
export interface EntryDirection {
  readonly isCredit: boolean;
  readonly isReversal: boolean;
  /** the account of the statement */
  readonly account: string | null;
}

function returnReason(payment: XmlNode): string | null {
  const about = first(payment, 'RtrInf');
  return value(about, 'Rsn/Cd') ?? value(about, 'Rsn/Prtry') ?? value(about, 'RtrRsn/Cd') ?? value(about, 'RtrRsn/Prtry');
}

/** One TxDtls. It has the direction of its entry, unless it says otherwise. */
export function readPayment(payment: XmlNode, entry: EntryDirection, line: number): CamtPayment {
  const indicator = value(payment, 'CdtDbtInd');
  const isCredit = indicator === null ? entry.isCredit : indicator === 'CRDT';
  const amount = first(payment, 'Amt') ?? first(payment, 'AmtDtls/TxAmt/Amt');
  const structured = values(payment, 'RmtInf/Strd/CdtrRefInf/Ref');
  const endToEnd = value(payment, 'Refs/EndToEndId');
  const own = endToEnd === null || NO_REFERENCE.test(endToEnd) ? null : endToEnd;
  return {
    ...counterparty(payment, isCredit, entry),
    amount: amount ? camtAmount(clean(amount.text), isCredit ? 'CRDT' : 'DBIT', line) : null,
    currency: amount?.attributes.Ccy ?? null,
    text: joined([
      ...values(payment, 'RmtInf/Ustrd'),
      ...values(payment, 'RmtInf/Strd/AddtlRmtInf'),
      ...all(payment, 'RmtInf/Strd/RfrdDocInf').map((document) => value(document, 'Nb') ?? value(document, 'RfrdDocNb')),
      value(payment, 'AddtlTxInf'),
    ]),
    reference: structured.length > 0 ? structured.join(' ') : own,
    returnReason: returnReason(payment),
    bankReference: value(payment, 'Refs/AcctSvcrRef') ?? value(payment, 'Refs/TxId'),
  };
}

/** What all the payments say alike; null when they differ. */
function shared(payments: readonly CamtPayment[], field: 'name' | 'iban' | 'reference' | 'returnReason'): string | null {
  const [one] = payments;
  return one && payments.every((p) => p[field] === one[field]) ? one[field] : null;
}

/** An Ntry, its payments read before. With one payment the entry is that payment; with several it is the batch, and they follow. */
export function readEntry(entry: XmlNode, payments: readonly CamtPayment[], line: number): StatementEntry {
  const amount = first(entry, 'Amt');
  const status = value(entry, 'Sts/Cd') ?? value(entry, 'Sts');
  const [only] = payments.length === 1 ? payments : [];
  return {
    bookedOn: camtDay(first(entry, 'BookgDt'), 'la date de comptabilisation', line),
    valueOn: camtDay(first(entry, 'ValDt'), 'la date de valeur', line),
    amount: camtAmount(clean(amount?.text), value(entry, 'CdtDbtInd'), line),
    currency: amount?.attributes.Ccy ?? null,
    name: shared(payments, 'name'),
    iban: shared(payments, 'iban'),
    text: joined([only?.text, value(entry, 'AddtlNtryInf')]),
    reference: shared(payments, 'reference'),
    // An entry without a status is booked: only camt.052 must say it, and it does.
    status: status === null || status === 'BOOK' ? 'booked' : 'pending',
    bankReference: value(entry, 'AcctSvcrRef') ?? only?.bankReference ?? value(entry, 'NtryRef'),
    returnReason: shared(payments, 'returnReason'),
    payments: payments.length > 1 ? payments.map(({ bankReference: _, ...payment }) => payment) : [],
  };
}

/** Whether an entry came in and whether it undoes another: both stand before its payments. */
export function directionOf(entry: XmlNode, account: string | null, line: number): EntryDirection {
  const indicator = value(entry, 'CdtDbtInd');
  if (indicator === null) {
    throw new StatementStopped('bad-value', {
      line,
      field: 'le sens',
      value: '',
      expected: 'CRDT (crédit) ou DBIT (débit) était attendu',
    });
  }
  return { isCredit: indicator === 'CRDT', isReversal: /^(?:true|1)$/.test(value(entry, 'RvslInd') ?? ''), account };
}

import { amountOf } from '../../text/decimal.ts';
import { readAmount } from '../../text/values.ts';
import { StatementSum } from '../checked.ts';
import { StatementStopped } from '../refusals.ts';
import type { Emit, StatementEntry } from '../statement.ts';
import { clean, dayOf, findIban, ibanOf, joined } from '../words.ts';

/** A tag and the words that follow it. In OFX 1.x (SGML) the tags of values need not be closed; in 2.x (XML) they are: both read alike. */
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9._]*)[^<>]*>([^<]*)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const plain = (words: string): string =>
  words
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    })
    .trim();

type Values = Map<string, string>;

const stop = (line: number, field: string, value: string, expected: string): never => {
  throw new StatementStopped('bad-value', { line, field, value, expected });
};

/** "20130824080000[-8:PST]": the day as the bank writes it. */
function dayIn(values: Values, tag: string, line: number, field: string): string | null {
  const text = values.get(tag);
  if (!text) return null;
  const day = /^\d{8}/.test(text) ? dayOf(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`) : undefined;
  return day ?? stop(line, field, text, 'une date AAAAMMJJ était attendue');
}

/** "-80", "1234.50" or, from French banks, "1234,50". */
function amountIn(text: string | undefined, line: number): string {
  const read = readAmount(text ?? '', (text ?? '').includes(',') && !(text ?? '').includes('.') ? ',' : '.');
  const amount = read === undefined || read === 'ambiguous' ? undefined : amountOf(read);
  return amount ?? stop(line, 'le montant', text ?? '', 'un nombre était attendu');
}

/** For a French account, bank, branch and account numbers in one; else the IBAN or the account number alone. */
function accountOf(values: Values): string | null {
  const id = values.get('ACCTID') ?? '';
  const [bank, branch] = [values.get('BANKID') ?? '', values.get('BRANCHID') ?? ''];
  if (/^\d{5}$/.test(bank) && /^\d{5}$/.test(branch) && /^[A-Z0-9]{11}$/i.test(id)) return `${bank}${branch}${id.toUpperCase()}`;
  return ibanOf(id) ?? clean(id);
}

function entryOf(values: Values, currency: string | null, own: string | null, line: number): StatementEntry {
  const words = joined([values.get('NAME'), values.get('PAYEE.NAME'), values.get('MEMO')]);
  return {
    bookedOn: dayIn(values, 'DTPOSTED', line, 'la date') ?? stop(line, 'la date', '', 'une date AAAAMMJJ était attendue'),
    valueOn: dayIn(values, 'DTAVAIL', line, 'la date de valeur'),
    amount: amountIn(values.get('TRNAMT'), line),
    currency: values.get('CURSYM') ?? currency,
    name: clean(values.get('NAME') ?? values.get('PAYEE.NAME')),
    iban: ibanOf(values.get('TO.ACCTID')) ?? findIban(words, own),
    text: words,
    reference: clean(values.get('REFNUM') ?? values.get('CHECKNUM')),
    status: 'booked',
    bankReference: clean(values.get('FITID')),
    returnReason: null,
    payments: [],
  };
}

/** Reads OFX 1.x and 2.x: one statement for each bank or card account. */
export function readOfx(text: string, emit: Emit): void {
  emit({ kind: 'file', format: 'ofx' });
  if (/<!DOCTYPE/i.test(text)) throw new StatementStopped('xml-doctype');
  let statements = 0;
  let sum: StatementSum | undefined;
  let account: Values = new Map();
  let entry: Values | undefined;
  let inside: 'account' | 'to' | 'payee' | 'balance' | undefined;
  let balance: Values = new Map();
  let ended = false;
  let line = 1;
  let counted = 0;
  for (const m of text.matchAll(TAG)) {
    const tag = (m[2] as string).toUpperCase();
    const value = plain(m[3] ?? '');
    for (; counted < m.index; counted++) if (text.charCodeAt(counted) === 10) line += 1;
    if (m[1] === '/') {
      if (tag === 'STMTTRN' && entry) {
        const { currency, account: own } = sum?.head ?? { currency: null, account: null };
        sum?.add(entryOf(entry, currency, own, line));
        entry = undefined;
      } else if (tag === 'BANKACCTFROM' || tag === 'CCACCTFROM') {
        sum?.know({ account: accountOf(account) });
        inside = undefined;
      } else if (tag === 'LEDGERBAL') {
        sum?.know({
          closing: amountIn(balance.get('BALAMT'), line),
          closingOn: dayIn(balance, 'DTASOF', line, 'la date du solde'),
        });
        inside = undefined;
      } else if (tag === 'STMTRS' || tag === 'CCSTMTRS') {
        sum?.close();
        if (sum) statements += 1;
        sum = undefined;
      } else if (tag === 'BANKACCTTO' || tag === 'CCACCTTO' || tag === 'PAYEE') inside = undefined;
      else if (tag === 'OFX') ended = true;
    } else if (tag === 'STMTRS' || tag === 'CCSTMTRS') sum = new StatementSum(emit);
    else if (tag === 'STMTTRN') {
      if (entry)
        throw new StatementStopped('broken-statement', { line, problem: 'un mouvement commence avant la fin du précédent' });
      entry = new Map();
    } else if (tag === 'BANKACCTFROM' || tag === 'CCACCTFROM') {
      inside = 'account';
      account = new Map();
    } else if (tag === 'LEDGERBAL') {
      inside = 'balance';
      balance = new Map();
    } else if (tag === 'BANKACCTTO' || tag === 'CCACCTTO') inside = 'to';
    else if (tag === 'PAYEE') inside = 'payee';
    else if (tag === 'CURDEF') sum?.know({ currency: clean(value) });
    else if (entry) {
      const name = inside === 'to' ? `TO.${tag}` : inside === 'payee' ? `PAYEE.${tag}` : tag;
      if (!entry.has(name) && value !== '') entry.set(name, value);
    } else if (inside === 'account') account.set(tag, value);
    else if (inside === 'balance') balance.set(tag, value);
  }
  if (sum || !ended) throw new StatementStopped('broken-statement', { line, problem: 'le fichier s’arrête avant sa fin' });
  if (statements === 0) throw new StatementStopped('no-statement');
}

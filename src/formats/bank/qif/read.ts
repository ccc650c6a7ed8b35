import { amountOf } from '../../text/decimal.ts';
import { N } from '../../text/refusals.ts';
import { dayOrderOf, decimalSignOf, readAmount, readDate } from '../../text/values.ts';
import { StatementSum } from '../checked.ts';
import type { StatementOptions } from '../options.ts';
import { StatementStopped } from '../refusals.ts';
import type { Emit } from '../statement.ts';
import { clean, findIban, joined } from '../words.ts';

/** Characters of a line that are looked at: no field is longer. */
const MAX_LINE = 500;

interface QifEntry {
  readonly line: number;
  date: string;
  amount: string;
  payee: string;
  memo: string;
  number: string;
}

interface QifStatement {
  readonly account: string | null;
  readonly entries: QifEntry[];
}

/** "8/12'13" is written with an apostrophe before years from 2000 on, and blanks for missing digits. */
const plainDate = (text: string): string => text.replace(/'/g, '/').replace(/\s/g, '');

const stop = (line: number, field: string, value: string, expected: string): never => {
  throw new StatementStopped('bad-value', { line, field, value, expected });
};

/** The lists of movements of the file; categories, classes and prices are passed over, investments refused. */
function statementsOf(text: string): QifStatement[] {
  const statements: QifStatement[] = [];
  let account: string | null = null;
  let section: 'entries' | 'account' | 'other' = 'other';
  let entry: QifEntry | undefined;
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = index + 1;
    const code = raw[0] ?? '';
    const value = raw.slice(1, MAX_LINE).trim();
    if (code === '!') {
      const kind = /^Type:\s*(\w+)/i.exec(value)?.[1]?.toLowerCase();
      if (kind === 'invst') throw new StatementStopped('not-a-statement', { found: 'des placements au format QIF' });
      section = /^Account/i.test(value)
        ? 'account'
        : /^(bank|cash|ccard|oth a|oth l|oth)$/.test(kind ?? '')
          ? 'entries'
          : 'other';
      if (section === 'entries') statements.push({ account, entries: [] });
    } else if (section === 'account' && code === 'N') account = clean(value);
    else if (section === 'entries') {
      if (code === '^') {
        if (entry) statements.at(-1)?.entries.push(entry);
        entry = undefined;
      } else if (code.trim() !== '') {
        entry ??= { line, date: '', amount: '', payee: '', memo: '', number: '' };
        if (code === 'D') entry.date = plainDate(value);
        else if (code === 'T' || (code === 'U' && entry.amount === '')) entry.amount = value;
        else if (code === 'P') entry.payee = value;
        else if (code === 'M') entry.memo = value;
        else if (code === 'N') entry.number = value;
      }
    }
  });
  if (entry)
    throw new StatementStopped('broken-statement', {
      line: (entry as QifEntry).line,
      problem: 'le dernier mouvement n’est pas terminé',
    });
  return statements;
}

/** Reads QIF. The file says neither its currency nor the order of its dates: the order is found out from all of them. */
export function readQif(text: string, emit: Emit, options: StatementOptions): void {
  emit({ kind: 'file', format: 'qif' });
  const statements = statementsOf(text);
  if (statements.length === 0) throw new StatementStopped('no-statement');
  const entries = statements.flatMap((s) => s.entries);
  const order = dayOrderOf(entries.map((e) => e.date));
  const isSure = order === 'mdy' || entries.length === 0 || entries.some((e) => /^(1[3-9]|2\d|3[01])\D|^\d{4}\D/.test(e.date));
  const decimal = decimalSignOf(entries.map((e) => e.amount).filter((text) => text.length <= 40));
  for (const { account, entries: list } of statements) {
    const sum = new StatementSum(emit);
    sum.know({ account });
    if (!isSure && !options.dayOrder) {
      sum.warn('day-order-guessed', `Les dates ont été lues jour puis mois${N}: le fichier ne permet pas d’en être sûr.`);
    }
    for (const { line, date, amount, payee, memo, number } of list) {
      const day = readDate(date, isSure ? order : (options.dayOrder ?? 'dmy'));
      const read = readAmount(amount, decimal);
      const exact = read === undefined || read === 'ambiguous' ? undefined : amountOf(read);
      const words = joined([payee, memo]);
      sum.add({
        bookedOn: day ?? stop(line, 'la date', date, 'une date était attendue'),
        valueOn: null,
        amount: exact ?? stop(line, 'le montant', amount, 'un montant était attendu'),
        currency: null,
        name: clean(payee),
        iban: findIban(words),
        text: words,
        reference: clean(number),
        status: 'booked',
        bankReference: null,
        returnReason: null,
        payments: [],
      });
    }
    sum.close();
  }
}

import { StatementSum } from '../checked.ts';
import { StatementStopped } from '../refusals.ts';
import type { Emit, StatementEntry, StatementParser } from '../statement.ts';
import { clean, findIban, joined } from '../words.ts';
import { CfonbRecord, RECORD } from './record.ts';

/** Without a line end within this many characters, records follow one another every 120 characters. */
const UNBROKEN = 4 * RECORD;

/** What the records 05 of a movement say, by qualifier. */
type Details = Map<string, string[]>;

const said = (details: Details, ...qualifiers: string[]): string[] => qualifiers.flatMap((q) => details.get(q) ?? []);

/** Qualifiers that say no words about the payment: amounts, fees, identifiers, and those that have a field of their own. */
const NOT_WORDS = new Set(['MMO', 'FEE', 'IPY', 'IBE', 'NPY', 'NBE', 'NPO', 'NBU', 'RCN', 'REF', 'CBE', 'CPY', 'BDB', 'RET']);

const movement = (record: CfonbRecord, details: Details): StatementEntry => {
  const amount = record.amount;
  const isCredit = !amount.startsWith('-');
  // The first 35 characters are the reference given by the client, the rest the nature of the payment.
  const ordered = said(details, 'RCN').map((t) => clean(t.slice(0, 35)));
  const nature = said(details, 'RCN').map((t) => clean(t.slice(35)));
  const words = [...details].filter(([q]) => !NOT_WORDS.has(q)).flatMap(([, texts]) => texts);
  const identifiers = isCredit ? said(details, 'CPY', 'IPY') : said(details, 'CBE', 'IBE');
  const names = isCredit ? said(details, 'NPY', 'NPO') : said(details, 'NBE', 'NBU');
  const [returned] = said(details, 'RET');
  return {
    bookedOn: record.day,
    valueOn: record.valueDay,
    amount,
    currency: record.currency,
    // Some banks write the name of the other side under the payer's qualifier whatever the direction.
    name: joined(names) ?? joined(said(details, isCredit ? 'NBE' : 'NPY')),
    iban: identifiers.map((text) => findIban(text)).find((iban) => iban !== null) ?? findIban(joined(words)),
    text: joined([record.label, ...words, ...nature]),
    reference: joined(ordered) ?? record.reference ?? joined(said(details, 'REF')),
    status: 'booked',
    bankReference: joined(said(details, 'REF')) ?? record.reference ?? record.entryNumber,
    returnReason: record.rejectReason ?? clean(returned?.slice(0, 4)),
    payments: [],
  };
};

/**
 * Reads CFONB 120: a statement is a record 01 (old balance), movements 04 with their complements 05, and a record 07 (new balance). Movements
 * alone are read too, as a statement without balances; anything else out of order is refused, for a movement may be missing.
 */
export class CfonbParser implements StatementParser {
  readonly #emit: Emit;
  readonly #maxLine: number;
  #rest = '';
  #line = 0;
  #sum: StatementSum | undefined;
  /** what the open statement started with: a balance, or just movements */
  #started: 'balance' | 'movement' | undefined;
  #number = '';
  #pending: { readonly record: CfonbRecord; readonly details: Details } | undefined;
  #statements = 0;

  constructor(emit: Emit, maxLine: number) {
    this.#emit = emit;
    this.#maxLine = maxLine;
    emit({ kind: 'file', format: 'cfonb120' });
  }

  push(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    for (;;) {
      const end = text.indexOf('\n', at);
      if (end >= 0 && end - at < UNBROKEN) {
        this.#read(text.slice(at, end));
        at = end + 1;
      } else if (text.length - at >= UNBROKEN) {
        this.#read(text.slice(at, at + RECORD));
        at += RECORD;
      } else break;
    }
    this.#rest = text.slice(at);
  }

  end(): void {
    for (; this.#rest.length > RECORD + 2; this.#rest = this.#rest.slice(RECORD)) this.#read(this.#rest.slice(0, RECORD));
    this.#read(this.#rest);
    if (this.#started === 'balance') this.#broken('le nouveau solde (enregistrement 07) manque à la fin');
    this.#close();
    if (this.#statements === 0) throw new StatementStopped('no-statement');
  }

  #broken(problem: string): never {
    throw new StatementStopped('broken-statement', { line: this.#line, problem });
  }

  #read(raw: string): void {
    this.#line += 1;
    const text = raw.replace(/[\s\p{Cc}]+$/u, '');
    if (text === '') return;
    if (text.length > RECORD) {
      if (text.length > this.#maxLine) throw new StatementStopped('line-too-long', { line: this.#line, limit: this.#maxLine });
      this.#broken(`un enregistrement compte ${text.length} caractères au lieu de ${RECORD}`);
    }
    const record = new CfonbRecord(text, this.#line);
    switch (record.code) {
      case '01':
        this.#opening(record);
        break;
      case '04':
        this.#movement(record);
        break;
      case '05':
        this.#detail(record);
        break;
      case '07':
        this.#closing(record);
        break;
      default:
        this.#broken(`l’enregistrement « ${text.slice(0, 12)} » n’est pas d’un type connu (01, 04, 05 ou 07)`);
    }
  }

  #opening(record: CfonbRecord): void {
    if (this.#started === 'balance') this.#broken('un relevé commence avant que le précédent ait son nouveau solde');
    if (this.#started === 'movement') this.#broken('un mouvement précède l’ancien solde (enregistrement 01)');
    this.#start('balance', record);
    this.#sum?.know({ opening: record.amount, openingOn: record.day });
  }

  #start(started: 'balance' | 'movement', record: CfonbRecord): void {
    this.#started = started;
    this.#number = record.accountNumber;
    this.#sum = new StatementSum(this.#emit);
    this.#sum.know({ account: record.account || null, currency: record.currency });
  }

  #movement(record: CfonbRecord): void {
    this.#flush();
    if (!this.#started) {
      if (this.#statements > 0) this.#broken('un mouvement vient après le nouveau solde (enregistrement 07)');
      this.#start('movement', record);
    }
    // The bank and branch of a movement may differ from those of its statement (banks merge); the account number may not.
    if (record.accountNumber !== this.#number) {
      this.#broken(`un mouvement du compte ${record.accountNumber} se trouve dans le relevé du compte ${this.#number}`);
    }
    if (this.#sum?.head.currency === null && record.currency) this.#sum.know({ currency: record.currency });
    this.#pending = { record, details: new Map() };
  }

  #detail(record: CfonbRecord): void {
    if (!this.#pending) this.#broken('un complément (enregistrement 05) ne suit aucun mouvement');
    const { qualifier, text } = record.detail;
    const { details } = this.#pending;
    details.set(qualifier, [...(details.get(qualifier) ?? []), text]);
  }

  #closing(record: CfonbRecord): void {
    this.#flush();
    if (this.#started !== 'balance') this.#broken('un nouveau solde (enregistrement 07) n’a pas d’ancien solde avant lui');
    if (record.accountNumber !== this.#number) {
      this.#broken(`le nouveau solde est celui du compte ${record.accountNumber}, l’ancien celui du compte ${this.#number}`);
    }
    this.#sum?.know({ closing: record.amount, closingOn: record.day });
    this.#close();
  }

  #flush(): void {
    if (this.#pending && this.#sum) {
      const entry = movement(this.#pending.record, this.#pending.details);
      this.#sum.add({ ...entry, currency: entry.currency ?? this.#sum.head.currency });
    }
    this.#pending = undefined;
  }

  #close(): void {
    this.#flush();
    if (!this.#sum) return;
    this.#sum.close();
    this.#sum = undefined;
    this.#started = undefined;
    this.#statements += 1;
  }
}

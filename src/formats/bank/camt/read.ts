import { N } from '../../text/refusals.ts';
import { first, value, type XmlNode } from '../../xml/tree.ts';
import { XmlStream } from '../../xml/xml-stream.ts';
import { StatementSum } from '../checked.ts';
import type { StatementLimits } from '../options.ts';
import { StatementStopped } from '../refusals.ts';
import type { Emit, StatementFormat, StatementHead, StatementParser } from '../statement.ts';
import { clean, writtenIban } from '../words.ts';
import { type CamtPayment, camtAmount, camtDay, directionOf, readEntry, readPayment } from './entry.ts';

/** The three messages, by the element that holds them; version 1 adds its number to it. */
const MESSAGES: Readonly<Record<string, StatementFormat>> = {
  BkToCstmrAcctRpt: 'camt.052',
  BkToCstmrStmt: 'camt.053',
  BkToCstmrDbtCdtNtfctn: 'camt.054',
};
const STATEMENTS = new Set(['Rpt', 'Stmt', 'Ntfctn']);
/** What is kept of a statement; the rest is passed over without being built. */
const KEPT = new Set(['Acct', 'Bal', 'Ntry']);
/** What makes an opening balance and a closing one, best first: booked, then the booked one of the day before. */
const OPENING = ['OPBD', 'PRCD'];
const CLOSING = ['CLBD'];

/** An element being built. */
interface Growing extends XmlNode {
  readonly children: XmlNode[];
  text: string;
}

const messageOf = (name: string): StatementFormat | undefined => MESSAGES[name.replace(/V\d\d$/, '')];

/**
 * Reads camt.052, 053 and 054 of every version as they come: what is built never holds more than one entry, and of a batch only what is told of
 * its payments. Elements are known by their local names, so that every version, prefix and bank's own namespace is read alike.
 */
export class CamtParser implements StatementParser {
  readonly #xml: XmlStream;
  readonly #emit: Emit;
  readonly #limits: StatementLimits;
  readonly #stack: Growing[] = [];
  readonly #path: string[] = [];
  #root: string | undefined;
  #format: StatementFormat | undefined;
  #sum: StatementSum | undefined;
  #statements = 0;
  #payments: CamtPayment[] = [];
  #elements = 0;
  #openingRank = OPENING.length;

  constructor(emit: Emit, limits: StatementLimits) {
    this.#emit = emit;
    this.#limits = limits;
    this.#xml = new XmlStream(
      {
        open: (name, attributes) => this.#open(name, attributes),
        text: (words) => {
          const growing = this.#stack.at(-1);
          if (growing) growing.text += words;
        },
        close: () => this.#close(),
      },
      limits.maxXmlDepth,
    );
  }

  push(piece: string): void {
    this.#xml.push(piece);
  }

  end(): void {
    this.#xml.end();
    if (!this.#format) {
      throw new StatementStopped('not-a-statement', {
        found: `un XML d’une autre sorte (racine « ${this.#root ?? '?'} »)`,
        root: this.#root,
      });
    }
    if (this.#statements === 0) throw new StatementStopped('no-statement');
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#root ??= name;
    const parent = this.#stack.at(-1);
    if (parent || (this.#sum && KEPT.has(name) && this.#isStatement(this.#path.length - 1))) {
      this.#elements = parent ? this.#elements + 1 : 1;
      if (this.#elements > this.#limits.maxEntryElements) {
        throw new StatementStopped('entry-too-large', { limit: this.#limits.maxEntryElements });
      }
      const node: Growing = { name, namespace: 'camt', attributes, children: [], text: '' };
      parent?.children.push(node);
      this.#stack.push(node);
    } else if (!this.#format && this.#path.length <= 2) {
      this.#format = messageOf(name);
      if (this.#format) this.#emit({ kind: 'file', format: this.#format });
    }
    this.#path.push(name);
    if (!parent && this.#isStatement(this.#path.length - 1)) this.#sum = new StatementSum(this.#emit);
  }

  /** True when the element at this depth is a statement of the message. */
  #isStatement(depth: number): boolean {
    return (
      this.#format !== undefined &&
      STATEMENTS.has(this.#path[depth] ?? '') &&
      messageOf(this.#path[depth - 1] ?? '') !== undefined
    );
  }

  #close(): void {
    const node = this.#stack.pop();
    if (node) this.#built(node);
    else if (this.#sum && this.#isStatement(this.#path.length - 1)) {
      this.#sum.close();
      this.#sum = undefined;
      this.#statements += 1;
      this.#openingRank = OPENING.length;
    }
    this.#path.pop();
  }

  /** An element that is kept is complete. */
  #built(node: Growing): void {
    if (node.name === 'TxDtls') {
      const entry = this.#stack[0];
      if (entry?.name === 'Ntry') {
        this.#payments.push(
          readPayment(node, directionOf(entry, this.#sum?.head.account ?? null, this.#xml.line), this.#xml.line),
        );
        // Told apart, its elements are let go: a batch of any size is read in little memory.
        this.#stack.at(-1)?.children.pop();
        this.#elements = this.#stack.length;
      }
    } else if (this.#stack.length === 0) {
      if (node.name === 'Acct') this.#account(node);
      else if (node.name === 'Bal') this.#balance(node);
      else {
        this.#sum?.add(this.#entryOf(node));
        this.#payments = [];
      }
    }
  }

  #entryOf(node: XmlNode) {
    const entry = readEntry(node, this.#payments, this.#xml.line);
    if (this.#sum && this.#sum.head.currency === null && entry.currency !== null) this.#sum.know({ currency: entry.currency });
    return entry;
  }

  #account(node: XmlNode): void {
    const id = first(node, 'Id');
    const account = writtenIban(value(id, 'IBAN')) ?? value(id, 'Othr/Id') ?? value(id, 'PrtryAcct/Id') ?? value(id, 'BBAN');
    const currency = value(node, 'Ccy');
    this.#sum?.know({ account, ...(currency ? { currency } : {}) });
  }

  #balance(node: XmlNode): void {
    const sum = this.#sum;
    const type = value(node, 'Tp/CdOrPrtry/Cd') ?? value(node, 'Tp/Cd') ?? '';
    const openingRank = OPENING.indexOf(type);
    if (!sum || (openingRank < 0 && !CLOSING.includes(type))) return;
    const line = this.#xml.line;
    const amount = camtAmount(clean(first(node, 'Amt')?.text), value(node, 'CdtDbtInd'), line);
    const on = camtDay(first(node, 'Dt'), 'la date du solde', line);
    const currency = first(node, 'Amt')?.attributes.Ccy ?? null;
    const facts: Partial<StatementHead> = {};
    if (openingRank >= 0 && openingRank < this.#openingRank) {
      this.#openingRank = openingRank;
      Object.assign(facts, { opening: amount, openingOn: on });
    } else if (openingRank < 0) Object.assign(facts, { closing: amount, closingOn: on });
    if (sum.head.currency === null) sum.know({ currency });
    else if (currency !== null && currency !== sum.head.currency) {
      sum.warn(
        'balance-currency',
        `Les soldes du relevé sont dans des monnaies différentes${N}: ils n’ont pas pu être vérifiés.`,
      );
    }
    sum.know(facts);
  }
}

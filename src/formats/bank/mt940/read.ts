import { N, NB } from '../../text/refusals.ts';
import { LineStream } from '../../text/text-stream.ts';
import { StatementSum } from '../checked.ts';
import { StatementStopped } from '../refusals.ts';
import type { Emit, StatementFormat, StatementParser } from '../statement.ts';
import { findIban, ibanOf, joined } from '../words.ts';
import { type Details, readDetails, readNonSwift } from './details.ts';
import { type MovementLine, readBalance, readMovement } from './line.ts';

/** Only these start a field: other words between colons belong to the text they stand in. */
const FIELD = /^:(13[CD]?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):/;
/** No bank writes a field of more lines than this. */
const FIELD_LINES = 200;

/** A line without control characters, nor the blocks that SWIFT puts around a message: "{1:…}{2:…}{4:" before it. */
function unframed(line: string): string {
  const text = line.replace(/\p{Cc}/gu, (c) => (c === '\t' ? ' ' : ''));
  if (!text.startsWith('{')) return text;
  const body = text.indexOf('{4:');
  return body < 0 ? '' : text.slice(body + 3);
}

interface Field {
  readonly tag: string;
  readonly line: number;
  readonly lines: string[];
}

/** Reads MT940 (end of day) and MT942 (during the day) as they come. Each message is a statement, pages of one statement included. */
export class Mt940Parser implements StatementParser {
  readonly #emit: Emit;
  readonly #maxLine: number;
  readonly #lines = new LineStream();
  #line = 0;
  #held = '';
  #field: Field | undefined;
  #sum: StatementSum | undefined;
  #movement: { readonly line: MovementLine; readonly details: Details[] } | undefined;
  #statements = 0;

  constructor(emit: Emit, maxLine: number, format: Extract<StatementFormat, 'mt940' | 'mt942'>) {
    this.#emit = emit;
    this.#maxLine = maxLine;
    emit({ kind: 'file', format });
  }

  push(piece: string): void {
    for (const line of this.#lines.push(piece)) this.#read(line);
    if (this.#lines.waiting > this.#maxLine) this.#tooLong();
  }

  end(): void {
    this.#read(this.#lines.end());
    this.#endMessage();
    if (this.#statements === 0) throw new StatementStopped('no-statement');
  }

  #tooLong(): never {
    throw new StatementStopped('line-too-long', { line: this.#line, limit: this.#maxLine });
  }

  #read(raw: string): void {
    this.#line += 1;
    if (raw.length > this.#maxLine) this.#tooLong();
    // Control characters and the blocks that SWIFT puts around a message.
    const text = unframed(this.#held + raw);
    this.#held = '';
    if (/^-\}?/.test(text) && /^-(\}.*)?\s*$/.test(text)) {
      this.#endMessage();
      return;
    }
    if (text.trim() === ':') {
      // A file cut in the middle of a tag: the colon belongs to the next line.
      this.#held = ':';
      return;
    }
    const tag = FIELD.exec(text);
    if (tag) {
      this.#endField();
      this.#field = { tag: tag[1] as string, line: this.#line, lines: [text.slice(tag[0].length)] };
    } else if (this.#field && text.trim() !== '') {
      if (this.#field.lines.length >= FIELD_LINES) this.#tooLong();
      this.#field.lines.push(text);
    }
  }

  #endField(): void {
    const field = this.#field;
    this.#field = undefined;
    if (!field) return;
    const text = field.lines.join('\n');
    const own = this.#sum?.head.account ?? null;
    switch (field.tag) {
      case '20':
        this.#endMessage();
        break;
      case '25':
      case '25P':
        if (this.#sum?.head.account) this.#endMessage();
        this.#account(text);
        break;
      case '60F':
      case '60M':
        this.#opening(text, field.line);
        break;
      case '61':
        this.#startMovement(readMovement(text, field.line));
        break;
      case '86':
        // After the closing balance :86: speaks of the statement, not of its last movement.
        this.#movement?.details.push(readDetails(field.lines, own));
        break;
      case 'NS':
        this.#movement?.details.push(readNonSwift(field.lines, own));
        break;
      case '62F':
      case '62M':
        this.#closing(text, field.line);
        break;
    }
  }

  #open(): StatementSum {
    this.#sum ??= new StatementSum(this.#emit);
    return this.#sum;
  }

  #account(text: string): void {
    const [, account = '', currency] = /^(.*?)([A-Z]{3})?$/.exec(text.split('\n', 1)[0]?.trim() ?? '') ?? [];
    const words = ibanOf(account) ?? findIban(account) ?? account.trim();
    this.#open().know({ account: words || null, ...(currency ? { currency } : {}) });
  }

  #opening(text: string, line: number): void {
    const { amount, on, currency } = readBalance(text, line);
    const { account = null, opening = null } = this.#sum?.head ?? {};
    if (opening !== null) {
      // A second opening balance without a new message starts another statement of the same account.
      this.#endMessage();
      this.#open().know({ account });
    }
    this.#open().know({ opening: amount, openingOn: on, ...(currency ? { currency } : {}) });
  }

  #closing(text: string, line: number): void {
    this.#endMovement();
    const { amount, on, currency } = readBalance(text, line);
    const sum = this.#open();
    sum.know({ closing: amount, closingOn: on, ...(sum.head.currency === null && currency ? { currency } : {}) });
  }

  #startMovement(line: MovementLine): void {
    this.#endMovement();
    this.#open();
    this.#movement = { line, details: [] };
  }

  #endMovement(): void {
    const movement = this.#movement;
    const sum = this.#sum;
    this.#movement = undefined;
    if (!movement || !sum) return;
    const { line, details } = movement;
    if (line.unreal) {
      sum.warn(
        'unreal-value-date',
        `Une date de valeur n’existe pas au calendrier (30${NB}février)${N}: le dernier jour du mois a été retenu.`,
      );
    }
    const first = <K extends keyof Details>(field: K): Details[K] | null =>
      details.find((d) => d[field] !== null)?.[field] ?? null;
    sum.add({
      bookedOn: line.bookedOn,
      valueOn: line.valueOn,
      amount: line.amount,
      currency: sum.head.currency,
      name: first('name'),
      iban: first('iban'),
      text: joined([line.supplement, ...details.map((d) => d.text)]),
      reference: first('reference') ?? line.customerReference,
      status: line.status,
      bankReference: line.bankReference,
      returnReason: first('returnReason'),
      payments: [],
    });
  }

  #endMessage(): void {
    this.#endField();
    this.#endMovement();
    const sum = this.#sum;
    this.#sum = undefined;
    if (!sum || sum.isEmpty) return;
    sum.close();
    this.#statements += 1;
  }
}

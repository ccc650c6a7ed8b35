import { fromUnits, toUnits } from '../text/decimal.ts';
import { formatAmountFr } from '../text/french-amount.ts';
import { N, NB, quote } from '../text/refusals.ts';
import type { Emit, StatementEntry, StatementHead, StatementWarning } from './statement.ts';

export const EMPTY_HEAD: StatementHead = {
  account: null,
  currency: null,
  opening: null,
  openingOn: null,
  closing: null,
  closingOn: null,
};

const shown = (amount: string, currency: string | null): string =>
  `${formatAmountFr(amount)}${currency ? `${NB}${currency === 'EUR' ? '€' : currency}` : ''}`;

/**
 * A statement while it is read: passes its entries on and adds up those that are booked, so that at its end
 * opening + entries = closing can be checked to the last decimal.
 */
export class StatementSum {
  readonly #emit: Emit;
  readonly #warnings: StatementWarning[] = [];
  #head: StatementHead = EMPTY_HEAD;
  #opened = false;
  #entries = 0;
  #sum = 0n;
  #mixed = false;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  get head(): StatementHead {
    return this.#head;
  }

  get entries(): number {
    return this.#entries;
  }

  /** What is learnt about the statement, before its entries or after. */
  know(facts: Partial<StatementHead>): void {
    this.#head = { ...this.#head, ...facts };
  }

  warn(code: StatementWarning['code'], message: string): void {
    if (!this.#warnings.some((w) => w.code === code)) this.#warnings.push({ code, message });
  }

  /** Nothing worth a statement was seen: no entry, no balance. */
  get isEmpty(): boolean {
    return this.#entries === 0 && this.#head.opening === null && this.#head.closing === null;
  }

  add(entry: StatementEntry): void {
    this.#open();
    this.#entries += 1;
    if (entry.status === 'booked') {
      this.#sum += toUnits(entry.amount) ?? 0n;
      if (entry.currency !== null && this.#head.currency !== null && entry.currency !== this.#head.currency) this.#mixed = true;
    }
    this.#emit({ kind: 'entry', entry });
  }

  #open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#emit({ kind: 'open', head: this.#head });
  }

  close(): void {
    this.#open();
    this.#check();
    this.#emit({ kind: 'close', head: this.#head, warnings: this.#warnings });
  }

  /** Tells whether the balances agree with the entries, or why that cannot be told. */
  #check(): void {
    const { opening, closing, currency, account } = this.#head;
    const which = account ? ` du compte ${quote(account)}` : '';
    if (opening === null || closing === null) {
      if (this.#entries === 0) this.warn('no-entries', `Le relevé${which} ne contient aucun mouvement.`);
      this.warn('no-balances', `Le relevé${which} n’a pas ses deux soldes${N}: rien ne prouve qu’il ne manque pas de mouvement.`);
      return;
    }
    if (this.#mixed) {
      this.warn('balance-currency', `Le relevé${which} mêle plusieurs monnaies${N}: ses soldes n’ont pas pu être vérifiés.`);
      return;
    }
    const found = (toUnits(opening) ?? 0n) + this.#sum;
    const gap = (toUnits(closing) ?? 0n) - found;
    if (gap === 0n || this.#warnings.some((w) => w.code === 'balance-currency')) return;
    const words = [
      `Le relevé${which} ne tombe pas juste${N}: solde initial ${shown(opening, currency)}, mouvements ${shown(fromUnits(this.#sum), currency)}, `,
      `solde final ${shown(closing, currency)}, écart ${shown(fromUnits(gap), currency)}. Un mouvement manque peut-être.`,
    ];
    this.warn('balance-mismatch', words.join(''));
  }
}

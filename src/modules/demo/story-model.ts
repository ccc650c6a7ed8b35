import type { ActionKind } from '#modules/cases/index.ts';
import type { Typed } from '#platform/form.ts';

/** The words in which the story of the demonstration is told. Days are offsets from today: -30 is thirty days ago. */

export type LineUnit = 'flat' | 'day' | 'hour' | 'piece';

/** One line of an invoice. */
export interface StoryLine {
  readonly label: string;
  readonly detail?: string;
  /** a plain decimal: "1", "2.5" */
  readonly quantity: string;
  readonly unit: LineUnit;
  /** euros without VAT, a plain decimal */
  readonly price: string;
  /** percent; the one of the law for most services when absent */
  readonly vat?: '20.00' | '5.50' | '0.00';
}

/** An invoice, or a credit note (its amounts are then what it takes off). */
export interface StoryDocument {
  readonly kind: 'invoice' | 'credit-note';
  /** how the story calls it; a credit note names the one it reduces */
  readonly key: string;
  readonly issued: number;
  /** the day it was put into Quitus */
  readonly received: number;
  /** days between the invoice and its due date */
  readonly terms: number;
  /** what the invoice is about, in one line */
  readonly subject: string;
  readonly lines: readonly StoryLine[];
  /** true when goods are delivered with the services */
  readonly goods?: true;
  readonly credits?: string;
  /** the buyer's order, or the engagement number of a public buyer */
  readonly order?: string;
  /** the service code a public buyer asks for */
  readonly buyerReference?: string;
  /** the yearly late-payment rate of the contract, in percent; the one of the law when absent */
  readonly contractRate?: string;
}

export interface StoryDebtor {
  readonly kind: 'business' | 'consumer' | 'public';
  readonly name: string;
  readonly siren?: string;
  readonly vat?: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly email: string;
}

/** What a step may say of a day: as forms take it (ISO), and as people write it (« 31 mars 2026 »). */
export interface StoryDays {
  readonly iso: (offset: number) => string;
  readonly french: (offset: number) => string;
}

/** A movement of the company's account: an offset, a signed amount in the French way, what the bank says. */
export interface StoryBankLine {
  readonly on: number;
  readonly amount: string;
  readonly text: string;
}

/** A status of an invoice's life on the platforms of e-invoicing, and the day on which it was given. */
export interface StoryStatus {
  readonly on: number;
  /** "208" */
  readonly code: string;
  /** the name that the message gives it */
  readonly label: string;
  readonly reason?: string;
  /** what it asks the seller to do */
  readonly action?: string;
}

/** Something that happened on a day. */
export type StoryStep =
  | { readonly on: number; readonly do: 'act'; readonly action: ActionKind; readonly typed: (days: StoryDays) => Typed }
  | { readonly on: number; readonly do: 'set-rate'; readonly percent: string }
  /** what the user says of the case, for the advice */
  | { readonly on: number; readonly do: 'answer'; readonly typed: Typed }
  /** the bank's statement of the days before, dropped as the bank's website exports it */
  | { readonly on: number; readonly do: 'bank'; readonly lines: readonly StoryBankLine[] }
  /** what the platform tells of an invoice of the case, dropped as it gives it out */
  | { readonly on: number; readonly do: 'status'; readonly document: string; readonly statuses: readonly StoryStatus[] }
  | { readonly on: number; readonly do: 'prepare-notice' }
  | { readonly on: number; readonly do: 'post-notice'; readonly tracking: string }
  | { readonly on: number; readonly do: 'notice-outcome'; readonly outcome: 'delivered' | 'refused' | 'unclaimed' };

/** One case of the demonstration. */
export interface StoryCase {
  readonly key: string;
  readonly debtor: StoryDebtor;
  readonly documents: readonly StoryDocument[];
  readonly steps: readonly StoryStep[];
}

const doing = (on: number, action: ActionKind, typed: (days: StoryDays) => Typed): StoryStep => ({
  on,
  do: 'act',
  action,
  typed,
});

export const contact = (on: number, channel: 'call' | 'email' | 'meeting' | 'letter', text: string): StoryStep =>
  doing(on, 'contact', (days) => ({ on: days.iso(on), channel, text }));
export const note = (on: number, text: string | ((days: StoryDays) => string)): StoryStep =>
  doing(on, 'note', (days) => ({ text: typeof text === 'string' ? text : text(days) }));
export const dispute = (on: number, text: string): StoryStep => doing(on, 'dispute', (days) => ({ on: days.iso(on), text }));
export const payment = (on: number, amount: string, reference: string): StoryStep =>
  doing(on, 'payment', (days) => ({ on: days.iso(on), amount, reference }));
export const promise = (on: number, amount: string, payBy: number): StoryStep =>
  doing(on, 'promise', (days) => ({ on: days.iso(on), amount, payBy: days.iso(payBy) }));
export const plan = (on: number, amount: string, instalments: number, firstOn: number): StoryStep =>
  doing(on, 'plan', (days) => ({ on: days.iso(on), amount, instalments: String(instalments), firstOn: days.iso(firstOn) }));
export const insolvency = (
  on: number,
  judgmentOn: number,
  proceeding: 'sauvegarde' | 'redressement' | 'liquidation',
): StoryStep => doing(on, 'insolvency', (days) => ({ on: days.iso(on), judgmentOn: days.iso(judgmentOn), proceeding }));
export const close = (on: number, reason: 'paid' | 'agreement', text: string): StoryStep =>
  doing(on, 'close', () => ({ reason, text }));

export const contractRate = (on: number, percent: string): StoryStep => ({ on, do: 'set-rate', percent });
export const answers = (on: number, typed: Typed): StoryStep => ({ on, do: 'answer', typed });
export const bank = (on: number, lines: readonly StoryBankLine[]): StoryStep => ({ on, do: 'bank', lines });
export const lifeCycle = (on: number, document: string, statuses: readonly StoryStatus[]): StoryStep => ({
  on,
  do: 'status',
  document,
  statuses,
});
export const prepareNotice = (on: number): StoryStep => ({ on, do: 'prepare-notice' });
export const postNotice = (on: number, tracking: string): StoryStep => ({ on, do: 'post-notice', tracking });
export const noticeOutcome = (on: number, outcome: 'delivered' | 'refused' | 'unclaimed'): StoryStep => ({
  on,
  do: 'notice-outcome',
  outcome,
});

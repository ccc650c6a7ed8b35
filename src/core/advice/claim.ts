import type { Action } from './actions.ts';
import type { EventName } from './events.ts';

export type Solvency = 'good' | 'unknown' | 'fragile' | 'bad' | 'published';
export type VatRegime = 'franchise' | 'encaissements' | 'debits';
/** How well the claim is proven: 0 weak, 1 medium, 2 strong. */
export type FileStrength = 0 | 1 | 2;

/** What was done on a claim, as counters: the order of the steps changes nothing beyond what they say. */
export interface History {
  /** reminders by mail, 0 to 3: a fourth teaches nothing more */
  readonly emails?: number;
  /** calls, 0 to 2 */
  readonly calls?: number;
  /** waits of two weeks decided in the first days, 0 or 1 */
  readonly waits?: number;
  /** the formal notice was sent */
  readonly med?: boolean;
  /** contacts left without an answer before the first answer; all of them when the debtor never answered */
  readonly silent?: number;
  /** the first answer: a promise or an excuse, or a dispute */
  readonly signal?: 'promise' | 'dispute';
  /** an instalment plan was refused, or accepted then broken after its first instalment */
  readonly plan?: 'refused' | 'broken';
  /** a credit note was offered in vain */
  readonly credit?: boolean;
  /** a mediation or conciliation was tried in vain */
  readonly mediation?: boolean;
  readonly agency?: boolean;
  /** the small-claims procedure was tried in vain */
  readonly psr?: boolean;
  /** the payment order */
  readonly ip?: 'rejected' | 'opposed' | 'title';
  readonly refere?: 'failed' | 'title';
  readonly suit?: 'title';
}

/** What a customer's earlier invoices showed. */
export interface CustomerHistory {
  readonly invoices: number;
  readonly late: number;
}

/** The user's own limits: constraints, not penalties (guard rail 9). Cents. */
export interface Caps {
  /** the most to advance on this claim */
  readonly outlay?: bigint;
  /** the most to lose in the worst tenth of the cases */
  readonly loss?: bigint;
}

/** A claim as the advice sees it. Nothing personal: amounts, ages, counters. */
export interface AdviceClaim {
  /** the invoice, VAT included, before any broken plan; cents */
  readonly principal: bigint;
  /** days since the due date */
  readonly ageDays: number;
  readonly vat: { readonly regime: VatRegime /** 0.2 for 20 % */; readonly rate: number };
  /** between professionals (late rate and flat indemnity) or against a consumer */
  readonly business: boolean;
  /** the contract's own late rate a year, in place of the legal one: 0.12 for 12 % */
  readonly lateRate?: number;
  readonly solvency: Solvency;
  readonly file: FileStrength;
  readonly history: History;
  /** only the user may say so: the complaint is partly founded */
  readonly disputeFounded?: boolean;
  readonly customer?: CustomerHistory;
  readonly events?: readonly EventName[];
  /** replaces the model's own prior */
  readonly prior?: readonly number[];
  readonly forbid?: readonly Action[];
  /** days since the last contact, of any kind */
  readonly lastContactDays?: number;
  readonly caps?: Caps;
  /** a person or a sole trader in difficulty: a plan first, no agency (guard rail 6) */
  readonly vulnerable?: boolean;
}

/** Euros, for the solver only. */
export const eurosOf = (cents: bigint): number => Number(cents) / 100;
/** Back to cents at the boundary, half away from zero. */
export const centsOf = (euros: number): bigint => BigInt(Math.sign(euros) * Math.round(Math.abs(euros) * 100));

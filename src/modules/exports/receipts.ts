import { type Day, isAfter } from '#core/kernel/day.ts';
import type { Account, Customer, Movement } from '#formats/fec/index.ts';
import type { Purpose } from '#modules/invoices/index.ts';
import type { Chart } from './accounts.ts';
import type { Draft } from './case-books.ts';
import { type Gap, gapOf } from './gaps.ts';
import { letteringOf, type Mark } from './marks.ts';

/** What a payment settled of one invoice, on a day. */
export interface BookPart {
  readonly on: Day;
  readonly cents: bigint;
  readonly purpose: Purpose;
  readonly invoiceId: string;
  readonly number: string;
  readonly issuedOn: Day;
  readonly caseId: string | null;
  readonly customer: Customer;
  /** whether the invoice bears VAT; null when it does not tell */
  readonly taxed: boolean | null;
}

/** A payment as the books see it. */
export interface BookPayment {
  readonly id: string;
  readonly on: Day;
  readonly currency: string;
  /** positive: money in; a refund, or a payment taken back, is negative */
  readonly cents: bigint;
  readonly kind: 'received' | 'set-off' | 'refund' | 'listed';
  readonly reversal: boolean;
  readonly heldForOther: boolean;
  readonly reference: string | null;
  readonly customer: Customer;
  /** every part it has, of whatever day */
  readonly parts: readonly BookPart[];
}

export interface ReceiptWorld {
  readonly chart: Chart;
  readonly marks: ReadonlyMap<string, Mark>;
  /** invoices whose loss is booked; `writtenOff`: those of cases written off, booked or not */
  readonly lost: ReadonlyMap<string, Day>;
  readonly writtenOff: ReadonlyMap<string, Day>;
}

const isGivenUp = (purpose: Purpose): boolean => purpose === 'bank-fee' || purpose === 'discount';

const LABELS: Readonly<Record<BookPayment['kind'], string>> = {
  received: 'Règlement',
  'set-off': 'Compensation',
  refund: 'Remboursement',
  listed: 'Règlement',
};

/**
 * The entry of a payment on the day it came, or of the day it was placed later on invoices: the bank, the customers' accounts with their
 * lettering, what was given up beside it, interest and the 40 € as income of the day they are paid. What cannot be booked is told.
 */
export function paymentEntry(of: BookPayment, day: Day, world: ReceiptWorld): (Draft | Gap)[] {
  const { chart, writtenOff } = world;
  const parts = of.parts.filter(({ on }) => Temporal.PlainDate.compare(on, day) === 0);
  const first = parts[0];
  const told = { on: day, customer: of.customer.name, caseId: first?.caseId ?? null, currency: of.currency };
  const name = of.reference ?? first?.number ?? of.customer.name;
  if (of.currency !== 'EUR') return [gapOf({ ...told, kind: 'currency', piece: name, cents: of.cents })];
  const late = parts.find(({ invoiceId, on }) => {
    const over = writtenOff.get(invoiceId);
    return over && isAfter(on, over);
  });
  if (late) return [gapOf({ ...told, kind: 'after-write-off', piece: late.number, cents: of.cents })];
  const placed = parts.reduce((sum, { purpose, cents }) => (isGivenUp(purpose) ? sum : sum + cents), 0n);
  const atOnce = Temporal.PlainDate.compare(day, of.on) === 0;
  const waiting = {
    account: of.heldForOther ? chart.suspense : chart.customers,
    ...(of.heldForOther ? {} : { customer: of.customer }),
  };
  const source: Account = of.kind === 'set-off' ? chart.suppliers : chart.bank;
  const movements: Movement[] = [
    ...(atOnce
      ? [
          { account: source, cents: of.cents },
          { ...waiting, cents: placed - of.cents },
        ]
      : [{ ...waiting, cents: placed }]),
    ...parts.flatMap((part) => partMovements(part, world)),
  ];
  const verb = of.reversal ? 'Annulation de règlement' : atOnce ? LABELS[of.kind] : 'Affectation de règlement';
  const entry: Draft = {
    on: day,
    journal: atOnce && of.kind !== 'set-off' ? 'bank' : 'general',
    label: `${verb} ${of.customer.name}`,
    piece: { ref: (of.reference ?? `Q-${of.id.slice(-8)}`).slice(0, 60), date: of.on.toString() },
    movements,
  };
  const discounted = parts.filter(({ purpose, taxed }) => purpose === 'discount' && taxed !== false);
  return [
    entry,
    ...discounted.map((part) =>
      gapOf({ ...told, kind: 'discount-vat', piece: part.number, cents: part.cents, caseId: part.caseId }),
    ),
  ];
}

/** One part: off the customer's account, and to what it was given up or earned for. */
function partMovements(part: BookPart, { chart, marks, lost }: ReceiptWorld): Movement[] {
  const { purpose, cents, customer } = part;
  const piece = { ref: part.number, date: part.issuedOn.toString() };
  if (purpose === 'interest') return [{ account: chart.interest, cents: -cents, piece }];
  if (purpose === 'indemnity') return [{ account: chart.indemnity, cents: -cents, piece }];
  const mark = marks.get(part.invoiceId);
  const isDoubtful = mark?.doubtfulOn !== undefined && isAfter(part.on, mark.doubtfulOn);
  const settledOn = isDoubtful || !mark?.doubtfulOn ? (mark?.settledOn ?? lost.get(part.invoiceId)) : mark.doubtfulOn;
  const lettering = settledOn ? { lettering: { code: letteringOf(part.number), on: settledOn.toString() } } : {};
  const off: Movement = { account: isDoubtful ? chart.doubtful : chart.customers, cents: -cents, customer, piece, ...lettering };
  if (purpose === 'bank-fee') return [{ account: chart['bank-fees'], cents, piece }, off];
  if (purpose === 'discount') return [{ account: chart.discounts, cents, piece }, off];
  return [off];
}

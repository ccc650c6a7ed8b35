import { day } from '#core/kernel/day.ts';
import { type EpochDay, fromEpochDay, toEpochDay } from '#core/kernel/epoch-day.ts';
import { formatCents } from '#core/kernel/money.ts';
import type { MatchingInput } from '#core/matching/match.ts';
import type { Accessories, OpenInvoice, StatementLine } from '#core/matching/model.ts';
import { type Customer, makeCustomers } from './bank-customers.ts';
import { bankText, reasonOf } from './bank-words.ts';
import { Chance } from './random.ts';

/** How often something goes otherwise than « one transfer, one invoice, to the cent »: shares of the transfers. */
export const MESS_RATES = {
  partial: 0.03,
  fee: 0.01,
  discount: 0.012,
  wrongAmount: 0.007,
  accessories: 0.25,
  twice: 0.004,
  twiceRefunded: 0.4,
  cheque: 0.01,
  otherAccount: 0.4,
  debitRefused: 0.025,
  debitReferenceOpaque: 0.3,
  foreignInvoice: 0.003,
  foreignPaidInEuro: 0.3,
  wrongEntity: 0.002,
  /** of the credits that pay nothing: tax, loan, card takings, own transfers, refunds from suppliers */
  unrelatedCredits: 0.09,
  /** of those, how many have by chance the amount of an open invoice */
  unrelatedSameAmount: 0.02,
} as const;

/** What a line really is. `pays` holds what it takes off each balance. */
export interface Truth {
  readonly what: string;
  readonly pays: ReadonlyMap<string, bigint>;
  readonly takesBack?: string;
  /** the other transfer of a double payment: nobody can say which of the two is the one too many */
  readonly twin?: string;
}

export interface BankYear {
  readonly input: MatchingInput & { readonly lines: readonly StatementLine[]; readonly invoices: readonly OpenInvoice[] };
  readonly truth: ReadonlyMap<string, Truth>;
}

const START = toEpochDay(day('2026-01-01'));
const END = toEpochDay(day('2026-12-31'));
const NOTHING: ReadonlyMap<string, bigint> = new Map();

interface Bill {
  readonly customer: Customer;
  readonly issued: EpochDay;
  readonly due: EpochDay;
  readonly cents: bigint;
  readonly currency: string;
  number: string;
  id: string;
}

/** A year of one company's invoices and of its bank account, with what really happened. The same seed gives the same year. */
export function bankYear(size: { readonly invoices: number; readonly lines: number; readonly seed: number }): BankYear {
  const chance = new Chance(size.seed);
  const customers = makeCustomers(chance, Math.ceil(size.invoices / 8));
  const bills = makeBills(chance, customers, size.invoices);
  const statement = new Statement(chance);
  payAll(chance, bills, statement);
  addStrangers(chance, bills, size.lines, statement);
  const invoices = bills.map((bill) => openInvoice(chance, bill));
  const elsewhere = Array.from({ length: 300 }, (_, i) => ({ number: wrongNumber(i), entity: 'Atelier du Quai' }));
  return {
    input: { invoices, parties: customers.map((c) => c.party), lines: statement.lines, elsewhere },
    truth: statement.truth,
  };
}

const wrongNumber = (i: number): string => `QX2026-${String(i + 1).padStart(6, '0')}`;

function makeBills(chance: Chance, customers: readonly Customer[], count: number): Bill[] {
  const bills: Bill[] = [];
  const plain = customers.filter((c) => c.plan === undefined);
  for (const customer of customers) {
    if (customer.plan === undefined) continue;
    const of = chance.between(1, 28);
    const first = chance.happens(0.7) ? 0 : chance.whole(10);
    for (let month = first; month < 12 && bills.length < count; month += 1) {
      const issued = toEpochDay(Temporal.PlainDate.from({ year: 2026, month: month + 1, day: of }));
      const due = issued + (customer.pays === 'debit' ? 10 : 30);
      bills.push({ customer, issued, due, cents: customer.plan, currency: 'EUR', number: '', id: '' });
    }
  }
  while (bills.length < count) {
    // Few customers buy much: the rank is drawn by its cube.
    const customer = plain[Math.floor(plain.length * chance.share() ** 2.2)] ?? chance.of(plain);
    const issued = START + chance.whole(365);
    const currency = chance.happens(MESS_RATES.foreignInvoice) ? chance.of(['CHF', 'USD', 'GBP']) : 'EUR';
    bills.push({
      customer,
      issued,
      due: issued + chance.of([0, 15, 30, 30, 30, 45, 60]),
      cents: price(chance),
      currency,
      number: '',
      id: '',
    });
  }
  bills.sort((a, b) => a.issued - b.issued || (a.customer.party.id < b.customer.party.id ? -1 : 1));
  const serial = { FA: 0, AB: 0 };
  bills.forEach((bill, i) => {
    const series = bill.customer.plan === undefined ? 'FA' : 'AB';
    serial[series] += 1;
    bill.number = `${series}2026-${String(serial[series]).padStart(6, '0')}`;
    bill.id = `i${String(i).padStart(7, '0')}`;
  });
  return bills;
}

/** From tens to tens of thousands of euros; a third are round prices with VAT of a fifth. */
function price(chance: Chance): bigint {
  const euros = Math.exp(3.5 + 5.5 * ((chance.share() + chance.share() + chance.share()) / 3));
  if (chance.happens(0.33)) return BigInt(Math.max(1, Math.round(euros / 50))) * 60_00n;
  return BigInt(Math.round(euros * 100));
}

function openInvoice(chance: Chance, bill: Bill): OpenInvoice {
  const opaque = chance.happens(MESS_RATES.debitReferenceOpaque);
  return {
    id: bill.id,
    partyId: bill.customer.party.id,
    number: bill.number,
    issuedOn: fromEpochDay(bill.issued),
    dueOn: fromEpochDay(bill.due),
    currency: bill.currency,
    balanceCents: bill.cents,
    ...(bill.customer.pays === 'debit' && !opaque && { references: [`E2E${bill.number}`] }),
    accessories: (on) => accessoriesOf(bill, toEpochDay(on)),
  };
}

/** 12.40 % a year and 40 €, from the day after the due date. */
function accessoriesOf(bill: Bill, on: EpochDay): Accessories {
  const late = BigInt(Math.max(0, on - bill.due));
  return { interestCents: (bill.cents * 124n * late) / 365_000n, indemnityCents: late > 0n ? 40_00n : 0n };
}

class Statement {
  readonly lines: StatementLine[] = [];
  readonly truth = new Map<string, Truth>();
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Adds a line unless it falls after the year; answers its identifier. */
  add(on: EpochDay, cents: bigint, line: Partial<StatementLine> & { text: string }, truth: Truth): string | undefined {
    if (on > END) return undefined;
    const id = `l${String(this.lines.length).padStart(7, '0')}`;
    const bookedOn = fromEpochDay(on);
    this.lines.push({ id, bookedOn, valueOn: bookedOn, amountCents: cents, currency: 'EUR', ...line });
    this.truth.set(id, truth);
    return id;
  }

  /** A transfer from a customer, as its bank shows it. */
  transfer(
    on: EpochDay,
    customer: Customer,
    cents: bigint,
    numbers: readonly string[],
    truth: Truth,
    currency = 'EUR',
  ): string | undefined {
    const chance = this.#chance;
    const reason = reasonOf(
      chance,
      customer,
      numbers,
      fromEpochDay(on).toLocaleString('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric' }),
    );
    const other = customer.secondIban !== undefined && chance.happens(MESS_RATES.otherAccount);
    const { bank } = customer;
    return this.add(
      on,
      cents,
      {
        currency,
        text: bankText(chance, customer, customer.shownAs, reason),
        ...(bank.name && { name: customer.shownAs }),
        ...(bank.iban && { iban: (other ? customer.secondIban : undefined) ?? customer.iban }),
      },
      truth,
    );
  }
}

const pays = (what: string, ...parts: readonly (readonly [Bill, bigint])[]): Truth => ({
  what,
  pays: new Map(parts.map(([bill, cents]) => [bill.id, cents])),
});

function payAll(chance: Chance, bills: readonly Bill[], statement: Statement): void {
  for (const own of Map.groupBy(bills, (bill) => bill.customer).values()) {
    const customer = own[0]?.customer;
    if (!customer) continue;
    const paid = own.filter(() => chance.happens(customer.reliable));
    if (customer.pays === 'debit') for (const bill of paid) payByDebit(chance, bill, statement);
    else if (customer.pays === 'monthly') payByMonth(chance, paid, statement);
    else for (const bill of paid) payOne(chance, bill, bill.due + customer.lateness + chance.between(-5, 6), statement);
  }
}

function payByDebit(chance: Chance, bill: Bill, statement: Statement): void {
  const { customer } = bill;
  const reference = chance.happens(MESS_RATES.debitReferenceOpaque) ? `RUM${chance.between(1e6, 1e7 - 1)}` : `E2E${bill.number}`;
  const line = {
    text: `PRLV SEPA ${customer.party.name.toUpperCase()}`,
    name: customer.party.name,
    iban: customer.iban,
    reference,
  };
  const credited = statement.add(bill.due, bill.cents, line, pays('direct debit', [bill, bill.cents]));
  if (credited === undefined || !chance.happens(MESS_RATES.debitRefused)) return;
  const back = bill.due + chance.between(2, 6);
  const text = `${chance.of(['REJET PRLV SEPA', 'IMPAYE PRLV', 'RETOUR PRELEVEMENT'])} ${chance.of(['AM04 PROVISION INSUFFISANTE', 'MD06 CONTESTATION', 'AC04'])}`;
  statement.add(back, -bill.cents, { ...line, text }, { what: 'refused debit', pays: NOTHING, takesBack: credited });
  if (chance.happens(0.7)) payOne(chance, bill, back + chance.between(5, 40), statement);
}

function payByMonth(chance: Chance, bills: readonly Bill[], statement: Statement): void {
  for (const all of Map.groupBy(bills, (bill) => `${bill.currency}${fromEpochDay(bill.due).toString().slice(0, 7)}`).values()) {
    const first = all[0];
    if (!first) continue;
    const end = toEpochDay(fromEpochDay(first.due).with({ day: fromEpochDay(first.due).daysInMonth }));
    const on = end + first.customer.lateness + chance.between(0, 4);
    if (all.length === 1 || first.currency !== 'EUR') {
      for (const bill of all) payOne(chance, bill, on, statement);
      continue;
    }
    const total = all.reduce((sum, bill) => sum + bill.cents, 0n);
    const numbers = all.map((bill) => bill.number);
    if (chance.happens(MESS_RATES.wrongAmount)) {
      const less = total - BigInt(chance.between(1, 900));
      if (less > 0n)
        statement.transfer(on, first.customer, less, numbers, { what: 'several, wrong amount', pays: fill(all, less) });
      continue;
    }
    statement.transfer(on, first.customer, total, numbers, pays('several invoices', ...all.map((b) => [b, b.cents] as const)));
  }
}

function fill(bills: readonly Bill[], cents: bigint): Map<string, bigint> {
  let left = cents;
  const parts = new Map<string, bigint>();
  for (const bill of [...bills].sort((a, b) => a.due - b.due || (a.number < b.number ? -1 : 1))) {
    const part = bill.cents < left ? bill.cents : left;
    if (part > 0n) parts.set(bill.id, part);
    left -= part;
  }
  return parts;
}

function payOne(chance: Chance, bill: Bill, wished: EpochDay, statement: Statement): void {
  const { customer, cents } = bill;
  const on = Math.max(wished, bill.issued + 1);
  const send = (day: EpochDay, amount: bigint, truth: Truth): string | undefined =>
    statement.transfer(day, customer, amount, [bill.number], truth);
  if (bill.currency !== 'EUR') {
    const euros = chance.happens(MESS_RATES.foreignPaidInEuro);
    if (euros) statement.transfer(on, customer, (cents * 93n) / 100n, [bill.number], { what: 'other currency', pays: NOTHING });
    else statement.transfer(on, customer, cents, [bill.number], pays('foreign currency', [bill, cents]), bill.currency);
    return;
  }
  if (chance.happens(MESS_RATES.cheque)) {
    statement.add(on, cents, { text: `REMISE CHEQUE ${chance.between(1e6, 1e7 - 1)}` }, pays('cheque', [bill, cents]));
    return;
  }
  const claim = accessoriesOf(bill, on);
  if (claim.interestCents > 0n && on - bill.due > 30 && chance.happens(MESS_RATES.accessories * 0.1)) {
    const extra = claim.indemnityCents + (chance.happens(0.6) ? claim.interestCents : 0n);
    send(on, cents + extra, pays('with interest', [bill, cents]));
    return;
  }
  if (chance.happens(MESS_RATES.partial) && cents > 200_00n) {
    const first = (cents * BigInt(chance.of([30, 40, 50, 50]))) / 100n;
    send(on, first, pays('part', [bill, first]));
    if (chance.happens(0.8)) send(on + chance.between(20, 45), cents - first, pays('rest', [bill, cents - first]));
    return;
  }
  if (chance.happens(MESS_RATES.fee) && cents > 300_00n) {
    const less = cents - BigInt(chance.of([500, 800, 1000, 1250, 1500, 1875]));
    send(on, less, pays('less a fee', [bill, less]));
    return;
  }
  if (chance.happens(MESS_RATES.discount)) {
    const less = cents - (cents * BigInt(chance.of([1, 2, 2, 3])) + 50n) / 100n;
    send(on, less, pays('less a discount', [bill, less]));
    return;
  }
  if (chance.happens(MESS_RATES.wrongAmount)) {
    const typed = mistype(chance, cents);
    send(on, typed, pays('wrong amount', [bill, typed < cents ? typed : cents]));
    return;
  }
  const first = send(on, cents, pays('one invoice', [bill, cents]));
  if (first === undefined || !chance.happens(MESS_RATES.twice)) return;
  const again = send(on + chance.between(0, 9), cents, { what: 'paid twice', pays: NOTHING, twin: first });
  if (again === undefined || !chance.happens(MESS_RATES.twiceRefunded)) return;
  const text = `VIR EMIS REMBOURSEMENT DOUBLE PAIEMENT ${bill.number}`;
  const back = { text, name: customer.party.name, iban: customer.iban };
  statement.add(on + chance.between(15, 30), -cents, back, { what: 'refund', pays: NOTHING, takesBack: again });
}

/** Two neighbouring digits exchanged, or one changed. */
function mistype(chance: Chance, cents: bigint): bigint {
  const digits = String(cents);
  const at = chance.whole(digits.length - 1);
  const swapped = BigInt(`${digits.slice(0, at)}${digits[at + 1]}${digits[at]}${digits.slice(at + 2)}`);
  return swapped !== cents && swapped > 100n ? swapped : cents + BigInt(chance.of([-100, -9, 9, 90, 100, 1000]));
}

const CREDITS = [
  'VIR DGFIP REMBOURSEMENT CREDIT TVA',
  'REMISE CARTES BANCAIRES 0412771',
  'VIR DE COMPTE A COMPTE',
  'DEBLOCAGE PRET 00451278',
  'VIR CPAM INDEMNITES JOURNALIERES',
  'VERSEMENT ESPECES',
  'VIR ASSURANCE SINISTRE 2026458712',
  'AVOIR FOURNISSEUR CONTRAT 88123',
];
const DEBITS = [
  'PRLV SEPA URSSAF',
  'VIR SALAIRES',
  'PRLV DGFIP TVA',
  'FRAIS TENUE DE COMPTE',
  'CB CARBURANT STATION',
  'ECHEANCE PRET',
  'PRLV ENERGIE CONTRAT 7789456',
  'VIR FOURNISSEUR',
  'PRLV LOYER BUREAUX',
  'COMMISSION CARTES',
];

/** Lines that pay nothing, until the statement has its length. */
function addStrangers(chance: Chance, bills: readonly Bill[], count: number, statement: Statement): void {
  const of = statement.lines.length;
  for (let i = 0; i < of * MESS_RATES.wrongEntity; i += 1) {
    const { customer } = chance.of(bills);
    statement.transfer(START + chance.whole(365), customer, price(chance), [wrongNumber(chance.whole(300))], {
      what: 'wrong entity',
      pays: NOTHING,
    });
  }
  const credits = Math.round(of * MESS_RATES.unrelatedCredits);
  for (let i = 0; statement.lines.length < count; i += 1) {
    const on = START + chance.whole(365);
    if (i >= credits) {
      const name = chance.happens(0.05) ? { name: chance.of(bills).customer.party.name } : {};
      statement.add(
        on,
        -price(chance),
        { text: `${chance.of(DEBITS)} ${chance.between(1, 99_999)}`, ...name },
        { what: 'other debit', pays: NOTHING },
      );
      continue;
    }
    const cents = chance.happens(MESS_RATES.unrelatedSameAmount) ? chance.of(bills).cents : price(chance);
    statement.add(
      on,
      cents,
      { text: chance.of(CREDITS) },
      { what: `other credit (${formatCents(cents) === '0.00' ? 'nil' : 'unrelated'})`, pays: NOTHING },
    );
  }
}

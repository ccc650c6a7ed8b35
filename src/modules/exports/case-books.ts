import type { VatRegime } from '#core/advice/claim.ts';
import { type Day, isAfter } from '#core/kernel/day.ts';
import { money, scaleCents } from '#core/kernel/money.ts';
import { parsePercent, ratio } from '#core/kernel/ratio.ts';
import { type IrrecoverableReason, writeOff } from '#core/law/write-off.ts';
import type { Customer, Movement } from '#formats/fec/index.ts';
import type { Fact } from '#modules/cases/index.ts';
import type { Chart } from './accounts.ts';
import { type Gap, gapOf } from './gaps.ts';
import { letteringOf, type Mark } from './marks.ts';

/** An invoice of a case with all that was taken off it. */
export interface BookInvoice {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: Day;
  readonly currency: string;
  readonly payableCents: bigint;
  /** before VAT and VAT, when the invoice tells; null otherwise */
  readonly vat: { readonly netCents: bigint; readonly taxCents: bigint } | null;
  readonly taken: readonly { readonly on: Day; readonly cents: bigint }[];
}

/** A case as its books see it; its facts in order, each with its rank in the journal. */
export interface BookCase {
  readonly id: string;
  readonly reference: string;
  readonly customer: Customer;
  readonly invoices: readonly BookInvoice[];
  readonly facts: readonly { readonly seq: bigint; readonly fact: Fact }[];
}

/** An entry before it has its number. */
export interface Draft {
  readonly on: Day;
  readonly journal: 'bank' | 'general';
  readonly label: string;
  readonly piece: { readonly ref: string; readonly date: string };
  readonly movements: readonly Movement[];
}

/** What a case's facts lead to, by the rank of the fact; and the invoices whose loss is booked, with the day. */
export interface CaseBooks {
  readonly bySeq: ReadonlyMap<bigint, readonly (Draft | Gap)[]>;
  readonly lost: ReadonlyMap<string, Day>;
}

export interface BooksWorld {
  readonly chart: Chart;
  readonly vatRegime: VatRegime | undefined;
  readonly marks: ReadonlyMap<string, Mark>;
}

const balanceAt = (of: BookInvoice, on: Day): bigint =>
  isAfter(of.issuedOn, on)
    ? 0n
    : of.taken.reduce((left, { on: day, cents }) => (isAfter(day, on) ? left : left - cents), of.payableCents);

/** What is unpaid on a day, in euros. */
const unpaidAt = (of: BookCase, on: Day) =>
  of.invoices.flatMap((invoice) => {
    const cents = balanceAt(invoice, on);
    return cents > 0n && invoice.currency === 'EUR' ? [{ invoice, cents }] : [];
  });

/** The part of an amount that is before VAT. */
function netPart(cents: bigint, { netCents, taxCents }: NonNullable<BookInvoice['vat']>): bigint {
  return taxCents === 0n ? cents : cents - scaleCents(cents, ratio(taxCents, netCents + taxCents), 'half-up');
}

/** The entries of a case: doubtful customers, allowance, loss with its VAT. What is lost letters what went to the doubtful customers before. */
export function caseBooks(of: BookCase, world: BooksWorld): CaseBooks {
  return booksOf(of, world, booksOf(of, world, new Map()).lost);
}

function booksOf(of: BookCase, world: BooksWorld, willBeLost: CaseBooks['lost']): CaseBooks {
  const bySeq = new Map<bigint, readonly (Draft | Gap)[]>();
  const lost = new Map<string, Day>();
  const doubtful = new Set<string>();
  let allowance = 0n;
  let writtenOff = false;
  const liquidated = of.facts.some(
    ({ fact }) => fact.kind === 'insolvency-published' && fact.payload.proceeding === 'liquidation',
  );
  for (const { seq, fact } of of.facts) {
    const { on } = fact;
    const made: (Draft | Gap)[] = [];
    if (fact.kind === 'claim-doubtful' && !writtenOff) {
      const unpaid = unpaidAt(of, on);
      made.push(
        transfer(
          of,
          world,
          willBeLost,
          on,
          unpaid.filter(({ invoice }) => !doubtful.has(invoice.id)),
        ),
      );
      for (const { invoice } of unpaid) doubtful.add(invoice.id);
      const rate = fact.payload.allowancePercent === undefined ? undefined : parsePercent(fact.payload.allowancePercent);
      if (rate) {
        const known = unpaid.filter(({ invoice }) => invoice.vat !== null);
        const target = known.reduce(
          (sum, { invoice, cents }) => sum + (invoice.vat ? scaleCents(netPart(cents, invoice.vat), rate, 'half-up') : 0n),
          0n,
        );
        made.push(depreciation(of, world, on, target - allowance));
        allowance = target;
        for (const { invoice, cents } of unpaid) if (!invoice.vat) made.push(vatGap(of, invoice, on, cents));
      }
    }
    if (fact.kind === 'case-closed') {
      made.push(depreciation(of, world, on, -allowance));
      allowance = 0n;
      const { reason, proof } = fact.payload;
      if (reason === 'agreement')
        for (const { invoice, cents } of unpaidAt(of, on)) made.push(gap(of, invoice.number, on, 'agreement', cents));
      if (reason === 'written-off' && !writtenOff) {
        const proven = proof ?? (liquidated ? 'liquidation-judgment' : undefined);
        for (const { invoice, cents } of unpaidAt(of, on)) {
          const booked = loss(of, world, on, invoice, cents, proven);
          made.push(...booked);
          if (booked.some((one) => 'movements' in one)) lost.set(invoice.id, on);
        }
        writtenOff = true;
      } else if (reason === 'written-off') made.push(gap(of, of.reference, on, 'reopened', 0n));
    }
    if (fact.kind === 'case-reopened' && writtenOff) made.push(gap(of, of.reference, on, 'reopened', 0n));
    bySeq.set(
      seq,
      made.filter((one) => !('movements' in one) || one.movements.some(({ cents }) => cents !== 0n)),
    );
  }
  return { bySeq, lost };
}

const gap = (of: BookCase, piece: string, on: Day, kind: Parameters<typeof gapOf>[0]['kind'], cents: bigint): Gap =>
  gapOf({ on, kind, customer: of.customer.name, piece, cents, currency: 'EUR', caseId: of.id });

const vatGap = (of: BookCase, invoice: BookInvoice, on: Day, cents: bigint): Gap => ({
  ...gap(of, invoice.number, on, 'vat-unknown', cents),
  invoiceId: invoice.id,
});

const draft = (of: BookCase, on: Day, label: string, movements: readonly Movement[]): Draft => ({
  on,
  journal: 'general',
  label: `${label} ${of.customer.name}`,
  piece: { ref: of.reference, date: on.toString() },
  movements,
});

const pieceOf = (invoice: BookInvoice) => ({ ref: invoice.number, date: invoice.issuedOn.toString() });
const lettered = (number: string, on: Day | undefined) =>
  on ? { lettering: { code: letteringOf(number), on: on.toString() } } : {};

/** The claims move whole, VAT included, from the customers to the doubtful customers. */
function transfer(
  of: BookCase,
  { chart, marks }: BooksWorld,
  lost: CaseBooks['lost'],
  on: Day,
  unpaid: ReturnType<typeof unpaidAt>,
): Draft {
  const { customer } = of;
  const movements = unpaid.flatMap(({ invoice, cents }): Movement[] => {
    const piece = pieceOf(invoice);
    return [
      {
        account: chart.doubtful,
        cents,
        customer,
        piece,
        ...lettered(invoice.number, marks.get(invoice.id)?.settledOn ?? lost.get(invoice.id)),
      },
      { account: chart.customers, cents: -cents, customer, piece, ...lettered(invoice.number, on) },
    ];
  });
  return draft(of, on, 'Client douteux', movements);
}

/** An allowance that grows, or shrinks when the cents are negative. */
function depreciation(of: BookCase, { chart }: BooksWorld, on: Day, cents: bigint): Draft {
  const charge = cents > 0n ? chart['allowance-charge'] : chart['allowance-release'];
  return draft(of, on, cents > 0n ? 'Dépréciation' : 'Reprise de dépréciation', [
    { account: charge, cents },
    { account: chart.allowance, cents: -cents, customer: of.customer },
  ]);
}

/** The loss of one invoice, as the law module shares it between the loss and the VAT; what it cannot know is told. */
function loss(
  of: BookCase,
  { chart, vatRegime, marks }: BooksWorld,
  on: Day,
  invoice: BookInvoice,
  cents: bigint,
  proof: IrrecoverableReason | 'none' | undefined,
): (Draft | Gap)[] {
  const { vat } = invoice;
  if (!vat || (vat.taxCents > 0n && vat.netCents <= 0n)) return [vatGap(of, invoice, on, cents)];
  const taxed = vat.taxCents > 0n && vatRegime !== 'franchise';
  if (taxed && vatRegime === undefined) return [gap(of, invoice.number, on, 'regime-unknown', cents)];
  const onReceipt = vatRegime === 'encaissements';
  if (taxed && !onReceipt && proof === undefined) return [gap(of, invoice.number, on, 'proof-unknown', cents)];
  const shared = writeOff({
    unpaid: money(cents),
    vatRate: taxed ? ratio(vat.taxCents, vat.netCents) : ratio(0n),
    onReceipt,
    ...(proof && proof !== 'none' ? { reason: proof } : {}),
  });
  if (shared.status !== 'computed') throw new Error(`the loss of ${invoice.number} cannot be told`);
  // Given up without a proof, nothing is taken back: the whole is lost.
  const kept = taxed && !onReceipt && proof === 'none';
  const lossCents = kept ? cents : shared.value.loss.cents;
  const from = marks.get(invoice.id)?.doubtfulOn ? chart.doubtful : chart.customers;
  const entry = draft(of, on, 'Créance irrécouvrable', [
    { account: chart.loss, cents: lossCents },
    { account: onReceipt ? chart['vat-on-receipt'] : chart.vat, cents: cents - lossCents },
    { account: from, cents: -cents, customer: of.customer, piece: pieceOf(invoice), ...lettered(invoice.number, on) },
  ]);
  const says = shared.trace.map((step) => step.says).join(' ');
  const duplicate = { on, kind: 'duplicate-to-send' as const, customer: of.customer.name, piece: invoice.number };
  const told: Gap = { ...duplicate, cents: cents - lossCents, currency: 'EUR', caseId: of.id, says };
  return shared.value.recoverableNow ? [entry, told] : [entry];
}

import { type EpochDay, fromEpochDay, toEpochDay } from '../kernel/epoch-day.ts';
import { evidence } from './evidence.ts';
import type { Line, Reading } from './line.ts';
import type { EarlierPayment, Part } from './model.ts';
import { foldText } from './text.ts';

/** Pass 6: debits that take a credit back: direct debits and cheques refused, transfers returned, refunds. */

/** A credit that a debit may take back. */
export interface Credit {
  readonly id: string;
  readonly day: EpochDay;
  readonly cents: bigint;
  readonly currency: string;
  readonly partyIds: readonly string[];
  readonly parts: readonly Part[];
  /** the line of this batch, when it is one */
  readonly line?: Line;
  takenBack: boolean;
}

/** What only a bank writes of a payment that came back. */
const REFUSED = /\b(REJETS?|REJETEE?|IMPAYEE?S?|EXTOURNE|CONTRE ?PASSATION|RETURN(ED)?|RCK|UNPAID)\b/;
/** What people write too, of goods, of a contract, of expenses: it speaks of a payment beside the word for one only. */
const OPERATION = '(?:VIR(?:EMENT)?S?|PRLVS?|PRELEVEMENTS?|SDD|CHQS?|CHEQUES?|LCR|EFFETS?|TIP|PAIEMENTS?|ENCAISSEMENTS?)';
const CAME_BACK = '(?:RETOUR(?:NEE?S?)?|ANNUL\\w*|REPRESENT\\w*)';
const RETURNED = new RegExp(
  `\\b(?:${CAME_BACK}(?: (?:DE|DU|SUR|SEPA))* ${OPERATION}|${OPERATION}(?: (?:SEPA|RECU|INST))* ${CAME_BACK})\\b`,
);
/** We sent it ourselves: the bank refuses nothing. */
const SENT = /\b(VIR(EMENT)?S?)( SEPA| INST\w*| PERM\w*)* (EMIS|EN FAVEUR)\b/;
const REFUNDED = /\b(REMB\w*|REFUND|TROP ?PERCU|EN DOUBLE|DOUBLE (PAIEMENT|REGLEMENT|VIR\w*|ENCAISSEMENT)|RESTITUTION)\b/;
/** A direct debit can be refused for 13 months when it was not authorised (SEPA Direct Debit Core). */
const LONGEST = 400;
/** A bank that refuses a direct debit by itself sends it back within five working days of settlement (SEPA Direct Debit Core). */
const REFUSED_BY_BANK = /\b(AM\d\d|AC\d\d|AG\d\d|BE\d\d|RC\d\d|PROVISION)\b/;
const FIVE_WORKING_DAYS = 9;
const MOST = 5;

/** The credits so far, found by who paid and how much, and by invoice. */
export class Credits {
  readonly #amounts: ReadonlySet<bigint>;
  readonly #byPayer = new Map<string, Credit[]>();
  readonly #byInvoice = new Map<string, Credit[]>();

  /** Only credits of these amounts can be taken back. */
  constructor(amounts: ReadonlySet<bigint>) {
    this.#amounts = amounts;
  }

  /** Whether a debit may take a credit of this amount back. */
  wants(cents: bigint): boolean {
    return this.#amounts.has(cents);
  }

  addEarlier(payment: EarlierPayment): void {
    const { id, amountCents: cents, currency, parts } = payment;
    this.#add({ id, day: toEpochDay(payment.bookedOn), cents, currency, partyIds: [payment.partyId], parts, takenBack: false });
  }

  /** A credit line of this batch, with what it was applied to, if it was. */
  addLine(line: Line, partyIds: readonly string[], parts: readonly Part[]): void {
    const { id, currency } = line.source;
    const quoted = [...line.numbers.found, ...line.references].flatMap((c) => c.targets.map((item) => item.invoice.id));
    this.#add({ id, day: line.day, cents: line.cents, currency, partyIds, parts, line, takenBack: false }, quoted);
  }

  #add(credit: Credit, quoted: readonly string[] = []): void {
    if (!this.#amounts.has(credit.cents)) return;
    for (const partyId of new Set(credit.partyIds)) push(this.#byPayer, `${partyId}\n${credit.cents}`, credit);
    for (const invoiceId of new Set([...credit.parts.map((p) => p.invoiceId), ...quoted]))
      push(this.#byInvoice, invoiceId, credit);
  }

  /** Credits that the debit may take back: those of the invoices it quotes, else those of the payer; the latest first. */
  candidates(debit: Line): { credits: Credit[]; quoted: boolean } {
    const fits = (credit: Credit): boolean =>
      !credit.takenBack &&
      credit.cents === -debit.cents &&
      credit.currency === debit.source.currency &&
      credit.day <= debit.day &&
      credit.day >= debit.day - LONGEST;
    const cited = [...debit.numbers.found, ...debit.references].flatMap((c) => c.targets);
    const quoted = new Set(cited.flatMap((item) => this.#byInvoice.get(item.invoice.id) ?? []).filter(fits));
    if (quoted.size > 0) return { credits: latestFirst([...quoted]), quoted: true };
    const own = debit.payer.partyIds.flatMap((id) => this.#byPayer.get(`${id}\n${-debit.cents}`) ?? []).filter(fits);
    return { credits: latestFirst([...new Set(own)]), quoted: false };
  }
}

const latestFirst = (credits: Credit[]): Credit[] => credits.sort((a, b) => b.day - a.day || (a.id < b.id ? -1 : 1));

function push(lists: Map<string, Credit[]>, key: string, credit: Credit): void {
  const there = lists.get(key);
  if (there) there.push(credit);
  else lists.set(key, [credit]);
}

/** Whether the bank's words say that a payment was refused or returned. */
export const isReturn = (debit: Line): boolean => returnedIn(foldText(debit.source.text)) !== undefined;

const returnedIn = (text: string): string | undefined =>
  SENT.test(text) ? undefined : (REFUSED.exec(text) ?? RETURNED.exec(text))?.[0];

/** A reading of a debit, and the credit it takes back. */
export interface Reversal {
  readonly reading: Reading;
  readonly credit: Credit;
}

/**
 * The credits that a debit may take back. Certain: the bank says that it was refused and one credit only fits; a refund of ours is
 * certain only when it says so, and one credit of that amount was applied to nothing. A customer may also be paid for what it sells us.
 */
export function readReversal(debit: Line, credits: Credits): Reversal[] {
  const { credits: all, quoted } = credits.candidates(debit);
  const text = foldText(debit.source.text);
  const words = returnedIn(text);
  const recent = words && REFUSED_BY_BANK.test(text) ? all.filter((credit) => credit.day >= debit.day - FIVE_WORKING_DAYS) : [];
  const found = recent.length > 0 ? recent : all;
  const told = quoted || words !== undefined || REFUNDED.test(text);
  const sure = quoted || debit.payer.trust === 'iban' || debit.payer.trust === 'name';
  const idle = found.filter((credit) => credit.parts.length === 0);
  // What we send back ourselves is first of all what was received for nothing.
  const ordered = words === undefined ? [...idle, ...found.filter((credit) => credit.parts.length > 0)] : found;
  return ordered.slice(0, MOST).map((credit, rank) => {
    const alone = words === undefined ? idle.length === 1 && idle[0] === credit : found.length === 1;
    const certain = sure && told && alone;
    const partyId = credit.partyIds[0];
    return {
      credit,
      reading: {
        kind: words ? 'bounced' : 'refund',
        by: 'reversal',
        ...(partyId !== undefined && { partyId }),
        parts: credit.parts.map((p) => ({ ...p, cents: -p.cents, accessoriesCents: -p.accessoriesCents })),
        surplusCents: 0n,
        shortCents: 0n,
        counterpart: credit.id,
        confidence: certain ? 94 : (words ? 70 : 50) - rank * 5,
        certain,
        evidence: () => [
          ...(words ? [evidence.returned(words)] : []),
          evidence.takesBack(fromEpochDay(credit.day), credit.cents, debit.source.currency),
          ...debit.payer.evidence,
          ...(alone ? [] : [evidence.severalCredits()]),
        ],
      },
    };
  });
}

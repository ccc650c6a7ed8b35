import { knownPayer, readLoneAmounts, readOnAccount } from './amounts.ts';
import { citedInVain, readCited } from './cited.ts';
import { evidence } from './evidence.ts';
import { readAsUsual, readExactAmount } from './exact-amount.ts';
import { Habits } from './habits.ts';
import { identifyPayers } from './identify.ts';
import type { Learned } from './learning.ts';
import { type Book, Ledger } from './ledger.ts';
import { indexesOf, inOrder, type Line, openLine, plainDebit, type Reading, type World } from './line.ts';
import type {
  EarlierPayment,
  ElsewhereInvoice,
  Evidence,
  KnownParty,
  Match,
  Matching,
  OpenInvoice,
  StatementLine,
  Unmatched,
} from './model.ts';
import { readNearAmounts } from './near.ts';
import { Payers } from './payer.ts';
import { Credits, isReturn, readReversal } from './reversals.ts';
import { readSums } from './sums.ts';

export interface MatchingInput {
  readonly invoices: readonly OpenInvoice[];
  readonly parties: readonly KnownParty[];
  readonly lines: readonly StatementLine[];
  /** what earlier confirmations have shown (`learn`) */
  readonly learned?: Learned;
  /** invoices of the user's other companies */
  readonly elsewhere?: readonly ElsewhereInvoice[];
  /** payments of earlier batches that a debit may take back */
  readonly earlier?: readonly EarlierPayment[];
}

type Pass = (line: Line, world: World) => Reading[];

/** From surest to least sure; each runs over the whole batch before the next. */
const PASSES: readonly Pass[] = [
  // 1. what is quoted is worth exactly the amount; 2. or explains it otherwise
  (line, world) => readCited(line, world).filter((r) => r.kind === 'exact' || r.kind === 'sum'),
  readCited,
  // 3. one invoice of the owner of the IBAN; 4. of the bearer of the name
  (line, world) => (line.payer.trust === 'iban' ? readExactAmount(line, world) : []),
  (line, world) => (line.payer.trust === 'name' ? readExactAmount(line, world) : []),
  // 5. several invoices of either
  (line, world) => (knownPayer(line) ? readSums(line, world) : []),
  // 6. one of several possible payers, who alone owes it; several invoices of one amount, as this payer pays
  (line, world) => (line.payer.among ? [...readExactAmount(line, world), ...readSums(line, world)] : []),
  readAsUsual,
  // 7. less a discount or with interest, to the cent; part of the only debt
  (line, world) => (knownPayer(line) ? readNearAmounts(line, world) : []),
];

/** A round may free what the next one needs (a refused debit, an invoice paid otherwise); few are ever needed. */
const ROUNDS = 8;
const SHOWN = 5;

/**
 * Matches a batch of statement lines with open invoices. Pure: the same input gives the same answer, in whatever order it is given.
 * Throws a RangeError on an identifier given twice (a bug of the caller).
 */
export function matchStatement(input: MatchingInput): Matching {
  return new Batch(input).run();
}

class Batch {
  readonly #world: World;
  readonly #lines: readonly Line[];
  readonly #matches = new Map<Line, Match>();
  readonly #earlier: readonly EarlierPayment[];

  constructor(input: MatchingInput) {
    const ledger = new Ledger(input.invoices);
    const payers = new Payers(input.parties, input.learned ?? []);
    this.#world = { ledger, payers, habits: new Habits() };
    const indexes = indexesOf(ledger, input.elsewhere ?? []);
    this.#earlier = input.earlier ?? [];
    const received = new Set([...input.lines, ...this.#earlier].map((one) => one.amountCents));
    this.#lines = inOrder(input.lines).map((line) =>
      line.amountCents < 0n && !received.has(-line.amountCents) ? plainDebit(line) : openLine(line, indexes, payers),
    );
  }

  run(): Matching {
    const credits = this.#lines.filter((line) => line.cents > 0n);
    for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
      moved = false;
      PASSES.forEach((pass, place) => {
        if (this.#runPass(pass, place, credits)) moved = true;
        if (round > 0) return;
        if (place === 0) this.#recognise(credits);
        // What the bank sent back is known before the silent lines are read.
        if (place === 1 && this.#takeBack(isReturn)) moved = true;
      });
      if (this.#takeBack()) moved = true;
      if (identifyPayers(credits, this.#world)) {
        this.#lookAgain();
        moved = true;
      }
    }
    return this.#answer();
  }

  #runPass(read: Pass, place: number, lines: readonly Line[]): boolean {
    let moved = false;
    for (const line of lines) {
      if (line.done) continue;
      const state = this.#stateOf(line);
      if (line.read[place] === state) continue;
      line.read[place] = state;
      const best = read(line, this.#world)[0];
      if (!best?.certain) continue;
      this.#world.ledger.take(best.parts);
      this.#keep(line, best);
      moved = true;
    }
    return moved;
  }

  /** Changes whenever an invoice that the line could pay changes. */
  #stateOf(line: Line): number {
    line.books ??= this.#booksOf(line);
    let state = 0;
    for (const book of line.books) state += 1 + book.version;
    return state;
  }

  #booksOf(line: Line): Book[] {
    const parties = new Set(line.payer.partyIds);
    for (const citation of line.numbers.found) for (const item of citation.targets) parties.add(item.invoice.partyId);
    for (const citation of line.references) for (const item of citation.targets) parties.add(item.invoice.partyId);
    return [...parties].map((partyId) => this.#world.ledger.bookOf(partyId));
  }

  #keep(line: Line, reading: Reading): void {
    this.#matches.set(line, written(line, reading));
    line.done = true;
    const part = reading.kind === 'exact' && reading.parts.length === 1 ? reading.parts[0] : undefined;
    const item = part && this.#world.ledger.item(part.invoiceId);
    if (item) this.#world.habits.add(item, line.day, line.source.text);
    else if (reading.kind === 'sum' && reading.partyId !== undefined) this.#world.habits.addGrouped(reading.partyId);
  }

  /** The payers of lines whose number and amount leave no doubt tell who pays the others. */
  #recognise(lines: readonly Line[]): void {
    for (const line of lines) {
      const match = this.#matches.get(line);
      if (line.handle && match?.partyId !== undefined) this.#world.payers.observe(line.handle, match.partyId);
    }
    this.#lookAgain();
  }

  /** Who pays is known of more lines than before. */
  #lookAgain(): void {
    for (const line of this.#lines) {
      if (line.done || !line.handle || !this.#world.payers.observed(line.handle)) continue;
      line.payer = this.#world.payers.of(line.source);
      line.books = undefined;
      line.read.length = 0;
    }
  }

  #credits(): Credits {
    // A debit that names nobody and quotes nothing takes nothing back.
    const debits = this.#lines.filter((line) => line.cents < 0n && !line.done && this.#booksOf(line).length > 0);
    const credits = new Credits(new Set(debits.map((line) => -line.cents)));
    for (const payment of this.#earlier) credits.addEarlier(payment);
    for (const line of this.#lines) {
      if (line.cents <= 0n || !credits.wants(line.cents)) continue;
      const match = this.#matches.get(line);
      if (match?.kind === 'annulled' || this.#reversed.has(line.source.id)) continue;
      credits.addLine(line, match?.partyId !== undefined ? [match.partyId] : line.payer.partyIds, match?.parts ?? []);
    }
    return credits;
  }

  readonly #reversed = new Set<string>();

  #takeBack(only?: (debit: Line) => boolean): boolean {
    const credits = this.#credits();
    let moved = false;
    for (const debit of this.#lines) {
      if (debit.done || debit.cents >= 0n || only?.(debit) === false) continue;
      const best = readReversal(debit, credits)[0];
      if (!best?.reading.certain) continue;
      const { credit, reading } = best;
      credit.takenBack = true;
      this.#reversed.add(credit.id);
      this.#keep(debit, reading);
      this.#world.ledger.giveBack(credit.parts);
      if (credit.line && !credit.line.done) this.#annul(credit.line, debit);
      moved = true;
    }
    return moved;
  }

  /** The credit was read in no way before it was taken back: it pays nothing. */
  #annul(line: Line, debit: Line): void {
    const partyId = line.payer.partyIds[0];
    this.#keep(line, {
      kind: 'annulled',
      by: 'reversal',
      ...(partyId !== undefined && { partyId }),
      parts: [],
      surplusCents: 0n,
      shortCents: 0n,
      counterpart: debit.source.id,
      confidence: 90,
      certain: true,
      evidence: () => [evidence.takenBack(debit.source.bookedOn), ...line.payer.evidence],
    });
  }

  #answer(): Matching {
    const matches: Match[] = [];
    const proposals: Matching['proposals'][number][] = [];
    const unmatched: Unmatched[] = [];
    const credits = this.#credits();
    const promised = new Set<string>();
    for (const line of this.#lines) {
      const match = this.#matches.get(line);
      if (match) {
        matches.push(match);
        continue;
      }
      const ranked = rank(line.cents > 0n ? this.#proposals(line) : readReversal(line, credits).map((r) => r.reading), promised);
      if (line.cents < 0n && ranked.length === 0) {
        unmatched.push({ lineId: line.source.id, evidence: [evidence.plainDebit()] });
        continue;
      }
      const partyId = ranked[0]?.partyId ?? line.payer.partyIds[0];
      const of = { lineId: line.source.id, ...(partyId !== undefined && { partyId }) };
      if (ranked.length > 0) proposals.push({ ...of, ranked: ranked.map((r) => written(line, { ...r, certain: false })) });
      else unmatched.push({ ...of, evidence: this.#whyNot(line) });
    }
    return { matches, proposals, unmatched };
  }

  #proposals(line: Line): Reading[] {
    const world = this.#world;
    if (line.cents === 0n) return [];
    const known = line.payer.partyIds.length > 0;
    const byPayer = known
      ? [...readExactAmount(line, world), ...readSums(line, world), ...readNearAmounts(line, world)]
      : readLoneAmounts(line, world);
    const all = [...refusable(line), ...readCited(line, world), ...byPayer];
    return all.length > 0 ? all : readOnAccount(line, world);
  }

  #whyNot(line: Line): readonly Evidence[] {
    const { settled, foreign } = citedInVain(line);
    const said = [
      ...settled.slice(0, 3).map((item) => evidence.settled(item.invoice.number)),
      ...foreign.slice(0, 3).map((item) => evidence.currency(line.source.currency, item.invoice.currency)),
      ...line.numbers.unknown.slice(0, 2).map((word) => evidence.unknownNumber(word)),
      ...line.payer.evidence,
    ];
    if (said.length === 0) return [evidence.nobody()];
    const partyId = line.payer.partyIds[0];
    return line.cents > 0n && partyId !== undefined && settled.length + foreign.length === 0
      ? [...said, evidence.nothingOwed(this.#world.payers.nameOf(partyId))]
      : said;
  }
}

/** The line quotes an invoice of another company of the user. */
function refusable(line: Line): Reading[] {
  const quoted = line.elsewhere.find((c) => c.whole);
  const invoice = quoted?.targets[0];
  if (!invoice || line.numbers.found.some((c) => c.whole)) return [];
  const partyId = line.payer.partyIds[0];
  return [
    {
      kind: 'wrong-entity',
      by: 'number',
      ...(partyId !== undefined && { partyId }),
      parts: [],
      surplusCents: 0n,
      shortCents: 0n,
      confidence: 85,
      certain: false,
      evidence: () => [evidence.elsewhere(invoice.number, invoice.entity), ...line.payer.evidence],
    },
  ];
}

/** The best first, each way once; what a line before was first offered comes after what is still free. */
function rank(readings: readonly Reading[], promised: Set<string>): Reading[] {
  const ways = new Map<string, Reading>();
  for (const reading of readings) {
    const key = `${reading.kind === 'wrong-entity'} ${reading.counterpart ?? ''} ${reading.parts.map((p) => `${p.invoiceId} ${p.cents} ${p.accessoriesCents}`).join()}`;
    const there = ways.get(key);
    if (!there || there.confidence < reading.confidence) ways.set(key, reading);
  }
  const taken = (r: Reading): number => (r.parts.some((p) => promised.has(p.invoiceId)) ? 12 : 0);
  const ranked = [...ways.values()]
    .map((reading) => ({ reading, weight: reading.confidence - taken(reading) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, SHOWN)
    .map(({ reading, weight }) => ({ ...reading, confidence: Math.max(weight, 1) }));
  for (const part of ranked[0]?.parts ?? []) promised.add(part.invoiceId);
  return ranked;
}

function written(line: Line, reading: Reading): Match {
  return { lineId: line.source.id, ...reading, evidence: reading.evidence() };
}

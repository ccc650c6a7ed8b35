import { parseAmount } from '#core/kernel/money.ts';
import { type FecLine, openItems } from '../fec/index.ts';
import type { OpenItem, OpenItemEvent, RejectedLine } from './item.ts';
import type { Source } from './read.ts';

const AT_ONCE = 2000;
/** Journals as most French programs call them, by code or by label. */
const SALES = /^(?:v|fa|fc|ac|an|ran)|vente|factur|avoir|nouveau/i;
const MONEY = /^(?:b|ca|cb|tr)|banque|caisse|tr[ée]sorerie|r[èe]glement|encaissement|paiement/i;

/** The account of all customers together, which names none. */
const ALL_CUSTOMERS = /^(?:clients?|ventes?|comptes? (?:de )?clients?|411\d*)(?:\s|$)/i;

/** A customer's line, its amount and what is left of it, in cents: positive when owed. */
interface Open {
  readonly line: FecLine;
  readonly cents: bigint;
  left: bigint;
}

/**
 * The open lines of the customers' accounts of a FEC, lettering respected: what a partial lettering holds is taken off its oldest invoices
 * first, and lines of one document (instalments) are one invoice. A FEC tells no due date: the usual delay to pay gives it. Only the open
 * lines are held.
 */
export async function* fromFec(source: Source, name: string, termDays: number): AsyncGenerator<OpenItemEvent> {
  yield { kind: 'table', recognised: { number: 'PieceRef', issue_date: 'PieceDate', payable: 'Debit' }, signature: 'fec' };
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      bytes += piece.length;
      yield piece;
    }
  };
  const alone: Open[] = [];
  const lettered = new Map<string, Open[]>();
  for await (const event of openItems(counted(), name)) {
    if (event.kind === 'refused') return yield { kind: 'refused', refusal: event.refusal };
    if (event.kind !== 'open') continue;
    const { line } = event.item;
    const cents = parseAmount(event.item.amount)?.cents;
    if (cents === undefined) {
      const problem = { column: 'Debit', value: event.item.amount, reason: 'Ce montant a plus de deux décimales.' };
      yield { kind: 'rejected', rejected: { line: line.line, number: line.pieceRef, problems: [problem] } };
      continue;
    }
    const open = { line, cents, left: cents };
    if (line.lettering === null) alone.push(open);
    else {
      const key = JSON.stringify([line.account, line.auxiliary, line.lettering]);
      const group = lettered.get(key);
      if (group) group.push(open);
      else lettered.set(key, [open]);
    }
  }
  for (const group of lettered.values()) {
    settle(group);
    alone.push(...group.filter(({ left }) => left !== 0n));
  }
  const items: OpenItem[] = [];
  for (const document of Map.groupBy(alone, documentOf).values()) {
    const read = itemOf(document, termDays);
    if ('problems' in read) yield { kind: 'rejected', rejected: read };
    else items.push(read);
  }
  for (let at = 0; at < items.length; at += AT_ONCE) yield { kind: 'items', items: items.slice(at, at + AT_ONCE), bytes };
  if (items.length === 0) yield { kind: 'items', items, bytes };
}

/** Takes what was credited off what was debited, the oldest first. */
function settle(group: readonly Open[]): void {
  const byDay = [...group].sort((a, b) => (a.line.entryDate < b.line.entryDate ? -1 : 1));
  const debits = byDay.filter(({ left }) => left > 0n);
  for (const credit of byDay.filter(({ left }) => left < 0n)) {
    for (const debit of debits) {
      const taken = debit.left < -credit.left ? debit.left : -credit.left;
      debit.left -= taken;
      credit.left += taken;
    }
  }
}

const dayOf = ({ pieceDate, entryDate }: FecLine): string => pieceDate ?? entryDate;

/** Lines with one piece of one customer on one day, on one side, are one document. */
const documentOf = ({ line, left }: Open): string =>
  line.pieceRef === null ? `${line.line}` : JSON.stringify([line.account, line.auxiliary, line.pieceRef, dayOf(line), left > 0n]);

function itemOf(lines: readonly Open[], termDays: number): OpenItem | RejectedLine {
  const [first] = lines;
  if (!first) throw new Error('a document has a line');
  const { line, account, auxiliary, auxiliaryLabel, accountLabel, pieceRef, journalCode, journalLabel } = first.line;
  const left = lines.reduce((sum, one) => sum + one.left, 0n);
  const journal = (words: RegExp): boolean => words.test(journalCode ?? '') || words.test(journalLabel ?? '');
  const reject = (column: string, value: string | null, reason: string): RejectedLine => ({
    line,
    number: pieceRef,
    problems: [{ column, value, reason }],
  });
  if (pieceRef === null) return reject('PieceRef', null, 'La référence de la pièce manque.');
  if (auxiliary === null && ALL_CUSTOMERS.test(accountLabel ?? account))
    return reject('CompAuxNum', null, 'Le compte auxiliaire manque\u202f: cette écriture ne dit pas de quel client il s’agit.');
  if (left < 0n && !journal(SALES))
    return reject(
      'Credit',
      first.line.credit,
      'Ce paiement n’est lettré avec aucune facture\u202f: lettrez-le dans votre comptabilité.',
    );
  if (left > 0n && journal(MONEY) && !journal(SALES))
    return reject('Debit', first.line.debit, 'Cette somme due vient d’un journal de trésorerie, pas d’une facture.');
  const size = (cents: bigint): bigint => (cents < 0n ? -cents : cents);
  const issuedOn = dayOf(first.line);
  return {
    line,
    externalKey: null,
    kind: left < 0n ? 'credit-note' : 'invoice',
    number: pieceRef,
    issuedOn,
    issuedTold: true,
    dueOn: Temporal.PlainDate.from(issuedOn).add({ days: termDays }).toString(),
    dueTold: false,
    currency: 'EUR',
    netCents: null,
    taxCents: null,
    grossCents: lines.reduce((sum, one) => sum + size(one.cents), 0n),
    openCents: size(left),
    orderReference: null,
    buyer: {
      key: auxiliary ?? account,
      name: (auxiliaryLabel ?? accountLabel ?? auxiliary ?? account).replace(/\s+/g, ' '),
      siren: null,
      vat: null,
      email: null,
      street: null,
      postcode: null,
      city: null,
      country: null,
    },
  };
}

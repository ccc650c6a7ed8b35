import { parseAmount } from '#core/kernel/money.ts';
import { type FecLine, openItems } from '../fec/index.ts';
import { N } from '../text/refusals.ts';
import type { OpenItem, OpenItemEvent, RejectedLine } from './item.ts';
import type { Source } from './read.ts';

const AT_ONCE = 2000;
/** Journals of sales and of opening balances, as most French programs call them. */
const SALES = /^(?:V|FA|FC|AC|AN|RAN)/i;

/** The open lines of the customers' accounts of a FEC, which tells no due date: the usual delay to pay gives it. */
export async function* fromFec(source: Source, name: string, termDays: number): AsyncGenerator<OpenItemEvent> {
  yield { kind: 'table', recognised: { number: 'PieceRef', issue_date: 'PieceDate', payable: 'Debit' }, signature: 'fec' };
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      bytes += piece.length;
      yield piece;
    }
  };
  let items: OpenItem[] = [];
  for await (const event of openItems(counted(), name)) {
    if (event.kind === 'refused') return yield { kind: 'refused', refusal: event.refusal };
    if (event.kind !== 'open') continue;
    const read = itemOf(event.item.line, parseAmount(event.item.amount)?.cents, termDays);
    if ('code' in read) yield { kind: 'rejected', rejected: read };
    else items.push(read);
    if (items.length < AT_ONCE) continue;
    yield { kind: 'items', items, bytes };
    items = [];
  }
  yield { kind: 'items', items, bytes };
}

function itemOf(line: FecLine, cents: bigint | undefined, termDays: number): OpenItem | RejectedLine {
  const { journalCode, entryDate, account, auxiliary, pieceRef, label, debit, credit } = line;
  const reject = (why: string): RejectedLine => ({
    line: line.line,
    code: 'import.line',
    message: `Ligne ${line.line}${N}: ${why}.`,
    content: [journalCode, entryDate, account, auxiliary, pieceRef, label, debit, credit].join(' ; '),
    number: pieceRef,
  });
  if (pieceRef === null) return reject('la pièce manque');
  if (cents === undefined) return reject('le montant a une fraction de centime');
  if (cents < 0n && !SALES.test(journalCode ?? ''))
    return reject(`un paiement n’est lettré avec aucune facture${N}: rapprochez-le dans votre comptabilité`);
  const issuedOn = line.pieceDate ?? entryDate;
  const size = cents < 0n ? -cents : cents;
  return {
    line: line.line,
    externalKey: null,
    kind: cents < 0n ? 'credit-note' : 'invoice',
    number: pieceRef,
    issuedOn,
    dueOn: Temporal.PlainDate.from(issuedOn).add({ days: termDays }).toString(),
    currency: 'EUR',
    netCents: null,
    taxCents: null,
    grossCents: size,
    openCents: size,
    orderReference: null,
    buyer: {
      key: auxiliary,
      name: line.auxiliaryLabel ?? auxiliary ?? line.accountLabel,
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

import { sql } from 'kysely';
import type { Refusal } from '#core/kernel/result.ts';
import { type OpenItem, type OpenItemsOptions, type RejectedLine, readOpenItems } from '#formats/open-items/index.ts';
import { fold } from '#formats/text/values.ts';
import { copyText, type Load } from '#platform/db/bulk.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';

/** Rejected lines told of one import: enough to correct a file, not the whole of a hopeless one. */
export const ERRORS_KEPT = 50_000;

/** What reading a list found. */
export interface Staged {
  readonly items: number;
  readonly rejected: number;
  /** the first `ERRORS_KEPT` of them */
  readonly errors: readonly RejectedLine[];
  /** numbers of the rejected lines: their invoices are in the list all the same */
  readonly rejectedNumbers: readonly string[];
  /** rejected lines whose number cannot even be read */
  readonly numberless: number;
  readonly recognised: Readonly<Record<string, string>>;
  readonly signature: string;
  readonly refusal: Refusal | undefined;
}

/**
 * Reads a list into the temporary table `staged`, as it comes; the table goes with the transaction. Throws what breaks the reading of the
 * file itself; a file that cannot be used gives a `refusal`. `progress` is told the bytes read.
 */
export async function stage(
  tx: Tx,
  load: Load,
  source: AsyncIterable<Uint8Array>,
  name: string,
  options: OpenItemsOptions,
  progress: (bytes: number) => void,
): Promise<Staged> {
  await sql`
    create temporary table staged (
      line bigint not null, invoice_id uuid not null, external_key text, kind text not null, number text not null,
      issued_on date not null, issued_told boolean not null, due_on date not null, due_told boolean not null, currency text not null,
      net_cents bigint, tax_cents bigint, gross_cents bigint not null, open_cents bigint not null, order_reference text,
      buyer text not null, buyer_key text, name text, siren text, vat_number text, email text, street text, postcode text, city text,
      country text
    ) on commit drop`.execute(tx);
  const errors: RejectedLine[] = [];
  const rejectedNumbers = new Set<string>();
  let [items, rejected, numberless] = [0, 0, 0];
  let recognised: Staged['recognised'] = {};
  let signature = '';
  let refusal: Refusal | undefined;
  const rows = async function* (): AsyncGenerator<string> {
    for await (const event of readOpenItems(source, name, options)) {
      switch (event.kind) {
        case 'table':
          ({ recognised, signature } = event);
          break;
        case 'rejected':
          rejected += 1;
          if (errors.length < ERRORS_KEPT) errors.push(event.rejected);
          if (event.rejected.number === null) numberless += 1;
          else rejectedNumbers.add(event.rejected.number.toWellFormed().replaceAll('\0', ''));
          break;
        case 'refused':
          refusal = event.refusal;
          return;
        case 'items':
          items += event.items.length;
          yield event.items.map(rowOf).join('');
          progress(event.bytes);
      }
    }
  };
  await load('copy staged from stdin', rows());
  await sql`analyze staged`.execute(tx);
  return { items, rejected, errors, rejectedNumbers: [...rejectedNumbers], numberless, recognised, signature, refusal };
}

/** Who a client is within one list: by the other tool's code, else its SIREN, else its name. */
const buyerOf = ({ buyer }: OpenItem): string =>
  buyer.key !== null ? `k ${buyer.key}` : buyer.siren !== null ? `s ${buyer.siren}` : `n ${fold(buyer.name ?? '').trim()}`;

/** A line as a row of `staged`, in the order of its columns. */
const rowOf = (item: OpenItem): string => {
  const { buyer } = item;
  return `${item.line}\t${newId()}\t${copyText(item.externalKey)}\t${item.kind}\t${copyText(item.number)}\t${item.issuedOn}\t${item.issuedTold ? 't' : 'f'}\t${item.dueOn}\t${item.dueTold ? 't' : 'f'}\t${item.currency}\t${item.netCents ?? '\\N'}\t${item.taxCents ?? '\\N'}\t${item.grossCents}\t${item.openCents}\t${copyText(item.orderReference)}\t${copyText(buyerOf(item))}\t${copyText(buyer.key)}\t${copyText(buyer.name)}\t${copyText(buyer.siren)}\t${copyText(buyer.vat)}\t${copyText(buyer.email)}\t${copyText(buyer.street)}\t${copyText(buyer.postcode)}\t${copyText(buyer.city)}\t${copyText(buyer.country)}\n`;
};

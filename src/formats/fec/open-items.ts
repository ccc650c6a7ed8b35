import { fromUnits } from '../text/decimal.ts';
import type { FecLine } from './layout.ts';
import { unitsOf } from './parser.ts';
import { type FecEvent, type FecOptions, streamFec } from './read.ts';

/** A customer's line that nothing settles. */
export interface OpenItem {
  readonly line: FecLine;
  /** debit less credit: positive when the customer owes, negative for a credit note or a payment not yet matched */
  readonly amount: string;
  /** the line is lettered, but the lines lettered with it do not cancel out: `groupBalance` is what remains of them together */
  readonly groupBalance: string | null;
}

export type OpenItemEvent = { readonly kind: 'open'; readonly item: OpenItem } | Exclude<FecEvent, { readonly kind: 'line' }>;

/** Accounts of customers; doubtful customers (416) are asked for apart. */
const CUSTOMERS: readonly string[] = ['411'];

interface Group {
  sum: bigint;
  readonly lines: FecLine[];
}

/**
 * The open lines of the customers' accounts, as the file comes. A line without lettering is open. Lines lettered alike in one account are
 * settled together when they cancel out to the cent, and all open when they do not (partial lettering). Only groups that do not cancel out
 * yet are held.
 */
export async function* openItems(
  source: Parameters<typeof streamFec>[0],
  name: string,
  options: FecOptions & { readonly accounts?: readonly string[] } = {},
): AsyncGenerator<OpenItemEvent> {
  const accounts = options.accounts ?? CUSTOMERS;
  const groups = new Map<string, Group>();
  for await (const event of streamFec(source, name, options)) {
    if (event.kind === 'line') {
      const { line } = event;
      if (!accounts.some((account) => line.account.startsWith(account))) continue;
      const units = unitsOf(line);
      if (line.lettering !== null) hold(groups, line, units);
      else if (units !== 0n) yield { kind: 'open', item: { line, amount: fromUnits(units), groupBalance: null } };
    } else {
      if (event.kind === 'end') yield* leftOpen(groups);
      yield event;
    }
  }
}

function hold(groups: Map<string, Group>, line: FecLine, units: bigint): void {
  const key = JSON.stringify([line.account, line.auxiliary, line.lettering]);
  const group = groups.get(key) ?? { sum: 0n, lines: [] };
  group.sum += units;
  group.lines.push(line);
  if (group.sum === 0n) groups.delete(key);
  else groups.set(key, group);
}

function* leftOpen(groups: ReadonlyMap<string, Group>): Generator<OpenItemEvent> {
  for (const { sum, lines } of groups.values()) {
    for (const line of lines) {
      yield { kind: 'open', item: { line, amount: fromUnits(unitsOf(line)), groupBalance: fromUnits(sum) } };
    }
  }
}

import { isIntermediary } from './intermediaries.ts';
import { nameWords } from './names.ts';

/** What payments confirmed by a person have shown: who pays from this IBAN, or under this name. */
export interface LearnedAlias {
  readonly kind: 'iban' | 'name';
  /** the IBAN without blanks, or the telling words of the name */
  readonly value: string;
  readonly partyId: string;
  readonly confirmed: number;
  readonly rejected: number;
}

export type Learned = readonly LearnedAlias[];

/** A person's word on a line: it was paid by this party, or was not. */
export interface Confirmation {
  readonly partyId: string;
  readonly iban?: string;
  readonly name?: string;
  /** the proposal was turned down */
  readonly rejected?: boolean;
}

export const compactIban = (iban: string): string => iban.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
export const nameKey = (name: string): string => nameWords(name).join(' ');

const keyOf = (a: Pick<LearnedAlias, 'kind' | 'value' | 'partyId'>): string => `${a.kind}\n${a.value}\n${a.partyId}`;

/** Adds confirmations to what is known; who passes on the money of others is never learned. The order of the confirmations does not matter; nothing given is changed. */
export function learn(known: Learned, confirmations: readonly Confirmation[]): Learned {
  const all = new Map(known.map((alias) => [keyOf(alias), alias]));
  const count = (kind: LearnedAlias['kind'], value: string, from: Confirmation): void => {
    if (value === '') return;
    const blank = { kind, value, partyId: from.partyId, confirmed: 0, rejected: 0 };
    const before = all.get(keyOf(blank)) ?? blank;
    all.set(
      keyOf(blank),
      from.rejected ? { ...before, rejected: before.rejected + 1 } : { ...before, confirmed: before.confirmed + 1 },
    );
  };
  for (const one of confirmations) {
    if (one.name && isIntermediary(one.name)) continue;
    if (one.iban) count('iban', compactIban(one.iban), one);
    if (one.name) count('name', nameKey(one.name), one);
  }
  return [...all.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** What to think of an IBAN or a name: whose it is, in the order of the confirmations, and whether anything says otherwise. */
export interface Belief {
  readonly partyIds: readonly string[];
  readonly confirmed: number;
  readonly contradicted: number;
}

/** Reads what was learned, by « kind + value ». A party that was refused as often as confirmed is not believed. */
export function beliefs(learned: Learned): ReadonlyMap<string, Belief> {
  const groups = Map.groupBy(learned, (alias) => `${alias.kind}\n${alias.value}`);
  const all = new Map<string, Belief>();
  for (const [key, aliases] of groups) {
    const believed = aliases
      .filter((a) => a.confirmed > a.rejected)
      .sort((a, b) => b.confirmed - a.confirmed || (a.partyId < b.partyId ? -1 : 1));
    const first = believed[0];
    if (!first) continue;
    const others = aliases.filter((a) => a !== first).reduce((sum, a) => sum + a.confirmed, 0);
    all.set(key, { partyIds: believed.map((a) => a.partyId), confirmed: first.confirmed, contradicted: others + first.rejected });
  }
  return all;
}

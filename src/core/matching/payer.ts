import { evidence } from './evidence.ts';
import { type Belief, beliefs, compactIban, type Learned, nameKey } from './learning.ts';
import type { Evidence, KnownParty, StatementLine } from './model.ts';
import { NameIndex, type NameMatch } from './names.ts';
import { foldText } from './text.ts';

/**
 * Who a line probably comes from.
 * - `iban`, `name`: one party, nothing against it; enough to apply an amount that fits only one way.
 * - `likely`: to be proposed only: a name that resembles, several parties, or signs that contradict each other.
 * - `none`: unknown.
 */
export interface Payer {
  readonly trust: 'iban' | 'name' | 'likely' | 'none';
  readonly partyIds: readonly string[];
  readonly evidence: readonly Evidence[];
}

const NOBODY: Payer = { trust: 'none', partyIds: [], evidence: [] };
const SAME = 0.84;
const ALIKE = 0.62;
const MARGIN = 0.12;
const MOST = 4;

/** Recognises payers: by IBAN, by name, by what was learned. */
export class Payers {
  readonly #parties = new Map<string, KnownParty>();
  readonly #ibans = new Map<string, Set<string>>();
  readonly #names = new NameIndex();
  readonly #learned: ReadonlyMap<string, Belief>;
  readonly #batch = new Map<string, Set<string>>();

  constructor(parties: readonly KnownParty[], learned: Learned) {
    for (const party of [...parties].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (this.#parties.has(party.id)) throw new RangeError(`party ${party.id} is given twice`);
      this.#parties.set(party.id, party);
      for (const iban of party.ibans) addTo(this.#ibans, compactIban(iban), party.id);
      for (const name of new Set([party.name, ...party.aliases])) this.#names.add(party.id, name);
    }
    this.#learned = beliefs(learned.filter((alias) => this.#parties.has(alias.partyId)));
  }

  nameOf(partyId: string): string {
    return this.#parties.get(partyId)?.name ?? partyId;
  }

  /** This batch showed, by a number and an exact amount, that the IBAN pays for the party. */
  observe(iban: string, partyId: string): void {
    addTo(this.#batch, compactIban(iban), partyId);
  }

  /** Whether the batch showed anything of this IBAN. */
  observed(iban: string): boolean {
    return this.#batch.has(compactIban(iban));
  }

  /** The probable payer of a line. */
  of(line: StatementLine): Payer {
    const byIban = this.#byIban(line);
    const byName = this.#byName(line);
    if (byIban.trust === 'none') return byName;
    if (byName.trust !== 'name' || byName.partyIds.some((id) => byIban.partyIds.includes(id))) {
      const narrowed = byIban.partyIds.filter((id) => byName.trust === 'name' && byName.partyIds.includes(id));
      if (byIban.partyIds.length > 1 && narrowed.length === 1)
        return { trust: 'name', partyIds: narrowed, evidence: byName.evidence };
      return byIban;
    }
    // The IBAN says one, the name another: a parent company, a factor, a mistake. Nothing is sure.
    return {
      trust: 'likely',
      partyIds: [...byIban.partyIds, ...byName.partyIds],
      evidence: [...byIban.evidence, ...byName.evidence, this.#several([...byIban.partyIds, ...byName.partyIds])],
    };
  }

  #several = (partyIds: readonly string[]): Evidence => evidence.severalPayers(partyIds.map((id) => this.nameOf(id)));

  #byIban(line: StatementLine): Payer {
    if (!line.iban) return NOBODY;
    const iban = compactIban(line.iban);
    const declared = [...(this.#ibans.get(iban) ?? [])];
    if (declared.length > 0) return this.#owners(declared, (name) => evidence.iban(iban, name));
    const learned = this.#learned.get(`iban\n${iban}`);
    if (learned) return this.#believed(learned, (name) => evidence.learnedIban(iban, name, learned.confirmed));
    const seen = [...(this.#batch.get(iban) ?? [])].sort();
    return seen.length > 0 ? this.#owners(seen, (name) => evidence.batchIban(iban, name)) : NOBODY;
  }

  #owners(partyIds: readonly string[], says: (name: string) => Evidence): Payer {
    const first = partyIds[0];
    if (first === undefined) return NOBODY;
    if (partyIds.length === 1) return { trust: 'iban', partyIds, evidence: [says(this.nameOf(first))] };
    return { trust: 'likely', partyIds, evidence: [says(this.nameOf(first)), this.#several(partyIds)] };
  }

  #believed(belief: Belief, says: (name: string) => Evidence): Payer {
    const sure = belief.contradicted === 0;
    const { partyIds } = belief;
    const first = partyIds[0] ?? '';
    const doubt = partyIds.length > 1 ? [this.#several(partyIds)] : [];
    return { trust: sure ? 'iban' : 'likely', partyIds, evidence: [says(this.nameOf(first)), ...doubt] };
  }

  #byName(line: StatementLine): Payer {
    const written = line.name?.trim() || undefined;
    const learned = written && this.#learned.size > 0 && this.#learned.get(`name\n${nameKey(written)}`);
    if (written && learned) {
      const believed = this.#believed(learned, (name) => evidence.learnedName(written, name, learned.confirmed));
      return believed.trust === 'iban' ? { ...believed, trust: 'name' } : believed;
    }
    const found = written ? this.#names.like(written) : this.#names.within(payerPassage(line.text));
    const [best, second] = found;
    if (!best || best.score < ALIKE) return NOBODY;
    const rivals = found.filter((m) => m.score > best.score - MARGIN).slice(0, MOST);
    const alone = !second || second.score <= best.score - MARGIN || (best.score === 1 && second.score < 0.95);
    const says = evidence.name(written ?? best.as, best.as);
    if (alone) return { trust: best.score >= SAME ? 'name' : 'likely', partyIds: [best.partyId], evidence: [says] };
    const partyIds = rivals.map((m: NameMatch) => m.partyId);
    return { trust: 'likely', partyIds, evidence: [says, this.#several(partyIds)] };
  }
}

/** The part of a bank's text where the payer's name stands: before the reason of the transfer. */
function payerPassage(text: string): string {
  return foldText(text).replace(/[\s/](MOTIF|REF|REFDO|RMT|LIB|NOTE|OBJET)\b.*$/, ' ');
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const there = sets.get(key);
  if (there) there.add(value);
  else sets.set(key, new Set([value]));
}

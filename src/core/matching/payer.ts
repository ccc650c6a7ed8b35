import { evidence } from './evidence.ts';
import { isIntermediary } from './intermediaries.ts';
import { type Belief, beliefs, compactIban, type Learned, nameKey } from './learning.ts';
import type { Evidence, KnownParty, StatementLine } from './model.ts';
import { NameIndex, type NameMatch, nameWords } from './names.ts';
import { payerPassage, standsAlone, writtenName } from './passage.ts';
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
  /** `likely` only: it is surely one of these parties, so that what only one of them owes tells which */
  readonly among?: true;
  /** `iban`, `name`: under no name of the party, it paid one invoice of it in this batch; it may pay for other parties too */
  readonly seenOnce?: true;
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
  readonly #batch = new Map<string, Seen>();

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

  get count(): number {
    return this.#parties.size;
  }

  /** This batch showed, by a number and an exact amount, that the payer of such lines pays for the party. */
  observe(handle: Handle, partyId: string): void {
    const seen = this.#batch.get(handle.key);
    if (seen?.by === 'number') {
      seen.partyIds.add(partyId);
      seen.times += 1;
    } else this.#batch.set(handle.key, { by: 'number', partyIds: new Set([partyId]), times: 1 });
  }

  /** This batch showed, by so many different amounts to the cent, that the payer of such lines is the party. */
  recognise(handle: Handle, partyId: string, amounts: number): void {
    this.#batch.set(handle.key, { by: 'amounts', partyIds: new Set([partyId]), times: amounts, amounts });
  }

  /** Whether the batch showed anything of the payer of such lines. */
  observed(handle: Handle): boolean {
    return this.#batch.has(handle.key);
  }

  /** The probable payer of a line. */
  of(line: StatementLine): Payer {
    const payer = this.#whoPays(line);
    return this.#seenOnce(line, payer) ? { ...payer, seenOnce: true } : payer;
  }

  #seenOnce(line: StatementLine, { partyIds: [partyId] }: Payer): boolean {
    const handle = handleOf(line);
    const seen = handle && this.#batch.get(handle.key);
    if (seen?.by !== 'number' || seen.times > 1 || this.#isRecorded(line.iban)) return false;
    const written = writtenName(line);
    return written !== undefined && !this.#names.like(written).some((m) => m.partyId === partyId && m.score >= ALIKE);
  }

  /** Whether somebody said whose IBAN it is. */
  #isRecorded(iban: string | undefined): boolean {
    return iban !== undefined && (this.#ibans.has(compactIban(iban)) || this.#learned.has(`iban\n${compactIban(iban)}`));
  }

  #whoPays(line: StatementLine): Payer {
    const byIban = this.#byIban(line);
    const byName = this.#byName(line);
    if (byIban.trust === 'none') return byName;
    if (byIban.trust === 'iban' && !this.#isRecorded(line.iban) && this.#fitsSeveralNames(byName))
      return this.#oneOf(byIban, byName);
    if (byName.trust !== 'name' || byName.partyIds.some((id) => byIban.partyIds.includes(id))) {
      const narrowed = byIban.partyIds.filter((id) => byName.trust === 'name' && byName.partyIds.includes(id));
      if (byIban.partyIds.length > 1 && narrowed.length === 1)
        return { trust: 'name', partyIds: narrowed, evidence: byName.evidence };
      return byIban;
    }
    const owner = byIban.partyIds[0];
    if (byIban.trust === 'iban' && owner !== undefined && this.#mayBear(owner, line)) return byIban;
    return this.#oneOf(byIban, byName);
  }

  /** A short name that several firms of different names may bear: their group, which may pay for all of them from one IBAN. */
  #fitsSeveralNames({ partyIds }: Payer): boolean {
    return new Set(partyIds.map((id) => nameKey(this.nameOf(id)))).size > 1;
  }

  /** Two signs that say different parties: a parent company, a factor, a mistake. Nothing is sure but that it is one of them. */
  #oneOf(one: Payer, other: Payer): Payer {
    const partyIds = [...new Set([...one.partyIds, ...other.partyIds])];
    const sure = (payer: Payer): boolean => payer.trust !== 'likely' || payer.among === true;
    return {
      trust: 'likely',
      partyIds,
      ...(sure(one) && sure(other) && { among: true }),
      evidence: [...one.evidence, ...other.evidence, this.#several(partyIds)],
    };
  }

  /** Whether a telling word of the party's names begins, or is begun by, a word that the line writes where the payer's name stands. */
  #mayBear(partyId: string, line: StatementLine): boolean {
    const party = this.#parties.get(partyId);
    const written = nameWords(writtenName(line) ?? payerPassage(line.text)).filter((word) => word.length > 3);
    const own = party ? [party.name, ...party.aliases].map(nameWords) : [];
    return own.some((words) =>
      words.every((word) => word.length < 4 || written.some((w) => w.startsWith(word) || word.startsWith(w))),
    );
  }

  #several = (partyIds: readonly string[]): Evidence => evidence.severalPayers(partyIds.map((id) => this.nameOf(id)));

  #byIban(line: StatementLine): Payer {
    if (!line.iban) return NOBODY;
    const iban = compactIban(line.iban);
    const declared = [...(this.#ibans.get(iban) ?? [])];
    if (declared.length > 0) return this.#owners(declared, (name) => evidence.iban(iban, name));
    const learned = this.#learned.get(`iban\n${iban}`);
    if (learned) return this.#believed(learned, (name) => evidence.learnedIban(iban, name, learned.confirmed));
    const seen = this.#batch.get(ibanHandle(iban).key);
    if (!seen) return NOBODY;
    const { amounts } = seen;
    const says = (name: string): Evidence =>
      amounts === undefined ? evidence.batchIban(iban, name) : evidence.amountsOfIban(iban, name, amounts);
    return this.#owners([...seen.partyIds].sort(), says);
  }

  #byBatch(name: string): Payer {
    const seen = this.#batch.get(nameHandle(name).key);
    if (!seen) return NOBODY;
    const { amounts } = seen;
    const says = (party: string): Evidence =>
      amounts === undefined ? evidence.batchName(name, party) : evidence.amountsOfName(name, party, amounts);
    const owners = this.#owners([...seen.partyIds].sort(), says);
    return owners.trust === 'iban' ? { ...owners, trust: 'name' } : owners;
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
    const written = writtenName(line);
    const learned = written && this.#learned.size > 0 && this.#learned.get(`name\n${nameKey(written)}`);
    if (written && learned) {
      const believed = this.#believed(learned, (name) => evidence.learnedName(written, name, learned.confirmed));
      return believed.trust === 'iban' ? { ...believed, trust: 'name' } : believed;
    }
    const looks = this.#byLikeness(line, written);
    const seen = written ? this.#byBatch(written) : NOBODY;
    if (seen.trust !== 'name' || looks.among) return looks;
    if (looks.trust === 'name' && looks.partyIds[0] !== seen.partyIds[0]) return this.#oneOf(seen, looks);
    return looks.trust === 'name' ? looks : seen;
  }

  #byLikeness(line: StatementLine, written: string | undefined): Payer {
    const passage = written ?? payerPassage(line.text);
    const found = written ? this.#names.like(written) : this.#names.within(passage);
    const [best, second] = found;
    if (!best || best.score < ALIKE) return NOBODY;
    const rivals = found.filter((m) => m.score > best.score - MARGIN);
    const alone = !second || second.score <= best.score - MARGIN || (best.score === 1 && second.score < 0.95);
    const says = written ? evidence.name(written, best.as) : evidence.nameInText(best.as);
    const same = best.score >= SAME && (written !== undefined || standsAlone(best.as, passage));
    if (alone) return { trust: same ? 'name' : 'likely', partyIds: [best.partyId], evidence: [says] };
    const partyIds = rivals.slice(0, MOST).map((m: NameMatch) => m.partyId);
    const among = same && rivals.length <= MOST && { among: true as const };
    return { trust: 'likely', partyIds, ...among, evidence: [says, this.#several(partyIds)] };
  }
}

/** What the lines of one payer have in common: the IBAN, else the name. */
export interface Handle {
  readonly key: string;
}

interface Seen {
  readonly by: 'number' | 'amounts';
  readonly partyIds: Set<string>;
  readonly amounts?: number;
  /** lines that showed it */
  times: number;
}

const ibanHandle = (iban: string): Handle => ({ key: `iban\n${compactIban(iban)}` });
const nameHandle = (name: string): Handle => ({ key: `name\n${foldText(name)}` });

/** How the payer of a line shows; undefined when it shows neither IBAN nor name, or passes on the money of others. */
export function handleOf(line: StatementLine): Handle | undefined {
  const name = writtenName(line);
  if (name !== undefined && isIntermediary(name)) return undefined;
  if (line.iban) return ibanHandle(line.iban);
  return name && nameKey(name) !== '' ? nameHandle(name) : undefined;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const there = sets.get(key);
  if (there) there.add(value);
  else sets.set(key, new Set([value]));
}

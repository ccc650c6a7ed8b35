/** Chance that repeats: the same seed gives the same year (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to 1, 1 excluded. */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  whole(below: number): number {
    return Math.floor(this.share() * below);
  }

  between(from: number, to: number): number {
    return from + this.whole(to - from + 1);
  }

  happens(rate: number): boolean {
    return this.share() < rate;
  }

  of<T>(all: readonly T[]): T {
    const one = all[this.whole(all.length)];
    if (one === undefined) throw new RangeError('nothing to choose from');
    return one;
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries<number>(weights);
    let at = this.share() * entries.reduce((sum, [, w]) => sum + w, 0);
    for (const [key, weight] of entries) {
      at -= weight;
      if (at < 0) return key as K;
    }
    return (entries.at(-1)?.[0] ?? '') as K;
  }
}

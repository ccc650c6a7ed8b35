/** A source of chance that always says the same thing for the same seed: forecasts and their tests can be repeated. */
export interface Random {
  /** uniform in [0, 1) */
  uniform(): number;
  /** a whole number from 0 to below − 1 */
  whole(below: number): number;
  /** standard normal */
  normal(): number;
}

/** Small fast counter generator (sfc32), seeded by one whole number and warmed up. */
export function randomFrom(seed: number): Random {
  // In an array of integers: variables that a function keeps would be boxed at each draw.
  const state = Int32Array.of(seed, 0x9e3779b9, 0x243f6a88, 1);
  const next = (): number => {
    const [b, c, counter] = [state[1] as number, state[2] as number, state[3] as number];
    const t = ((((state[0] as number) + b) | 0) + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + t;
    state[3] = counter + 1;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i += 1) next();
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform: next, whole: (below) => Math.floor(next() * below), normal };
}

/** The same things in another order (Fisher-Yates). */
export function shuffled<T>(things: readonly T[], random: Random): T[] {
  const mixed = [...things];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = random.whole(i + 1);
    const kept = mixed[i] as T;
    mixed[i] = mixed[j] as T;
    mixed[j] = kept;
  }
  return mixed;
}

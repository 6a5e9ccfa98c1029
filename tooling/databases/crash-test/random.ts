/** Choices that a seed decides: the same seed makes the same choices in the same order. */
export interface Random {
  /** True in `share` of all cases (0 to 1). */
  chance(share: number): boolean;
  /** A whole number from `least` up to and with `most`. */
  between(least: number, most: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** Picks by weight. */
  weighted<T>(choices: readonly [readonly [T, number], ...(readonly [T, number])[]]): T;
  /** Choices of their own for a part of the world, whatever the other parts choose meanwhile. */
  fork(part: number): Random;
}

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  return {
    chance: (share) => next() < share,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    weighted(choices) {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return choices[0][0];
    },
    fork: (part) => createRandom((seed ^ Math.imul(part + 1, 0x9e3779b1)) >>> 0),
  };
}

/** A small generator of 32 bits, good enough to choose by. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

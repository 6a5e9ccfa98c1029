/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** True with this probability. A probability of 0 draws nothing. */
  chance(probability: number): boolean;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  /** So many hex digits. */
  hex(length: number): string;
  /** Another source, its own for this name: who draws more here changes nothing there. */
  fork(name: string): Random;
}

export function createRandom(seed: string): Random {
  let state = hash(seed);

  /** mulberry32 */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));

  return {
    next,
    chance: (probability) => probability > 0 && next() < probability,
    between,
    pick(list) {
      const [chosen] = list.slice(between(0, list.length - 1));
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    hex(length) {
      let text = '';
      while (text.length < length) text += between(0, 0xffff).toString(16).padStart(4, '0');
      return text.slice(0, length);
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}

/** Everything by chance that a test or a run does comes from here, so that a seed says what happens, on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** True in that share of all cases. */
  maybe(share: number): boolean;
  /** One of them. Throws RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item;
  /** All of them in another order. */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** A generator of its own, which depends on the seed and the name only. */
  fork(name: string): Random;
}

/** Source: mulberry32, a 32-bit generator by T. Ettinger, in the public domain. */
export function createRandom(seed: number | string): Random {
  let state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    between,
    maybe: (share) => next() < share,
    pick<Item>(items: readonly Item[]) {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[between(0, items.length - 1)] as Item;
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** Source: FNV-1a with 32 bits, by G. Fowler, L. Noll and K. Vo, in the public domain. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum;
}

import { createHash } from 'node:crypto';

/** Numbers by chance that are the same for the same seed, on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, at least `min` and at most `max`. */
  between(min: number, max: number): number;
  /** One of them; throws RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item;
  /** All of them in another order. */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** A generator of its own, which depends on the seed and the name only. */
  fork(name: string): Random;
}

const RANGE = 2 ** 32;

/** Counts, and hashes each count together with the seed. */
export function createRandom(seed: string): Random {
  let count = 0;
  const next = (): number => {
    count += 1;
    return createHash('sha256').update(`${seed}:${count}`).digest().readUInt32BE() / RANGE;
  };
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick(items) {
      const [item] = items.slice(Math.floor(next() * items.length));
      if (item === undefined) throw new RangeError('there is nothing to pick from');
      return item;
    },
    shuffle: (items) =>
      items
        .map((item) => ({ item, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** So many rows are drawn while the list runs along; more appear when they are scrolled to. */
export const ROWS = 60;
/** So many newer messages are kept for a list that is held still; then they are only counted. */
const MOST_NEWER = 1_000;
/** Newer rows are drawn in such portions: no longer than a frame each. */
const NEWER_AT_ONCE = 20;

/** A list that is held still: what is drawn of it changes where the reader comes near its edges only. */
export interface StillWindow<Item> {
  /** Those before the hold, and what came since. */
  readonly items: readonly Item[];
  /** Index of the first row that is drawn. */
  readonly from: number;
  /** Index after the last row that is drawn. */
  readonly to: number;
  /** Items when the hold began. */
  readonly heldAt: number;
}

/** Holds a list still as it is now. */
export function holdStill<Item>(items: readonly Item[]): StillWindow<Item> {
  const { length } = items;
  return { items, from: Math.max(0, length - ROWS), to: length, heldAt: length };
}

/** Keeps what came since, as far as there is room; it is not drawn yet. The same window when nothing is added. */
export function growAtEnd<Item>(
  held: StillWindow<Item>,
  present: readonly Item[],
  idOf: (item: Item) => string,
): StillWindow<Item> {
  const room = held.heldAt + MOST_NEWER - held.items.length;
  if (room <= 0) return held;
  const last = held.items.at(-1);
  const lastId = last === undefined ? undefined : idOf(last);
  const place = present.findLastIndex((item) => idOf(item) === lastId);
  // A last one that has been pushed out leaves a gap: then newer ones are only counted.
  if (place === -1 && last !== undefined) return held;
  const newer = present.slice(place + 1, place + 1 + room);
  return newer.length === 0 ? held : { ...held, items: [...held.items, ...newer] };
}

/** Draws older rows too. The same window when there are none. */
export function showOlder<Item>(held: StillWindow<Item>): StillWindow<Item> {
  return held.from === 0 ? held : { ...held, from: Math.max(0, held.from - ROWS) };
}

/** Draws newer rows too. The same window when there are none. */
export function showNewer<Item>(held: StillWindow<Item>): StillWindow<Item> {
  const { length } = held.items;
  return held.to === length ? held : { ...held, to: Math.min(length, held.to + NEWER_AT_ONCE) };
}

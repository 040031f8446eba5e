/** So many rows are drawn while the list runs along; older ones appear when they are scrolled to. */
export const ROWS = 80;
/** So many newer rows are added below while the list is held still; then they are only counted. */
const MOST_NEWER = 240;

/** A list that is held still: it grows at its end only, and only so far. */
export interface StillWindow<Item> {
  readonly items: readonly Item[];
  /** Index of the first row that is drawn. */
  readonly from: number;
  /** Items when the hold began. */
  readonly heldAt: number;
}

/** Holds a list still as it is now. */
export function holdStill<Item>(items: readonly Item[]): StillWindow<Item> {
  return { items, from: Math.max(0, items.length - ROWS), heldAt: items.length };
}

/** Adds what came since at the end, as far as there is room. The same window when nothing is added. */
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

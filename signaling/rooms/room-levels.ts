import { LEVEL_INTERVAL_MS, type Levels, mergeLevels } from '@souk/protocol/timeline/levels';

type Counts = Readonly<Record<string, number>>;

/** The levels of a show: what they are now, and what the viewers have not been told yet. */
export class RoomLevels {
  #current: Levels;
  #untold: Levels = {};
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(current: Levels) {
    this.#current = current;
  }

  get current(): Levels {
    return this.#current;
  }

  /** True when something has not been told yet. */
  get hasNews(): boolean {
    return isFilled(this.#untold);
  }

  /** Takes in what has changed. Counts that are the same as before are not told again. */
  hear(changed: Levels): void {
    const news = onlyNews(changed, this.#current);
    this.#current = mergeLevels(this.#current, changed);
    this.#untold = compact({
      ...mergeLevels(this.#untold, news),
      reactions: sum(this.#untold.reactions, news.reactions),
    });
  }

  /** What to tell now, or undefined when nothing changed or the last telling is too short ago. */
  takeDue(now: number): Levels | undefined {
    if (!this.hasNews || now - this.#toldAt < LEVEL_INTERVAL_MS) return undefined;
    const due = this.#untold;
    this.#untold = {};
    this.#toldAt = now;
    return due;
  }
}

function onlyNews(changed: Levels, known: Levels): Levels {
  const { viewers } = changed;
  return {
    ...(viewers === undefined || viewers === known.viewers ? {} : { viewers }),
    unitsLeft: differing(changed.unitsLeft, known.unitsLeft),
    stock: differing(changed.stock, known.stock),
    reactions: changed.reactions ?? {},
  };
}

function differing(changed: Counts = {}, known: Counts = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(changed).filter(([name, count]) => known[name] !== count));
}

function sum(first: Counts = {}, second: Counts = {}): Record<string, number> {
  const added = Object.entries(second).map(([name, count]) => [name, (first[name] ?? 0) + count]);
  return { ...first, ...Object.fromEntries(added) };
}

/** The levels without the parts that are empty. */
function compact(levels: Levels): Levels {
  const parts: [string, number | Counts | undefined][] = Object.entries(levels);
  return Object.fromEntries(parts.filter(([, part]) => typeof part === 'number' || isFilled(part)));
}

function isFilled(counts: object = {}): boolean {
  return Object.keys(counts).length > 0;
}

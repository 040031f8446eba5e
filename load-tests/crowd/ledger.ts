import { compareEntryIds, parseEntry } from '@souk/protocol/timeline/entries';

/** What one frame brought, as all who got these very bytes know it. */
export interface News {
  readonly bytes: Buffer;
  /** Where its entries stand in the ledger. */
  readonly entries: readonly number[];
  /** `at` of each of them. */
  readonly stamps: readonly number[];
  readonly upTo: string;
  readonly epoch: string;
  /** The frame that followed this one last time. */
  next: News | undefined;
}

/** An entry as it came over the wire. */
export interface WireEntry {
  readonly id: string;
  readonly at: number;
}

/**
 * Every entry that anybody in this process has heard, each once. Clients of one show get the same bytes, so a frame is
 * parsed once and compared byte by byte afterwards.
 */
export class Ledger {
  readonly ids: string[] = [];
  readonly entries: WireEntry[] = [];
  /** Every state that somebody was sent, as JSON. */
  readonly states: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #stateNumbers = new Map<string, number>();
  readonly #frames = new Map<string, News>();
  #newest: News | undefined;

  /** The place of an entry, new or known. */
  note(entry: WireEntry): number {
    const known = this.#places.get(entry.id);
    if (known !== undefined) return known;
    const place = this.ids.length;
    this.ids.push(entry.id);
    this.entries.push(entry);
    this.#places.set(entry.id, place);
    return place;
  }

  /** The number of a state, new or known. */
  noteState(state: object): number {
    const text = JSON.stringify(state);
    const known = this.#stateNumbers.get(text);
    if (known !== undefined) return known;
    this.#stateNumbers.set(text, this.states.length);
    return this.states.push(text) - 1;
  }

  /** What these bytes say; `parse` is asked when they have not been seen before. `last` is what the same client had before. */
  read(
    buffer: Buffer,
    start: number,
    end: number,
    last: News | undefined,
    parse: (text: string) => Omit<News, 'bytes' | 'next'>,
  ): News {
    for (const guess of [last?.next, this.#newest]) {
      if (guess !== undefined && isSame(guess.bytes, buffer, start, end)) {
        if (last !== undefined) last.next = guess;
        return guess;
      }
    }
    const text = buffer.toString('latin1', start, end);
    let news = this.#frames.get(text);
    if (news === undefined) {
      const bytes = Buffer.from(buffer.subarray(start, end));
      news = { ...parse(bytes.toString('utf8')), bytes, next: undefined };
      this.#frames.set(text, news);
      this.#newest = news;
    }
    if (last !== undefined) last.next = news;
    return news;
  }

  /** Compares two places by the order of the timeline. */
  compare(one: number, other: number): number {
    return one === other ? 0 : compareEntryIds(this.ids[one] ?? '', this.ids[other] ?? '');
  }

  /** The entries at these places, as the contract describes them. Throws ZodError when one does not fit. */
  parsed(places: readonly number[]) {
    return places.map((place) => parseEntry(this.entries[place]));
  }
}

function isSame(known: Buffer, buffer: Buffer, start: number, end: number): boolean {
  return known.length === end - start && buffer.compare(known, 0, known.length, start, end) === 0;
}

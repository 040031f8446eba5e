import { compareEntryIds, type Entry, type EntryOf } from '@souk/protocol/timeline/entries';
import { removedBy, withoutTexts } from './redact.ts';

/** How far behind a client may be and still get what it missed from memory. */
export const RECENT_ENTRIES = 500;

/** The newest entries of a show, for those who come back. Texts of deleted messages are not among them. */
export class RecentEntries {
  #entries: Entry[] = [];
  /** Id of the newest entry that is not kept. */
  #floor: string;

  /** `after`: the id from which on entries will be added. */
  constructor(after: string) {
    this.#floor = after;
  }

  add(entry: Entry): void {
    const removed = removedBy(entry);
    if (removed.length > 0) this.#entries = withoutTexts(this.#entries, new Set(removed));
    this.#entries.push(entry);
    // Cut in halves, so that not every entry moves all others.
    if (this.#entries.length >= 2 * RECENT_ENTRIES) this.#cut();
  }

  /** The entries after an id, oldest first; undefined when they are not all kept. */
  findSince(id: string): Entry[] | undefined {
    if (compareEntryIds(id, this.#floor) < 0) return undefined;
    // Mostly a few of the newest: looked for from the end.
    let first = this.#entries.length;
    while (first > 0 && compareEntryIds(this.#entries[first - 1]?.id ?? '', id) > 0) first -= 1;
    return this.#entries.slice(first);
  }

  /** The message of that id, if it is kept and was not taken away. */
  findMessage(messageId: string): EntryOf<'chat:sent'> | undefined {
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      if (entry?.type === 'chat:sent' && entry.data.messageId === messageId) return entry;
    }
    return undefined;
  }

  #cut(): void {
    const gone = this.#entries.length - RECENT_ENTRIES;
    this.#floor = this.#entries[gone - 1]?.id ?? this.#floor;
    this.#entries = this.#entries.slice(gone);
  }
}

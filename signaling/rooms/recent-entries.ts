import { BEGINNING, compareEntryIds, type Entry } from '@souk/protocol/timeline/entries';

/** How far behind a client may be and still get exactly what it missed; further behind, it gets a snapshot. */
export const RECENT_ENTRIES = 500;

/** The newest entries of a show, for those who come back. Texts of deleted messages are not among them. */
export class RecentEntries {
  #entries: Entry[] = [];
  /** Id of the newest entry that is kept no more. */
  #floor = BEGINNING;

  add(entry: Entry): void {
    if (entry.type === 'chat:deleted') this.#redact(entry.data.messageId);
    this.#entries.push(entry);
    // Cut in halves, so that not every entry moves all others.
    if (this.#entries.length >= 2 * RECENT_ENTRIES) this.#cut();
  }

  /** The entries after an id, oldest first; undefined when they are too many or not kept any more. */
  findSince(id: string): Entry[] | undefined {
    if (compareEntryIds(id, this.#floor) < 0) return undefined;
    const missed = this.#entries.filter((entry) => compareEntryIds(entry.id, id) > 0);
    return missed.length > RECENT_ENTRIES ? undefined : missed;
  }

  #cut(): void {
    const gone = this.#entries.length - RECENT_ENTRIES;
    this.#floor = this.#entries[gone - 1]?.id ?? this.#floor;
    this.#entries = this.#entries.slice(gone);
  }

  #redact(messageId: string): void {
    this.#entries = this.#entries.filter(
      (entry) => entry.type !== 'chat:sent' || entry.data.messageId !== messageId,
    );
  }
}

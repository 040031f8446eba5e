import { compareEntryIds, type Entry } from '@souk/protocol/timeline/entries';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { createStore, type StoreApi } from 'zustand';
import type { ShowFeed } from '../../../api/show-feed.ts';

/** Messages that are kept; the fold of the timeline keeps a hundred, which a busy show says in half a second. */
const KEPT = 1_000;
const KEPT_GONE = 4_000;
/** So often the page is drawn anew at most, however many messages come. */
const EVERY_MS = 125;

export interface LoggedMessages {
  /** Oldest first. Deleted ones stay until they are pushed out, so that nothing moves. */
  readonly messages: readonly ChatMessage[];
  /** Ids of messages that were deleted. */
  readonly gone: ReadonlySet<string>;
  /** How many were said since the page was opened. */
  readonly total: number;
}

export interface MessageLog {
  readonly store: StoreApi<LoggedMessages>;
  /** Begins to listen to the feed; returns the way to stop. */
  open(): () => void;
}

/** Keeps more of a show's messages than its state does, and tells of them in batches. */
export function createMessageLog(feed: ShowFeed): MessageLog {
  const messages = new Map<string, ChatMessage>();
  const gone = new Set<string>();
  let total = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let seen: readonly ChatMessage[] = [];
  const store = createStore<LoggedMessages>(() => ({ messages: [], gone: new Set(), total: 0 }));

  function add(message: ChatMessage): void {
    messages.set(message.messageId, message);
    gone.delete(message.messageId);
    trim(messages, KEPT);
  }

  function remove(messageId: string): void {
    gone.add(messageId);
    trim(gone, KEPT_GONE);
  }

  /** What the state has is the truth; entries alone miss what a snapshot brings. */
  function compare(chat: readonly ChatMessage[]): void {
    seen = chat;
    const present = new Set(chat.map(({ messageId }) => messageId as string));
    const oldest = chat[0];
    if (oldest !== undefined) {
      for (const { messageId, entryId } of [...messages.values()].slice(-2 * chat.length)) {
        if (compareEntryIds(entryId, oldest.entryId) >= 0 && !present.has(messageId)) remove(messageId);
      }
    }
    for (const message of chat) if (messages.get(message.messageId) !== message) add(message);
  }

  function tell(): void {
    timer = undefined;
    toldAt = performance.now();
    const { chat } = feed.store.getState().show;
    if (chat !== seen) compare(chat);
    store.setState({ messages: [...messages.values()], gone: new Set(gone), total });
  }

  function tellSoon(): void {
    timer ??= setTimeout(tell, Math.max(0, EVERY_MS - (performance.now() - toldAt)));
  }

  function onEntry(entry: Entry): void {
    if (entry.type === 'chat:sent') {
      add(toMessage(entry));
      total += 1;
    } else if (entry.type === 'chat:deleted') remove(entry.data.messageId);
    else if (entry.type === 'chat:purged') for (const id of entry.data.messageIds) remove(id);
    else return;
    tellSoon();
  }

  return {
    store,
    open() {
      const stopEntries = feed.onEntry(onEntry);
      const stopState = feed.store.subscribe(({ show }, before) => {
        if (show.chat !== before.show.chat) tellSoon();
      });
      tell();
      return () => {
        stopEntries();
        stopState();
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}

function toMessage({ id, at, audience, data }: Extract<Entry, { type: 'chat:sent' }>): ChatMessage {
  return { ...data, entryId: id, at, repeats: 0, ...(audience === 'all' ? {} : { audience }) };
}

/** Drops the oldest beyond that many. */
function trim(kept: Map<string, unknown> | Set<string>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}

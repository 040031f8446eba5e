import type { Entry } from '@souk/protocol/timeline/entries';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useEffect, useState } from 'react';
import type { ShowFeed } from '../../../api/show-feed.ts';

/** The list is drawn anew this often at most, however fast messages come. */
const EVERY_MS = 200;

/**
 * The newest messages, in a pace that can be drawn and read. While `isHeld` nothing is added and nothing moves; what
 * the staff takes away is gone at once all the same.
 */
export function useCalmChat(feed: ShowFeed, isHeld: boolean): readonly ChatMessage[] {
  const [chat, setChat] = useState(() => feed.store.getState().show.chat);
  useEffect(() => {
    if (isHeld) {
      return feed.onEntry((entry) => {
        const gone = removedBy(entry);
        if (gone.length > 0) setChat((shown) => shown.filter(({ messageId }) => !gone.includes(messageId)));
      });
    }
    let timer: number | undefined;
    let isDirty = false;
    const take = (): void => {
      isDirty = false;
      timer = window.setTimeout(() => {
        timer = undefined;
        if (isDirty) take();
      }, EVERY_MS);
      setChat(feed.store.getState().show.chat);
    };
    take();
    const stop = feed.store.subscribe(({ show }, before) => {
      if (show.chat === before.show.chat) return;
      isDirty = true;
      if (timer === undefined) take();
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [feed, isHeld]);
  return chat;
}

function removedBy(entry: Entry): readonly string[] {
  if (entry.type === 'chat:deleted') return [entry.data.messageId];
  return entry.type === 'chat:purged' ? entry.data.messageIds : [];
}

import type { ShowId } from '@souk/protocol/ids';
import type { NewEntry } from '@souk/protocol/timeline/entries';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import type { MessageStore } from '../moderation/message-store.ts';

/** What must happen in Redis together with certain entries. Every effect may happen twice. */
export interface DeliveryEffects {
  afterAppend(showId: ShowId, entry: NewEntry): Promise<void>;
}

export function createDeliveryEffects(deps: {
  directory: ShowDirectory;
  messages: MessageStore;
}): DeliveryEffects {
  return {
    async afterAppend(showId, entry) {
      if (entry.type === 'show:went-live') await deps.directory.add(showId);
      if (entry.type === 'show:ended') await deps.directory.remove(showId);
      if (entry.type === 'chat:deleted') await deps.messages.redact(showId, entry.data.messageId);
    },
  };
}

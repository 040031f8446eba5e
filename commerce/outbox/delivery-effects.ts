import type { ShowId } from '@souk/protocol/ids';
import type { NewEntry } from '@souk/protocol/timeline/entries';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import type { RedactMessages } from './redact-messages.ts';

/** What must happen in Redis together with certain entries. Every effect may happen twice. */
export interface DeliveryEffects {
  afterAppend(showId: ShowId, entry: NewEntry): Promise<void>;
}

export interface DeliveryEffectsDeps {
  /** Of the open shows. */
  readonly directory: ShowDirectory;
  /** Of all shows that have a timeline. */
  readonly timelines: ShowDirectory;
  readonly redact: RedactMessages;
  /** Tells those who follow the show of what should not wait. */
  readonly tellPrompt: (showId: ShowId, entry: NewEntry) => Promise<void>;
}

export function createDeliveryEffects({
  directory,
  timelines,
  redact,
  tellPrompt,
}: DeliveryEffectsDeps): DeliveryEffects {
  return {
    async afterAppend(showId, entry) {
      await tellPrompt(showId, entry);
      if (entry.type === 'show:created') await timelines.add(showId);
      if (entry.type === 'show:went-live') await directory.add(showId);
      if (entry.type === 'show:ended') await directory.remove(showId);
      if (entry.type === 'chat:deleted') await redact(showId, [entry.data.messageId]);
      if (entry.type === 'chat:purged') await redact(showId, entry.data.messageIds);
    },
  };
}

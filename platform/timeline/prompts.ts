import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import type { EntryType, NewEntry } from '@souk/protocol/timeline/entries';
import { inStepTypes } from '@souk/protocol/timeline/in-step';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';

/** Channel over which it is told that a show has an entry which should not wait for the next tick. */
const PROMPTS_CHANNEL = 'souk:prompts';

/** What belongs to the picture, and what decides who may publish or watch it. */
const promptTypes: ReadonlySet<EntryType> = new Set<EntryType>([
  ...inStepTypes,
  'show:went-live',
  'show:ended',
  'stream-key:revoked',
  'user:banned',
  'users:banned',
  'user:unbanned',
  'user:disconnected',
]);

/**
 * Tells those who follow timelines of an entry that should not wait, and that was just appended; of others it tells
 * nothing. Nobody depends on it: whoever does not hear it reads the entry with the next tick.
 */
export async function tellPrompt(redis: Redis, showId: ShowId, entry: NewEntry): Promise<void> {
  if (promptTypes.has(entry.type)) await redis.publish(PROMPTS_CHANNEL, showId);
}

/** Calls back with each show that has such an entry. `redis` is a connection that subscribes, and does nothing else. */
export function hearPrompts(options: {
  readonly redis: Redis;
  readonly logger: Logger;
  readonly onPrompt: (showId: ShowId) => void;
}): void {
  const { redis, logger, onPrompt } = options;
  redis.on('message', (channel: string, message: string) => {
    if (channel !== PROMPTS_CHANNEL) return;
    const showId = showIdSchema.safeParse(message);
    if (showId.success) onPrompt(showId.data);
  });
  // ioredis subscribes anew after a reconnect.
  redis.subscribe(PROMPTS_CHANNEL).catch((err: unknown) => logger.warn({ event: 'prompts-not-heard', err }));
}

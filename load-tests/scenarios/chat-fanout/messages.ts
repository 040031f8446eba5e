import { setTimeout as pause } from 'node:timers/promises';
import { createId, type UserId } from '@souk/protocol/ids';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import { z } from 'zod';

export const paceSchema = z.object({
  perSecond: z.number().positive(),
  seconds: z.number().positive(),
  /** Length of a message's text, ASCII. */
  textBytes: z.int().min(8),
});
export type Pace = z.infer<typeof paceSchema>;

const SPEAKERS = 50;

/**
 * Says chat messages at a steady pace, however long each takes. `at` is the instant at which a message was due, so that
 * a server that lags behind its own pace is late. Resolves when the last one was said.
 */
export async function playMessages(
  { perSecond, seconds, textBytes }: Pace,
  say: (entry: NewEntry, sequence: number) => Promise<void>,
): Promise<void> {
  const speakers = Array.from({ length: SPEAKERS }, () => createId('guest'));
  const startedAt = Date.now();
  const total = Math.round(perSecond * seconds);
  const said: Promise<void>[] = [];
  for (let sequence = 0; sequence < total; sequence += 1) {
    const dueAt = Math.round(startedAt + (sequence * 1_000) / perSecond);
    const waitMs = dueAt - Date.now();
    if (waitMs > 0) await pause(waitMs);
    const userId = speakers[sequence % SPEAKERS] ?? createId('guest');
    said.push(say(createMessage(userId, { dueAt, sequence, textBytes }), sequence));
  }
  await Promise.all(said);
}

function createMessage(
  userId: UserId,
  { dueAt, sequence, textBytes }: { dueAt: number; sequence: number; textBytes: number },
): NewEntry {
  return createEntry('chat:sent', dueAt, {
    messageId: createId('message'),
    userId,
    name: 'Viewer of the show',
    role: 'guest',
    text: `${sequence} `.padEnd(textBytes, 'lorem ipsum '),
  });
}

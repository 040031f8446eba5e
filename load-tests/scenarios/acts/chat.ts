import { setTimeout as pause } from 'node:timers/promises';
import { createId, type ShowId } from '@souk/protocol/ids';
import type { Guest } from './gather-crowd.ts';

/** A message that the hub has accepted. */
export interface SentMessage {
  readonly messageId: string;
  readonly entryId: string;
  /** From sending to the acknowledgement, milliseconds. */
  readonly ackMs: number;
}

export interface ChatOptions {
  readonly showId: ShowId;
  readonly seconds: number;
  /** Pause of one person between two messages. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Lets each of the guests talk until the time is up. */
export async function chat(guests: readonly Guest[], options: ChatOptions): Promise<SentMessage[]> {
  const sent = await Promise.all(guests.map((guest, index) => talk(guest, index / guests.length, options)));
  return sent.flat();
}

/** `offset` (0 to 1) spreads the speakers over the pause, so that they do not all speak at once. */
async function talk(guest: Guest, offset: number, options: ChatOptions): Promise<SentMessage[]> {
  const { showId, seconds, everyMs, signal } = options;
  const sent: SentMessage[] = [];
  const until = performance.now() + seconds * 1_000;
  await pause(offset * everyMs, undefined, { signal });
  while (performance.now() < until) {
    const startedAt = performance.now();
    const text = `Message ${sent.length + 1} of ${guest.session.name}`;
    const answer = await guest.hub.send('chat:send', { showId, commandId: createId('command'), text });
    sent.push({ ...answer, ackMs: performance.now() - startedAt });
    await pause(everyMs, undefined, { signal });
  }
  return sent;
}

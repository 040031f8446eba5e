import { type JoinMediaResponse, joinMediaResponseSchema } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import type { Memory } from './memory.ts';

export interface SessionSeen {
  readonly showId: ShowId;
  /** The answer that the ticket was in. */
  readonly seen: { readonly media: { readonly token: string } | null };
  readonly session: JoinMediaResponse;
}

/** Remembers a session that somebody began for the fuzz: the ticket goes with the show, and the session with the ticket. */
export function noteSession(memory: Memory, actor: string, { showId, seen, session }: SessionSeen): void {
  const token = seen.media?.token;
  if (token === undefined) return;
  memory.learn(actor, [showId], seen);
  memory.learn(actor, [token, 'op:media:join'], session);
  noteTicket(memory, actor, token, session);
}

/**
 * Marks a ticket with an open connection as the one to go on with, and tells the tracks of a watcher from the other
 * things that have such ids. `joined` is the answer to `media:join`.
 */
export function noteTicket(memory: Memory, actor: string, token: string, joined: unknown): void {
  memory.favour('token', token);
  const { sessionId, consumers } = joinMediaResponseSchema.parse(joined);
  for (const { id: consumerId } of consumers) memory.learn(actor, [token], { sessionId, consumerId });
  if (consumers.length > 0) memory.favour(WATCHING, token);
}

/** The kind under which the memory keeps the tickets of those who watch. */
export const WATCHING = 'watching';

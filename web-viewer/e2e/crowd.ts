import {
  createId,
  type MessageId,
  messageIdSchema,
  type ShowId,
  type UserId,
  userIdSchema,
} from '@souk/protocol/ids';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';

/** A guest without a page: chats by the hub, and reports by the API. */
export interface CrowdGuest {
  readonly userId: UserId;
  /** Returns the message's id; throws with the code of a refusal. */
  say(showId: ShowId, text: string): Promise<MessageId>;
  report(showId: ShowId, about: { userId: UserId; messageId: MessageId | null }): Promise<void>;
  leave(): void;
}

const PATIENCE_MS = 10_000;
const sessionSchema = z.object({
  data: z.object({ accessToken: z.string(), userId: userIdSchema }),
});
const answerSchema = z.union([
  z.object({ ok: z.literal(true), data: z.object({ messageId: messageIdSchema }) }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string() }) }),
]);

/** Lets a guest into these shows. */
export async function joinAsGuest(origin: string, showIds: readonly ShowId[]): Promise<CrowdGuest> {
  const made = await fetch(`${origin}/api/auth/token`, { method: 'POST', headers: { origin } });
  const { accessToken: token, userId } = sessionSchema.parse(await made.json()).data;
  const socket = io(origin, {
    path: '/socket.io',
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
  });
  await connected(socket);
  for (const showId of showIds) await socket.timeout(PATIENCE_MS).emitWithAck('show:join', { showId });
  return {
    userId,
    async say(showId, text) {
      const payload = { showId, commandId: createId('command'), text };
      const answer = answerSchema.parse(await socket.timeout(PATIENCE_MS).emitWithAck('chat:send', payload));
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.data.messageId;
    },
    async report(showId, about) {
      const answer = await fetch(`${origin}/api/shows/${showId}/reports`, {
        method: 'POST',
        headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...about, reason: 'insult', note: '' }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    leave: () => {
      socket.disconnect();
    },
  };
}

async function connected(socket: Socket): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
}

import type { ErrorCode } from '@souk/protocol/error-codes';
import { createId } from '@souk/protocol/ids';
import { io } from 'socket.io-client';
import type { Person } from './people.ts';

interface HubAnswer {
  readonly ok: boolean;
  readonly error?: { readonly code: ErrorCode };
}

/** Sends a chat message as this person without their page, as somebody would who distrusts it. Returns the refusal. */
export async function sayPastThePage(
  { context }: Person,
  origin: string,
  showId: string,
): Promise<ErrorCode | 'accepted'> {
  const response = await context.request.post('/api/auth/token', { headers: { origin } });
  const token = (await response.json()).data.accessToken;
  const socket = io(origin, { path: '/socket.io', transports: ['websocket'], auth: { token } });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const joined: HubAnswer = await socket.timeout(5_000).emitWithAck('show:join', { showId });
    if (!joined.ok) return joined.error?.code ?? 'INTERNAL';
    const payload = { showId, commandId: createId('command'), text: 'I speak all the same' };
    const answer: HubAnswer = await socket.timeout(5_000).emitWithAck('chat:send', payload);
    return answer.ok ? 'accepted' : (answer.error?.code ?? 'INTERNAL');
  } finally {
    socket.disconnect();
  }
}

import { type Answer, answerSchema } from '@souk/protocol/commands/answer';
import { FRAME_EVENT, type Frame, frameSchema } from '@souk/protocol/commands/frames';
import {
  type HubCommandName,
  type HubPayload,
  type HubResponse,
  hubCommands,
} from '@souk/protocol/commands/hub-commands';
import type { ShowId } from '@souk/protocol/ids';
import { io, type Socket } from 'socket.io-client';
import { ApiError } from './api-error.ts';
import { createShowFollower, type ShowFollower } from './show-follower.ts';

export interface HubClient {
  /** Sends a live command. Throws ApiError when it is refused, Error when no answer comes. */
  send<Name extends HubCommandName>(name: Name, payload: HubPayload<Name>): Promise<HubResponse<Name>>;
  /** Follows a show from now on, over reconnects too. */
  join(showId: ShowId): Promise<ShowFollower>;
  close(): void;
}

const ANSWER_TIMEOUT_MS = 10_000;

/** Connects one person to a hub. Rejects when the hub refuses the token or does not answer. */
export async function connectHub(url: string, token: string): Promise<HubClient> {
  const socket = io(url, {
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
    reconnectionDelay: 200,
  });
  const followers = new Map<ShowId, ShowFollower>();
  const send = createSend(socket);

  const join = async (showId: ShowId, follower: ShowFollower): Promise<void> => {
    const after = follower.position();
    follower.joined(await send('show:join', { showId, ...(after === undefined ? {} : { after }) }));
  };

  socket.on(FRAME_EVENT, (value: unknown) => {
    const frame: Frame = frameSchema.parse(value);
    followers.get(frame.showId)?.heard(frame);
  });
  await connected(socket);
  // Only now: the first join is the caller's, those after a reconnect are ours.
  socket.on('connect', () => {
    for (const [showId, follower] of followers)
      join(showId, follower).catch(() => socket.disconnect().connect());
  });

  return {
    send,
    async join(showId) {
      const follower = followers.get(showId) ?? createShowFollower();
      followers.set(showId, follower);
      await join(showId, follower);
      return follower;
    },
    close: () => void socket.disconnect(),
  };
}

function createSend(socket: Socket): HubClient['send'] {
  return async (name, payload) => {
    const reply: unknown = await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload);
    const answer = answerSchema(hubCommands[name].response).parse(reply) as Answer<HubResponse<typeof name>>;
    if (!answer.ok) throw new ApiError(name, answer.error);
    return answer.data;
  };
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
}

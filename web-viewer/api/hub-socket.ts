import { answerSchema } from '@souk/protocol/commands/answer';
import type { HubCommandSpec } from '@souk/protocol/commands/command-spec';
import {
  type HubCommandName,
  type HubPayload,
  type HubResponse,
  hubCommands,
} from '@souk/protocol/commands/hub-commands';
import type { Session } from '@souk/protocol/http/auth';
import { io, type Socket } from 'socket.io-client';
import { ApiError, unavailable } from './api-error.ts';

const ANSWER_TIMEOUT_MS = 8_000;
const RETRY_BASE_MS = 800;
const RETRY_MAX_MS = 8_000;

export interface HubSocketDeps {
  readonly getSession: () => Promise<Session>;
  readonly refreshSession: () => Promise<Session>;
  readonly onSessionChange: (listener: (session: Session) => void) => () => void;
}

/** One connection to the hub that comes back by itself and carries the session along. */
export interface HubSocket {
  readonly socket: Socket;
  /** Sends one live command. Throws ApiError; `UNAVAILABLE` when no answer came in time. */
  send<Name extends HubCommandName>(name: Name, payload: HubPayload<Name>): Promise<HubResponse<Name>>;
}

export function createHubSocket(deps: HubSocketDeps): HubSocket {
  let userId: string | undefined;
  let retries = 0;
  const socket = io({
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    auth: (give) => {
      deps.getSession().then(
        (session) => {
          userId = session.userId;
          give({ token: session.accessToken });
        },
        () => give({}),
      );
    },
  });

  async function send(name: HubCommandName, payload: unknown): Promise<unknown> {
    const spec: HubCommandSpec = hubCommands[name];
    const answer = answerSchema(spec.response).parse(await emit(socket, name, payload));
    if (answer.ok) return answer.data;
    throw new ApiError(answer.error);
  }

  /** After a refusal or a cut the library does not come back by itself: a fresh token may help. */
  function retryLater(): void {
    if (socket.active) return;
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** retries) * (0.5 + Math.random() / 2);
    retries += 1;
    window.setTimeout(() => {
      deps.refreshSession().then(
        () => socket.connect(),
        () => retryLater(),
      );
    }, delayMs);
  }

  socket.on('connect', () => {
    retries = 0;
  });
  socket.on('connect_error', retryLater);
  socket.on('disconnect', retryLater);

  deps.onSessionChange((session) => {
    if (!socket.connected) return;
    // Another person is here now: the connection starts anew under the new name.
    if (session.userId !== userId) {
      socket.disconnect().connect();
      return;
    }
    send('session:renew', { token: session.accessToken }).catch(() => socket.disconnect().connect());
  });

  // The table's types tie command, payload and answer together; inside, one code path serves them all.
  return { socket, send: send as HubSocket['send'] };
}

async function emit(socket: Socket, name: string, payload: unknown): Promise<unknown> {
  try {
    return await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload);
  } catch (error) {
    throw unavailable(error);
  }
}

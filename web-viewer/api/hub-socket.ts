import { answerSchema } from '@souk/protocol/commands/answer';
import type { HubCommandSpec } from '@souk/protocol/commands/command-spec';
import { CUT_EVENT, type Cut, cutSchema } from '@souk/protocol/commands/frames';
import {
  type HubCommandName,
  type HubPayload,
  type HubResponse,
  hubCommands,
} from '@souk/protocol/commands/hub-commands';
import { errorBodySchema } from '@souk/protocol/error-codes';
import type { Session } from '@souk/protocol/http/auth';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { ApiError, unavailable } from './api-error.ts';

const ANSWER_TIMEOUT_MS = 8_000;
const RETRY_BASE_MS = 800;
const RETRY_MAX_MS = 8_000;
/** After these cuts the page waits for so long at least. */
const pausesMs: Partial<Record<Cut['reason'], number>> = { 'too-many-messages': 10_000 };
/** What the library makes of a refused handshake. */
const refusedSchema = z.object({ data: errorBodySchema });

export interface HubSocketDeps {
  readonly getSession: () => Promise<Session>;
  readonly refreshSession: () => Promise<Session>;
  readonly onSessionChange: (listener: (session: Session) => void) => () => void;
}

/** One connection to the hub that comes back by itself and carries the session along. */
export interface HubSocket {
  readonly socket: Socket;
  /** As whom the connection was made, or is being made. */
  userId(): string | undefined;
  /** Sends one live command. Throws ApiError; `UNAVAILABLE` when no answer came in time. */
  send<Name extends HubCommandName>(name: Name, payload: HubPayload<Name>): Promise<HubResponse<Name>>;
}

export function createHubSocket(deps: HubSocketDeps): HubSocket {
  let userId: string | undefined;
  let newest: Session | undefined;
  let retries = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** True once the hub has called the present token too old, whatever this page's clock says. */
  let isTokenSpent = false;
  /** What the last cut asks for before the next attempt. */
  let leastPauseMs = 0;
  /** A newer page of the same person has taken the place: this one comes back only when somebody looks at it. */
  let isReplaced = false;
  const socket = io({
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    auth: (give) => {
      const session = isTokenSpent ? deps.refreshSession() : deps.getSession();
      session.then(
        (session) => {
          isTokenSpent = false;
          userId = session.userId;
          give({ token: session.accessToken });
        },
        () => give({}),
      );
    },
  });

  async function send(name: HubCommandName, payload: unknown): Promise<unknown> {
    // The library would keep it and send it at the next connection, before the show is joined there.
    if (!socket.connected) throw unavailable();
    const spec: HubCommandSpec = hubCommands[name];
    const answer = answerSchema(spec.response).parse(await emit(socket, name, payload));
    if (answer.ok) return answer.data;
    throw new ApiError(answer.error);
  }

  /**
   * After a refusal or a cut the library does not come back by itself: a fresh token may help. `advisedMs`: the hub
   * has said when there is room for this page.
   */
  function retryLater(advisedMs?: number): void {
    if (socket.active) return;
    clearTimeout(retryTimer);
    const ownMs = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** retries) * (0.5 + Math.random() / 2);
    const delayMs = advisedMs ?? Math.max(ownMs, leastPauseMs);
    leastPauseMs = 0;
    retries += 1;
    retryTimer = setTimeout(() => {
      deps.refreshSession().then(
        () => socket.connect(),
        () => retryLater(),
      );
    }, delayMs);
  }

  /** Comes back at once, with the newest token. */
  function startAnew(): void {
    socket.off('disconnect', onDisconnect);
    socket.disconnect().connect();
    socket.on('disconnect', onDisconnect);
  }

  function onDisconnect(): void {
    if (isReplaced) comeBackWhenSeen();
    else retryLater();
  }

  function comeBackWhenSeen(): void {
    clearTimeout(retryTimer);
    const comeBack = (): void => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', comeBack);
      isReplaced = false;
      socket.connect();
    };
    document.addEventListener('visibilitychange', comeBack);
  }

  socket.on('connect', () => {
    retries = 0;
    // Somebody else may have come while the connection was being made.
    if (newest !== undefined && newest.userId !== userId) startAnew();
  });
  socket.on('connect_error', (error) => retryLater(adviceOf(error)));
  socket.on('disconnect', onDisconnect);
  socket.on(CUT_EVENT, (payload: unknown) => {
    const cut = cutSchema.safeParse(payload);
    const reason = cut.data?.reason;
    isTokenSpent ||= reason === 'token-expired';
    isReplaced = reason === 'too-many-connections';
    leastPauseMs = reason === undefined ? 0 : (pausesMs[reason] ?? 0);
  });

  deps.onSessionChange((session) => {
    newest = session;
    if (!socket.connected) return;
    // Another person is here now: the connection starts anew under the new name.
    if (session.userId !== userId) startAnew();
    else send('session:renew', { token: session.accessToken }).catch(startAnew);
  });

  // The table's types tie command, payload and answer together; inside, one code path serves them all.
  return { socket, userId: () => userId, send: send as HubSocket['send'] };
}

/** What a refused handshake says of the next attempt, in milliseconds. */
function adviceOf(error: unknown): number | undefined {
  const parsed = refusedSchema.safeParse(error);
  return parsed.success ? parsed.data.data.retryAfterMs : undefined;
}

async function emit(socket: Socket, name: string, payload: unknown): Promise<unknown> {
  try {
    return await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload);
  } catch (error) {
    throw unavailable(error);
  }
}

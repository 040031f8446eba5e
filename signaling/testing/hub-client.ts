import type { Answer } from '@souk/protocol/commands/answer';
import {
  CUT_EVENT,
  type Cut,
  FRAME_EVENT,
  type Frame,
  REMOVED_EVENT,
  RESYNC_EVENT,
  type Removed,
  type Resync,
} from '@souk/protocol/commands/frames';
import type { HubCommandName, HubPayload, HubResponse } from '@souk/protocol/commands/hub-commands';
import type { ErrorCode } from '@souk/protocol/error-codes';
import type { Entry } from '@souk/protocol/timeline/entries';
import { io, type Socket } from 'socket.io-client';

export interface HubClient {
  readonly socket: Socket;
  readonly frames: Frame[];
  readonly cuts: Cut[];
  readonly resyncs: Resync[];
  readonly removals: Removed[];
  /** All entries of the frames so far. */
  entries(): Entry[];
  /** Sends a command and gives the whole answer. */
  ask<Name extends HubCommandName>(name: Name, payload: HubPayload<Name>): Promise<Answer<HubResponse<Name>>>;
  /** Sends a command that must go well. */
  must<Name extends HubCommandName>(name: Name, payload: HubPayload<Name>): Promise<HubResponse<Name>>;
  /** Sends anything and gives the code of the refusal, or undefined when it went well. */
  refusal(name: string, payload: unknown): Promise<ErrorCode | undefined>;
  close(): void;
}

const ANSWER_TIMEOUT_MS = 15_000;

/** A client that has not connected yet; `await connected(client)` waits for it. */
export function createHubClient(
  url: string,
  token: string | undefined,
  headers: Record<string, string> = {},
): HubClient {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: token === undefined ? {} : { token },
    extraHeaders: headers,
  });
  const frames: Frame[] = [];
  const cuts: Cut[] = [];
  const resyncs: Resync[] = [];
  const removals: Removed[] = [];
  socket.on(FRAME_EVENT, (frame: Frame) => frames.push(frame));
  socket.on(CUT_EVENT, (cut: Cut) => cuts.push(cut));
  socket.on(RESYNC_EVENT, (resync: Resync) => resyncs.push(resync));
  socket.on(REMOVED_EVENT, (removed: Removed) => removals.push(removed));
  const send = async (name: string, payload: unknown): Promise<Answer<unknown>> =>
    (await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload)) as Answer<unknown>;
  const client: HubClient = {
    socket,
    frames,
    cuts,
    resyncs,
    removals,
    entries: () => frames.flatMap((frame) => frame.entries),
    ask: async <Name extends HubCommandName>(name: Name, payload: HubPayload<Name>) =>
      (await send(name, payload)) as Answer<HubResponse<Name>>,
    async must(name, payload) {
      const answer = await client.ask(name, payload);
      if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.error)}`);
      return answer.data;
    },
    async refusal(name, payload) {
      const answer = await send(name, payload);
      return answer.ok ? undefined : answer.error.code;
    },
    close: () => void socket.disconnect(),
  };
  return client;
}

/** Waits until the client is connected; rejects with the hub's refusal. */
export function connected(client: HubClient): Promise<HubClient> {
  return new Promise((resolve, reject) => {
    if (client.socket.connected) resolve(client);
    client.socket.once('connect', () => resolve(client));
    client.socket.once('connect_error', reject);
  });
}

import type { Cut, Frame, JoinAnswer, Removed } from '../commands/frames.ts';
import type { HubPayload, HubResponse } from '../commands/hub-commands.ts';
import type { ErrorBody } from '../error-codes.ts';
import { commandIdSchema, messageIdSchema, productIdSchema, showIdSchema, userIdSchema } from '../ids.ts';
import type { Entry, MessageFacts } from '../timeline/entries.ts';
import { emptyShowState } from '../timeline/state.ts';

/** What the examples of the page are made of; a test parses each with the schema that the servers use. */
const showId = showIdSchema.parse('shw_6t1x0c9k4m2p8q7r5s3v');
const messageId = messageIdSchema.parse('msg_0b4d8f2h6j1m5p9r3t7w');
const userId = userIdSchema.parse('usr_2a6c0e4g8j3m7q1s5v9x');
const epoch = '5b0c6a1e-8c0d-4e57-9a4e-0d6b2f3c1a77';
const at = 1_790_000_000_000;
const said: MessageFacts = { messageId, userId, name: 'Vera', role: 'viewer', text: 'How big is it?' };

const chatSent: Entry = { id: `${at + 20}-0`, at, type: 'chat:sent', audience: 'all', data: said };
const pinned: Entry = {
  id: `${at + 900}-0`,
  at: at + 850,
  type: 'product:pinned',
  audience: 'all',
  data: { productId: productIdSchema.parse('prd_9x5v1s7q3m8j4g0e6c2a') },
};

const frame: Frame = {
  showId,
  epoch,
  entries: [chatSent],
  upTo: chatSent.id,
  levels: { viewers: 42, reactions: { '🔥': 3 } },
  serverTime: at + 50,
};
const join: HubPayload<'show:join'> = { showId };
const joined: JoinAnswer = {
  kind: 'snapshot',
  state: { ...emptyShowState, lastId: `${at}-0` },
  epoch,
  levels: { viewers: 41 },
  serverTime: at + 5,
  isStaff: false,
};
const rejoin: HubPayload<'show:join'> = { showId, after: { epoch, id: frame.upTo } };
const rejoined: JoinAnswer = {
  kind: 'missed',
  entries: [pinned],
  upTo: pinned.id,
  epoch,
  levels: { viewers: 40 },
  serverTime: at + 1_200,
  isStaff: false,
};
const send: HubPayload<'chat:send'> = {
  showId,
  commandId: commandIdSchema.parse('cmd_7r3t9w5y1z6b2d8f4h0j'),
  text: said.text,
};
const sent: HubResponse<'chat:send'> = { messageId, entryId: chatSent.id, outcome: 'sent' };
const tooSoon: ErrorBody = {
  code: 'SLOW_MODE',
  message: 'Slow mode: wait a moment before the next message.',
  retryable: true,
  retryAfterMs: 8_400,
};
const overloaded: ErrorBody = {
  code: 'OVERLOADED',
  message: 'The server is full right now. Try again soon.',
  retryable: true,
  retryAfterMs: 1_730,
};
const removed: Removed = { showId, reason: 'banned' };
const cut: Cut = { reason: 'server-stopping' };

export const examples = {
  frame,
  join,
  joined,
  rejoin,
  rejoined,
  send,
  sent,
  tooSoon,
  overloaded,
  removed,
  cut,
  chatSent,
} as const;

/** The JSON of an example; a whole state would fill the page, so `…` stands for it. */
export function exampleJson(value: unknown): string {
  const state = '"state":…';
  const json = JSON.stringify(value, (key, part: unknown) => (key === 'state' ? '…' : part));
  return json.replace('"state":"…"', state);
}

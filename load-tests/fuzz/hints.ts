import { createId } from '@souk/protocol/ids';
import type { JsonSchema } from './operations.ts';
import type { ValueContext } from './values.ts';

/** What a hint answers when the field is better left out, if that is allowed. */
export const LEAVE_OUT = Symbol('leave out');

/** Undefined: go by the schema. */
type Hint = (context: ValueContext, schema: JsonSchema) => unknown;

/** The smallest PNG: one transparent pixel. Source: https://www.w3.org/TR/png-3/ */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const demoEmails = ['moderator@souk.local', 'viewer@souk.local'];

/** Whom the staff acts on, mostly: whoever is banned can do little more. */
const target: Hint = ({ operationId, chance, memory, actor }) => {
  const isSanction = operationId.startsWith('user:') || operationId === 'ban:lift';
  return isSanction && chance.maybe(0.8) ? memory.recall('stranger', actor, [], chance) : undefined;
};

const instant =
  (fromMs: number, toMs: number): Hint =>
  ({ chance }) =>
    Date.now() + chance.between(fromMs, toMs);
const number =
  (min: number, max: number): Hint =>
  ({ chance }) =>
    chance.between(min, max);
const oneOf =
  (...values: readonly unknown[]): Hint =>
  ({ chance }) =>
    chance.pick(values);

/** What a schema cannot tell of a field: values that make sense in the demo shop. By the name of the field. */
export const hints: Readonly<Record<string, Hint>> = {
  // Mostly the shop's own country, so that quote and address go together.
  country: oneOf('DE', 'DE', 'DE', 'DE', 'DE', 'DE', 'FR', 'US'),
  email: ({ chance, operationId }) => {
    const isKnown = operationId === 'moderator:invite' || operationId === 'auth:login';
    return isKnown ? chance.pick(demoEmails) : `fuzz${chance.between(1, 1_000_000)}@example.test`;
  },
  /** Of the shows that are over, those with a recording; half of the time, so that others are asked for too. */
  showId: ({ operationId, chance, memory, actor }) =>
    operationId === 'recording:remove' && chance.maybe(0.5)
      ? memory.recall('recorded', actor, [], chance)
      : undefined,
  userId: target,
  /** What waits can be let through, and nothing else. */
  messageId: ({ operationId, chance, memory, actor }) =>
    operationId === 'message:approve' && chance.maybe(0.7)
      ? memory.recall('held', actor, [], chance)
      : undefined,
  url: ({ memory, actor, chance }) => memory.recall('url', actor, [], chance),
  password: oneOf('souk-demo'),
  cardNumber: oneOf(
    '4242 4242 4242 4242',
    '4242 4242 4242 4242',
    '4242 4242 4242 4242',
    '4000 0000 0000 0002',
  ),
  quantity: oneOf(1, 1, 1, 2),
  units: number(1, 5),
  seconds: number(5, 40),
  countdownSeconds: oneOf(0, 0, 1, 3),
  limit: number(1, 50),
  before: number(1, 10_000),
  search: oneOf('lamp', 'a', '%', '_'),
  cursor: ({ chance, memory, actor, operationId }) =>
    memory.recall('nextCursor', actor, [`op:${operationId}`], chance) ?? LEAVE_OUT,
  /** The ordinary price, mostly: few sales are open at a time. */
  saleId: ({ operationId, chance }) => (operationId === 'hold:take' && chance.maybe(0.7) ? null : undefined),
  totalLimit: number(1, 5),
  perBuyerLimit: number(1, 5),
  priceMinor: number(1, 4_000),
  // What the refund's bound lets through now and then.
  amountMinor: number(1, 900),
  delta: oneOf(5, 20, -1),
  at: instant(-1_000, 0),
  startsAt: (context, schema) =>
    schema.type === 'integer' ? instant(500, 60_000)(context, schema) : undefined,
  endsAt: instant(30_000, 3_600_000),
  until: instant(1_000, 60_000),
  isArchived: oneOf(false, false, false, true),
  isEnabled: oneOf(true, true, true, false),
  guestsMayBuy: oneOf(true, true, true, false),
  guestsMayChat: oneOf(true, false),
  // Codes are told apart by chance, not by what is known already.
  code: ({ chance, memory, actor, near }) =>
    chance.maybe(0.2) ? memory.recall('code', actor, near, chance) : `FUZZ-${chance.between(1, 1_000_000)}`,
  couponCode: ({ chance, memory, actor, near }) => memory.recall('code', actor, near, chance),
  sku: ({ chance }) => `FZ-${chance.between(1, 1_000_000)}`,
  dataBase64: oneOf(PIXEL),
  csv: ({ chance }) =>
    [
      'sku,product,price,on_hand',
      `FZ-${chance.between(1, 1_000_000)},Fuzz lamp,${chance.between(1, 90)}.50,${chance.between(0, 9)}`,
      chance.pick(['"broken', `FZ-${chance.between(1, 1_000_000)},Fuzz hat,-1,`, '']),
    ].join('\n'),
  commandId: () => createId('command'),
  parts: oneOf([], [], undefined),
  rtpCapabilities: oneOf({
    codecs: [{ kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 101, clockRate: 90_000 }],
    headerExtensions: [],
  }),
  dtlsParameters: oneOf({
    role: 'client',
    fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
  }),
  kind: (_context, schema) => (schema.enum?.includes('video') === true ? 'video' : undefined),
  rtpParameters: ({ chance }) => ({
    codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }],
    encodings: [{ ssrc: chance.between(1, 2 ** 31) }],
  }),
};

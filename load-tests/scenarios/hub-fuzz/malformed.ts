import { type HubCommandName, hubCommands } from '@souk/protocol/commands/hub-commands';
import { createId } from '@souk/protocol/ids';
import type { Random } from '@souk/protocol/testing/random';
import { encodeFrame, encodeText, type RawFrame } from '../../crowd/web-socket-frames.ts';

/** What a connection may outlive: it is answered, or nothing comes of it. */
export const bearableKinds = [
  'wrong-type',
  'missing-field',
  'surplus-field',
  'huge',
  'deep',
  'unknown-event',
  'surplus-argument',
  'no-acknowledgement',
  'forged-answer',
] as const;
/** What may end the connection: it comes last. */
export const fatalKinds = ['oversized', 'invalid-utf8', 'bad-packet', 'bad-frame', 'garbage'] as const;
export const malformedKinds = [...bearableKinds, ...fatalKinds] as const;
export type MalformedKind = (typeof malformedKinds)[number];

export interface MalformedContext {
  readonly chance: Random;
  readonly showId: string;
  /** Number of the acknowledgement that is asked for. */
  readonly ackId: number;
}

const TEXT = 0x1;
const names = Object.keys(hubCommands) as HubCommandName[];
const strangeNames = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'connect',
  'disconnect',
  'frame',
  'show:joined',
  '🔥',
];
const wrongValues: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  [],
  {},
  [[]],
  'shw_00000000000000000000',
  { toString: null },
  { _placeholder: true, num: 0 },
];
const badPackets = [
  '',
  '4',
  '42',
  '42[',
  '42{}',
  '42[1]',
  '42[]',
  '42[null,{}]',
  '429999999999999999999["chat:send",{}]',
  '4299999999999999["chat:send"',
  '40{}',
  '40/admin,',
  '42/admin,["chat:send",{}]',
  '44{"message":"no"}',
  '451-["chat:send",{"_placeholder":true,"num":0}]',
  '45999999999-["chat:send"]',
  '461-1[{}]',
  '5',
  '6',
  '7',
  '9',
  '2probe',
  '0{}',
  '-1',
  `42["chat:send",${'['.repeat(7_000)}]`,
  '42["chat:send",{"__proto__":{"isStaff":true}}]',
];

/** A payload that its command takes. */
function goodPayload(name: HubCommandName, { chance, showId }: MalformedContext): Record<string, unknown> {
  const common = name.startsWith('session') || name.startsWith('clock') ? {} : { showId };
  switch (name) {
    case 'chat:send':
      return { ...common, commandId: createId('command'), text: `fuzz ${chance.next()}` };
    case 'reaction:send':
      return { ...common, emoji: '🔥' };
    case 'session:renew':
      return { token: 'x'.repeat(chance.between(1, 200)) };
    default:
      return common;
  }
}

/** Bytes that are wrong in that way. They may end the connection; they must do nothing else. */
export function malformed(kind: MalformedKind, context: MalformedContext): Buffer {
  const { chance, ackId } = context;
  const name = chance.pick(names);
  const good = goodPayload(name, context);
  switch (kind) {
    case 'wrong-type':
      return ask(
        ackId,
        name,
        spoilUntilBad(name, context, (payload) => withWrongValue(payload, chance)),
      );
    case 'missing-field':
      return ask(
        ackId,
        name,
        spoilUntilBad(name, context, (payload) => withoutField(payload, chance)),
      );
    case 'surplus-field':
      return ask(ackId, name, { ...good, [`extra${chance.between(0, 9)}`]: chance.pick(wrongValues) });
    case 'huge':
      return ask(ackId, name, {
        ...good,
        text: 'x'.repeat(chance.pick([600, 5_000, 15_000])),
      });
    case 'deep':
      return encodeText(`42${ackId}["${name}",${'['.repeat(7_000)}${']'.repeat(7_000)}]`);
    case 'oversized':
      return ask(ackId, name, { ...good, text: 'x'.repeat(chance.pick([17_000, 70_000])) });
    case 'invalid-utf8':
      return invalidUtf8(ackId, name, context);
    case 'unknown-event':
      return ask(ackId, chance.pick([...strangeNames, `${name}x`, name.toUpperCase()]), good);
    case 'surplus-argument':
      return encodeText(`42${ackId}${JSON.stringify([name, good, good])}`);
    case 'no-acknowledgement':
      // Nobody would learn of a refusal, so it is not carried out.
      return encodeText(`42${JSON.stringify([name, good])}`);
    case 'forged-answer':
      return encodeText(`43${chance.between(0, 50)}[${JSON.stringify({ ok: true, data: good })}]`);
    case 'bad-packet':
      return encodeText(chance.pick(badPackets));
    case 'bad-frame':
      return badFrame(context);
    case 'garbage':
      return Buffer.from(Array.from({ length: chance.between(1, 300) }, () => chance.between(0, 255)));
  }
}

const ask = (ackId: number, name: string, payload: unknown): Buffer =>
  encodeText(`42${ackId}${JSON.stringify([name, payload])}`);

/** By luck something spoiled may still be good: the contract itself is asked. */
function spoilUntilBad(
  name: HubCommandName,
  context: MalformedContext,
  spoil: (payload: Record<string, unknown>) => unknown,
): unknown {
  const spoiled = spoil(goodPayload(name, context));
  return hubCommands[name].payload.safeParse(spoiled).success ? { ...Object(spoiled), surplus: 1 } : spoiled;
}

function withWrongValue(payload: Record<string, unknown>, chance: Random): unknown {
  const fields = Object.keys(payload);
  if (fields.length === 0 || chance.maybe(0.2)) return chance.pick(wrongValues);
  return { ...payload, [chance.pick(fields)]: chance.pick(wrongValues) };
}

function withoutField(payload: Record<string, unknown>, chance: Random): unknown {
  const [left, ...kept] = chance.shuffle(Object.keys(payload));
  return left === undefined ? undefined : Object.fromEntries(kept.map((field) => [field, payload[field]]));
}

function invalidUtf8(ackId: number, name: string, { chance, showId }: MalformedContext): Buffer {
  const bad = chance.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]);
  const payload = Buffer.concat([
    Buffer.from(`42${ackId}["${name}",{"showId":"${showId}","text":"`),
    Buffer.from(bad),
    Buffer.from('"}]'),
  ]);
  return encodeFrame({ opcode: TEXT, payload });
}

function badFrame({ chance }: MalformedContext): Buffer {
  const text = Buffer.from('42["chat:send",{}]');
  const frames: RawFrame[] = [
    { opcode: TEXT, payload: text, isMasked: false },
    { opcode: TEXT, payload: text, reserved: chance.between(1, 7) },
    { opcode: chance.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), payload: text },
    { opcode: 0, payload: text },
    { opcode: TEXT, payload: text, isFinal: false },
    { opcode: 9, payload: Buffer.alloc(126) },
    { opcode: 9, payload: text, isFinal: false },
    { opcode: 8, payload: Buffer.from([0]) },
    { opcode: 8, payload: Buffer.from([0, 1]) },
    { opcode: 2, payload: Buffer.alloc(chance.between(0, 2_000)) },
    { opcode: TEXT, payload: Buffer.alloc(200_000, 0x61) },
  ];
  return encodeFrame(chance.pick(frames));
}

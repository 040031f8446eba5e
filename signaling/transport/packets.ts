import { z } from 'zod';
import { toJson } from './json-text.ts';

/** What a client sends, by the protocols of Engine.IO (revision 4) and socket.io (revision 5). */
export type Packet =
  | { readonly kind: 'connect'; readonly auth: unknown }
  | {
      readonly kind: 'event';
      readonly name: string;
      readonly args: readonly unknown[];
      readonly ackId: string | undefined;
    }
  | { readonly kind: 'disconnect' }
  /** A pong, or an acknowledgement that nobody waits for. */
  | { readonly kind: 'nothing' };

export const PING = '2';
const DISCONNECT = '41';

const eventSchema = z.tuple([z.string()], z.unknown());
const authSchema = z.record(z.string(), z.unknown()).optional();
/** Event or binary event: type, number of attachments, id of the acknowledgement, arguments. */
const eventPattern = /^4(?:2|5\d{1,3}-)(\d{0,15})(\[.*)$/s;

/**
 * Reads one text message of a client; undefined when it is no packet that a client may send. Only the main namespace is
 * known. The placeholders of a binary event stay in its arguments: no command takes binary data, so its schema refuses them.
 */
export function parsePacket(text: string): Packet | undefined {
  if (text === '3' || text.startsWith('43')) return { kind: 'nothing' };
  if (text === '1' || text === DISCONNECT) return { kind: 'disconnect' };
  if (text.startsWith('40')) return parseConnect(text.slice(2));
  const [, ackId, args] = eventPattern.exec(text) ?? [];
  return args === undefined ? undefined : parseEvent(args, ackId === '' ? undefined : ackId);
}

function parseConnect(text: string): Packet | undefined {
  const auth = authSchema.safeParse(text === '' ? undefined : parseJson(text));
  return auth.success ? { kind: 'connect', auth: auth.data ?? {} } : undefined;
}

function parseEvent(text: string, ackId: string | undefined): Packet | undefined {
  const event = eventSchema.safeParse(parseJson(text));
  if (!event.success) return undefined;
  const [name, ...args] = event.data;
  return { kind: 'event', name, args, ackId };
}

/** Null for what is no JSON: no packet consists of that. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The greeting of Engine.IO. */
export function encodeOpen(sid: string, facts: OpenFacts): string {
  return `0${JSON.stringify({ sid, upgrades: [], ...facts })}`;
}

export interface OpenFacts {
  readonly pingInterval: number;
  readonly pingTimeout: number;
  readonly maxPayload: number;
}

export function encodeConnected(sid: string): string {
  return `40${JSON.stringify({ sid })}`;
}

/** A refusal, which reaches the client as `connect_error`: its `message` is the code and its `data` the whole error. */
export function encodeRefused(code: string, data: unknown): string {
  return `44${JSON.stringify({ message: code, data })}`;
}

export function encodeEvent(name: string, data: unknown): string {
  return `42[${JSON.stringify(name)},${toJson(data)}]`;
}

export function encodeAnswer(ackId: string, answer: unknown): string {
  return `43${ackId}[${toJson(answer)}]`;
}

import type { z } from 'zod';
import type { Role } from '../roles.ts';

/** Where the roles of a command are looked up: its show, its merchant, or the platform. */
export type CommandScope = 'platform' | 'merchant' | 'show';

/** How often one person may send a command: a token bucket that holds `burst` and refills at `perSecond`. */
export interface CommandRate {
  readonly burst: number;
  readonly perSecond: number;
}

interface CommonSpec {
  readonly summary: string;
  /** Roles that may send it, within `scope`; `public` asks for no token at all. */
  readonly roles: readonly Role[] | 'public';
  readonly scope: CommandScope;
  readonly rate: CommandRate;
  readonly response: z.ZodType;
}

/** A live command: a socket.io event with an acknowledgement. */
export interface HubCommandSpec extends CommonSpec {
  readonly via: 'hub';
  readonly payload: z.ZodType;
}

/** A durable command or a read: HTTP to commerce. Path parameters stand as `:name`. */
export interface HttpCommandSpec extends CommonSpec {
  readonly via: 'http';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Most bytes of the body, where the server's usual bound is too small. */
  readonly maxBodyBytes?: number;
  /** True where the answer carries an ETag: whoever has it already is told so (304). */
  readonly hasEtag?: true;
  /** True where `Accept: text/event-stream` gives a stream of server-sent events in the place of one answer. */
  readonly hasEventStream?: true;
  /** True where the header `Idempotency-Key` is mandatory. */
  readonly idempotent?: true;
}

export const anyone = [
  'guest',
  'viewer',
  'moderator',
  'host',
  'merchant',
  'admin',
] as const satisfies readonly Role[];
export const showCrew = ['host', 'merchant', 'admin'] as const satisfies readonly Role[];
export const showStaff = ['moderator', 'host', 'merchant', 'admin'] as const satisfies readonly Role[];
export const shopkeepers = ['merchant', 'admin'] as const satisfies readonly Role[];

export const readRate: CommandRate = { burst: 60, perSecond: 20 };
export const writeRate: CommandRate = { burst: 20, perSecond: 5 };
export const slowRate: CommandRate = { burst: 10, perSecond: 0.5 };
/** For commands without a token, which are counted by address: many homes may share one behind a carrier's NAT. */
export const sharedAddressRate: CommandRate = { burst: 300, perSecond: 100 };
/** For guessing games: log-in and registration, counted by address. */
export const loginRate: CommandRate = { burst: 30, perSecond: 1 };

import type { Answer } from '@souk/protocol/commands/answer';
import { type HubCommandName, hubCommands } from '@souk/protocol/commands/hub-commands';
import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import type { Role } from '@souk/protocol/roles';
import { rolesAt } from '@souk/protocol/roles';
import { AppError, toErrorBody } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { z } from 'zod';
import type { Handlers } from '../handlers/handler.ts';
import type { HubMetrics } from '../hub-metrics.ts';
import type { RoomKeeper } from '../rooms/room-keeper.ts';
import type { ShowRoom } from '../rooms/show-room.ts';
import type { Acknowledge } from '../transport/hub-transport.ts';
import type { Admission } from './admission.ts';
import type { CommandRates } from './command-rates.ts';
import type { Connection } from './connection.ts';
import { isFault, toRefusal } from './to-refusal.ts';

export interface DispatchDeps {
  readonly handlers: Handlers;
  readonly rooms: RoomKeeper;
  readonly rates: CommandRates;
  /** How many joins this node bears: each may send a whole show. */
  readonly joins: Admission;
  readonly metrics: HubMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Carries out one event of a client and answers it. */
export type Dispatch = (
  connection: Connection,
  name: string,
  args: readonly unknown[],
  acknowledge: Acknowledge | undefined,
) => Promise<void>;

/** Commands that an expired token does not stop: they are how a client finds its way back. */
const worksWhenExpired: ReadonlySet<HubCommandName> = new Set(['session:renew', 'clock:sync']);
/** How many shows one connection follows at most: each keeps a room open, with the whole show folded in it. */
const MAX_SHOWS = 16;
const ofShowSchema = z.object({ showId: showIdSchema });

/** Makes the one way of every command: known, in time, parsed, authorised, handled, answered. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const { metrics, logger } = deps;
  return async (connection, name, args, acknowledge) => {
    if (acknowledge === undefined) {
      // Nobody waits for an answer to it, so nobody would learn of a refusal either.
      metrics.eventsWithoutAcknowledgement.inc();
      return;
    }
    const label = isCommand(name) ? name : 'unknown';
    const answer = (sent: Answer<unknown>): void => acknowledge(sent);
    try {
      const data = await carryOut(deps, connection, name, args);
      metrics.commands.inc({ command: label, outcome: 'ok' });
      answer({ ok: true, data });
    } catch (error) {
      const refusal = toRefusal(error);
      metrics.commands.inc({ command: label, outcome: refusal.code });
      if (isFault(refusal)) logger.error({ event: 'command-failed', command: label, err: refusal });
      answer({ ok: false, error: toErrorBody(refusal) });
    }
  };
}

async function carryOut(
  deps: DispatchDeps,
  connection: Connection,
  name: string,
  args: readonly unknown[],
): Promise<unknown> {
  if (!isCommand(name)) throw new AppError('UNKNOWN_COMMAND');
  const { session } = connection;
  if (session.expiresAt <= deps.clock.now() && !worksWhenExpired.has(name))
    throw new AppError('TOKEN_EXPIRED');
  deps.rates.assertWithin(name, session.userId);
  if (args.length > 1) throw new AppError('INVALID_INPUT', { detail: 'one payload was expected' });
  const spec = hubCommands[name];
  const payload = spec.payload.parse(args[0]);
  if (spec.scope === 'platform') {
    assertRole(spec.roles, rolesAt(session.grants, { kind: 'platform' }));
    return handle(deps.handlers, name, { connection, payload });
  }
  const room = await getRoom(deps, connection, name, ofShowSchema.parse(payload).showId);
  // It may have gone while the room was opened; a member that is gone would never leave.
  if (!connection.isOpen) throw new AppError('INVALID_TRANSITION', { detail: 'the connection is closed' });
  const roles = room.rolesOf(session);
  assertRole(spec.roles, roles);
  return handle(deps.handlers, name, { connection, payload, room, roles });
}

/** The table ties name, payload and handler together; TypeScript cannot follow that through a name it does not know. */
function handle(handlers: Handlers, name: HubCommandName, context: object): unknown {
  const handler = handlers[name] as (context: object) => unknown;
  return handler(context);
}

/** The room of a show that the client follows, or is about to. Throws SHOW_NOT_FOUND, INVALID_TRANSITION or OVERLOADED. */
async function getRoom(
  { rooms, joins }: Pick<DispatchDeps, 'rooms' | 'joins'>,
  connection: Connection,
  name: HubCommandName,
  showId: ShowId,
): Promise<ShowRoom> {
  if (name === 'show:join') {
    assertRoomForAnother(connection, showId);
    joins.assertAdmits();
    const opened = await rooms.open(showId);
    // Several may have been opened at the same time.
    assertRoomForAnother(connection, showId);
    return opened;
  }
  const room = rooms.find(showId);
  if (room === undefined || !connection.shows.has(showId)) {
    throw new AppError('INVALID_TRANSITION', { detail: 'the show was not joined' });
  }
  return room;
}

function assertRoomForAnother({ shows }: Connection, showId: ShowId): void {
  if (shows.size < MAX_SHOWS || shows.has(showId)) return;
  throw new AppError('INVALID_TRANSITION', { detail: 'too many shows were joined' });
}

function assertRole(allowed: readonly Role[], held: ReadonlySet<Role>): void {
  if (!allowed.some((role) => held.has(role))) throw new AppError('FORBIDDEN');
}

function isCommand(name: string): name is HubCommandName {
  return Object.hasOwn(hubCommands, name);
}

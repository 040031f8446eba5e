import type {
  HubCommandName,
  HubParsedPayload,
  HubResponse,
  hubCommands,
} from '@souk/protocol/commands/hub-commands';
import type { Role } from '@souk/protocol/roles';
import type { Connection } from '../connection/connection.ts';
import type { ShowRoom } from '../rooms/show-room.ts';

interface PlatformContext<Name extends HubCommandName> {
  readonly connection: Connection;
  readonly payload: HubParsedPayload<Name>;
}

interface ShowContext<Name extends HubCommandName> extends PlatformContext<Name> {
  readonly room: ShowRoom;
  /** Roles of the caller at this show. */
  readonly roles: ReadonlySet<Role>;
}

export type Context<Name extends HubCommandName> = (typeof hubCommands)[Name]['scope'] extends 'show'
  ? ShowContext<Name>
  : PlatformContext<Name>;

/** Carries out one command that has been parsed and authorised. Throws AppError; what it returns is the answer's data. */
export type Handler<Name extends HubCommandName> = (
  context: Context<Name>,
) => Promise<HubResponse<Name>> | HubResponse<Name>;

/** A handler for every command of the table. */
export type Handlers = { readonly [Name in HubCommandName]: Handler<Name> };

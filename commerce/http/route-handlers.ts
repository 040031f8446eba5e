import type {
  HttpCommandName,
  HttpCommands,
  HttpParsed,
  HttpResponse,
} from '@souk/protocol/commands/http-commands';
import type { authCommands } from '@souk/protocol/http/auth';
import type { LoginSession } from '../accounts/login-session.ts';
import type { Caller } from './caller.ts';

/** A public command has a caller only when a token was sent along. */
type CallerOf<Name extends HttpCommandName> = HttpCommands[Name]['roles'] extends 'public'
  ? Caller | undefined
  : Caller;
type KeyOf<Name extends HttpCommandName> = HttpCommands[Name] extends { idempotent: true }
  ? string
  : undefined;
type SessionOf<Name extends HttpCommandName> = Name extends keyof typeof authCommands
  ? LoginSession
  : undefined;

/** What a handler gets: parsed input, and who sent it. Roles at the command's scope have been checked. */
export type CommandInput<Name extends HttpCommandName> = HttpParsed<Name> & {
  readonly caller: CallerOf<Name>;
  /** The Idempotency-Key, where the command asks for one. */
  readonly idempotencyKey: KeyOf<Name>;
  /** The browser's session, for the `auth:*` commands. */
  readonly session: SessionOf<Name>;
};

/** Does a command and returns the data of its answer. Throws AppError. */
export type RouteHandler<Name extends HttpCommandName> = (
  input: CommandInput<Name>,
) => Promise<HttpResponse<Name>>;

/** One handler for every command of the table. */
export type RouteHandlers = { readonly [Name in HttpCommandName]: RouteHandler<Name> };
/** The handlers of one domain. */
export type HandlersOf<Names extends HttpCommandName> = Pick<RouteHandlers, Names>;

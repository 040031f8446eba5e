import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import { type HttpCommandName, type HttpParsed, httpCommands } from '@souk/protocol/commands/http-commands';
import { errorAnswerSchema } from '@souk/protocol/error-codes';
import { IDEMPOTENCY_HEADER, idempotencyKeySchema } from '@souk/protocol/http/buying';
import { AppError } from '@souk/runtime/app-error';
import { ok } from '@souk/runtime/http-server';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { RoleFinder } from '../accounts/role-finder.ts';
import { asksForStream, type TimelineStreams } from '../shows/event-stream/timeline-streams.ts';
import { assertBounds } from './assert-bounds.ts';
import { assertRole, authenticate, findRolesAtScope } from './authorize.ts';
import type { Caller } from './caller.ts';
import type { RateGuard } from './rate-guard.ts';
import type { RouteHandlers } from './route-handlers.ts';
import { createLoginSession } from './session-plugin.ts';
import { tagAnswer } from './tag-answer.ts';

export interface CommandDeps {
  readonly handlers: RouteHandlers;
  readonly verifier: TokenVerifier;
  readonly roles: RoleFinder;
  readonly rates: RateGuard;
  readonly streams: Pick<TimelineStreams, 'open'>;
}

/** Any handler, as seen by code that walks over the table. */
type AnyHandler = (input: Record<string, unknown>) => Promise<unknown>;

/** What the hooks of one request have found out. */
interface Passport {
  caller: Caller | undefined;
  authorized: boolean;
}

export interface CommandRoutes {
  /** Those that read or write the browser's session. */
  readonly ofSessions: RouteOptions[];
  readonly others: RouteOptions[];
}

/** The routes of the whole table, each with its schemas, its check of token, role and rate, and its handler. */
export function createCommandRoutes(deps: CommandDeps): CommandRoutes {
  const names = Object.keys(httpCommands) as HttpCommandName[];
  return {
    ofSessions: names.filter(usesSession).map((name) => createRoute(name, deps)),
    others: names.filter((name) => !usesSession(name)).map((name) => createRoute(name, deps)),
  };
}

const usesSession = (name: HttpCommandName): boolean => name.startsWith('auth:');

function createRoute(name: HttpCommandName, deps: CommandDeps): RouteOptions {
  const spec: HttpCommandSpec = httpCommands[name];
  // The table ties each name to its handler's types; walking over all names loses that tie.
  const handler = deps.handlers[name] as unknown as AnyHandler;
  const passports = new WeakMap<FastifyRequest, Passport>();
  return {
    method: spec.method,
    url: spec.path,
    schema: createRouteSchema(name, spec),
    ...(spec.maxBodyBytes === undefined ? {} : { bodyLimit: spec.maxBodyBytes }),
    ...(spec.hasEtag === true ? { onSend: tagAnswer } : {}),
    // Before the body is read: strangers and the hasty cost nothing more.
    async onRequest(request) {
      const caller = await findCaller(name, spec, request, deps.verifier);
      deps.rates.assertCommand(name, caller?.userId ?? request.ip);
      passports.set(request, { caller, authorized: spec.roles === 'public' });
    },
    // Before the input is judged: who may not send the command does not learn its form.
    async preValidation(request) {
      const passport = passports.get(request);
      if (passport?.caller === undefined || passport.authorized) return;
      const held = await findRolesAtScope(spec, passport.caller, request, deps.roles);
      if (held === undefined) return;
      assertRole(spec, held);
      passport.authorized = true;
    },
    async handler(request, reply) {
      const passport = passports.get(request);
      if (passport?.authorized !== true) throw new AppError('FORBIDDEN');
      const { params, query, body } = request;
      const input = {
        params,
        query,
        body,
        caller: passport.caller,
        idempotencyKey: spec.idempotent === true ? getIdempotencyKey(request) : undefined,
        session: usesSession(name) ? createLoginSession(request) : undefined,
      };
      assertBounds(deps.rates, name, input, request.ip);
      if (spec.hasEventStream === true && asksForStream(request)) {
        await deps.streams.open({ request, reply, ...toStreamInput(passport.caller, request) });
        return reply;
      }
      return ok(await handler(input));
    },
  };
}

/** Public commands take a token as well, but for those that make one: an expired one must not stand in their way. */
async function findCaller(
  name: HttpCommandName,
  spec: HttpCommandSpec,
  request: FastifyRequest,
  verifier: TokenVerifier,
): Promise<Caller | undefined> {
  const { authorization } = request.headers;
  if (spec.roles !== 'public') return authenticate(authorization, verifier);
  return usesSession(name) || authorization === undefined ? undefined : authenticate(authorization, verifier);
}

/** Only the timeline is streamed: the route's schema has parsed its path and query. */
function toStreamInput(caller: Caller | undefined, { params, query }: FastifyRequest) {
  if (caller === undefined) throw new AppError('UNAUTHENTICATED');
  const { showId } = params as HttpParsed<'timeline:read'>['params'];
  return { caller, showId, bookmark: query as HttpParsed<'timeline:read'>['query'] };
}

function getIdempotencyKey(request: FastifyRequest): string {
  const key = request.headers[IDEMPOTENCY_HEADER];
  if (key === undefined) throw new AppError('IDEMPOTENCY_KEY_REQUIRED');
  return idempotencyKeySchema.parse(key);
}

function createRouteSchema(
  name: HttpCommandName,
  spec: HttpCommandSpec,
): NonNullable<RouteOptions['schema']> {
  const headers = spec.idempotent === true ? { headers: idempotencyHeaders } : {};
  return {
    operationId: name,
    summary: spec.summary,
    tags: [name.slice(0, name.indexOf(':'))],
    ...(spec.roles === 'public'
      ? {}
      : { security: [{ bearer: [] }], description: `For: ${spec.roles.join(', ')}.` }),
    ...(spec.params === undefined ? {} : { params: spec.params }),
    ...(spec.query === undefined ? {} : { querystring: spec.query }),
    ...(spec.body === undefined ? {} : { body: spec.body }),
    ...headers,
    response: {
      200: z.strictObject({ ok: z.literal(true), data: spec.response }),
      '4xx': errorAnswerSchema,
      '5xx': errorAnswerSchema,
    },
  };
}

/** For the API's description; the handler's own check gives a missing key its own error code. */
const idempotencyHeaders = z.looseObject({ [IDEMPOTENCY_HEADER]: z.string().optional() });

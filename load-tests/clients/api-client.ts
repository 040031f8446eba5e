import { type Answer, answerSchema } from '@souk/protocol/commands/answer';
import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import {
  type HttpCommandName,
  type HttpInput,
  type HttpResponse,
  httpCommands,
} from '@souk/protocol/commands/http-commands';
import type { Session } from '@souk/protocol/http/auth';
import { IDEMPOTENCY_HEADER } from '@souk/protocol/http/buying';
import { ApiError } from './api-error.ts';

/** The parts of a command's input that it has; commands with `idempotent` also take a key. */
export type ApiInput<Name extends HttpCommandName> = {
  readonly [Key in keyof HttpInput<Name> as HttpInput<Name>[Key] extends undefined
    ? never
    : Key]: HttpInput<Name>[Key];
} & { readonly idempotencyKey?: string };

export interface ApiClient {
  /** Sends a command and returns its data. Throws ApiError when it is refused. */
  call<Name extends HttpCommandName>(name: Name, input: ApiInput<Name>): Promise<HttpResponse<Name>>;
  /** Sends a command and returns the answer, be it good or bad. */
  answer<Name extends HttpCommandName>(
    name: Name,
    input: ApiInput<Name>,
  ): Promise<Answer<HttpResponse<Name>>>;
  /** Logs in; later commands are sent as that person. */
  logIn(email: string, password: string): Promise<Session>;
  /** Becomes a guest, or renews the session that there is. */
  renew(): Promise<Session>;
  /** The cookie of the session, as it goes into a request; undefined before there is one. */
  cookie(): string | undefined;
}

interface AnyInput {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface ApiClientOptions {
  /** Of somebody who is logged in already. */
  readonly accessToken?: string;
  /** After this long without an answer a command rejects; as long as it takes when left out. */
  readonly timeoutMs?: number;
}

/** A client of commerce's API for one person, typed by the table of commands. `baseUrl` is commerce itself, or the edge. */
export function createApiClient(baseUrl: string, options: ApiClientOptions = {}): ApiClient {
  const { timeoutMs } = options;
  let cookie: string | undefined;
  let { accessToken } = options;

  const send = async (spec: HttpCommandSpec, input: AnyInput): Promise<unknown> => {
    const response = await fetch(new URL(pathOf(spec, input), baseUrl), {
      method: spec.method,
      headers: {
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(input.idempotencyKey === undefined ? {} : { [IDEMPOTENCY_HEADER]: input.idempotencyKey }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    });
    const given = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
    if (given.length > 0) cookie = given.join('; ');
    return response.json();
  };

  const answer: ApiClient['answer'] = async (name, input) => {
    const spec: HttpCommandSpec = httpCommands[name];
    return answerSchema(spec.response).parse(await send(spec, input)) as Answer<HttpResponse<typeof name>>;
  };
  const call: ApiClient['call'] = async (name, input) => {
    const result = await answer(name, input);
    if (!result.ok) throw new ApiError(name, result.error);
    return result.data;
  };
  const remember = (session: Session): Session => {
    accessToken = session.accessToken;
    return session;
  };

  return {
    answer,
    call,
    logIn: async (email, password) =>
      remember(await call('auth:login', { query: {}, body: { email, password } })),
    renew: async () => remember(await call('auth:token', { query: {} })),
    cookie: () => cookie,
  };
}

function pathOf({ path }: HttpCommandSpec, { params = {}, query }: AnyInput): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return query === undefined ? filled : `${filled}?${new URLSearchParams(query)}`;
}

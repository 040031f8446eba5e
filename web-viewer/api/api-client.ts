import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import {
  type HttpCommandName,
  type HttpInput,
  type HttpResponse,
  httpCommands,
} from '@souk/protocol/commands/http-commands';
import { errorAnswerSchema } from '@souk/protocol/error-codes';
import { z } from 'zod';
import { ApiError, unavailable } from './api-error.ts';
import { buildInit, buildPath, type RequestExtras, type RequestParts } from './build-request.ts';

/** The parts of a request that the command's table entry asks for; no others. */
export type CallInput<Name extends HttpCommandName> = {
  [Key in keyof HttpInput<Name> as [HttpInput<Name>[Key]] extends [undefined]
    ? never
    : Key]: HttpInput<Name>[Key];
};

export interface CallOptions {
  /** Mandatory for commands that are marked `idempotent`; the same key for every try of one attempt. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Where the client gets access tokens from. `refresh` makes a new one; `current` may wait for the first. */
export interface TokenSource {
  current(): Promise<string>;
  refresh(): Promise<string>;
}

export interface Api {
  /**
   * Sends one command of the table and returns its data.
   * Throws ApiError with the code of the answer, or `UNAVAILABLE` when none came.
   */
  call<Name extends HttpCommandName>(
    name: Name,
    input: CallInput<Name>,
    options?: CallOptions,
  ): Promise<HttpResponse<Name>>;
}

const okAnswerSchema = z.object({ ok: z.literal(true), data: z.unknown() });

/** Pauses before a command that got no answer is sent again: a service that was restarted is back by then. */
const RESEND_PAUSES_MS = [400, 1_600];
const waitFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A typed client of the HTTP commands. Without `tokens` it sends public commands only.
 * Commands that may arrive twice are sent again, a little later, when no answer came.
 */
export function createApi(fetchFn: typeof fetch, tokens?: TokenSource, pause = waitFor): Api {
  async function sendOnce(spec: HttpCommandSpec, parts: RequestParts, extras: RequestExtras) {
    const answer = await fetchJson(fetchFn, buildPath(spec, parts), buildInit(spec, parts, extras));
    return spec.response.parse(answer);
  }

  async function send(spec: HttpCommandSpec, parts: RequestParts, extras: RequestExtras): Promise<unknown> {
    for (const pauseMs of isRepeatable(spec) ? RESEND_PAUSES_MS : []) {
      try {
        return await sendOnce(spec, parts, extras);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'UNAVAILABLE')) throw error;
        await pause(pauseMs);
      }
    }
    return sendOnce(spec, parts, extras);
  }

  async function call(name: HttpCommandName, input: RequestParts, options: CallOptions = {}) {
    const spec: HttpCommandSpec = httpCommands[name];
    if (tokens === undefined || isLogin(name)) return send(spec, input, options);
    try {
      return await send(spec, input, { ...options, token: await tokens.current() });
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      return send(spec, input, { ...options, token: await tokens.refresh() });
    }
  }
  // The table's types tie name, input and answer together; inside, one code path serves them all.
  return { call: call as Api['call'] };
}

/** Commands that do the same when they arrive twice. Reads are left to the cache, which has its own way to try again. */
function isRepeatable({ method, idempotent }: HttpCommandSpec): boolean {
  return method === 'PUT' || method === 'DELETE' || idempotent === true;
}

function isLogin(name: HttpCommandName): boolean {
  return name.startsWith('auth:') && httpCommands[name].roles === 'public';
}

function isStaleToken(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'TOKEN_EXPIRED' || error.code === 'UNAUTHENTICATED');
}

/**
 * Sends a request and unwraps the `{ ok, data | error }` answer.
 * Throws ApiError; `UNAVAILABLE` when there is no answer that can be read.
 */
export async function fetchJson(fetchFn: typeof fetch, path: string, init: RequestInit): Promise<unknown> {
  const body = await readBody(fetchFn, path, init);
  const ok = okAnswerSchema.safeParse(body);
  if (ok.success) return ok.data.data;
  const refusal = errorAnswerSchema.safeParse(body);
  throw refusal.success ? new ApiError(refusal.data.error) : unavailable(body);
}

async function readBody(fetchFn: typeof fetch, path: string, init: RequestInit): Promise<unknown> {
  try {
    return await (await fetchFn(path, init)).json();
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw unavailable(error);
  }
}

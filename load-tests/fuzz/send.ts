import { errorAnswerSchema } from '@souk/protocol/error-codes';
import { EVENT_STREAM_TYPE } from '@souk/protocol/http/timeline-stream';
import { readFirstEvents } from './read-stream.ts';
import type { FuzzRequest } from './request.ts';

export interface FuzzAnswer {
  readonly status: number;
  /** The code of a refusal; undefined with 2xx. */
  readonly code: string | undefined;
  readonly body: unknown;
  /** What is wrong with the answer itself: no JSON, or not in the form of the error table. */
  readonly malformed: string | undefined;
}

/** A busy machine may take long; after that there is no answer. */
const TIMEOUT_MS = 60_000;
/** In the place of the status of an answer that did not come. */
const NO_ANSWER = 599;

/** Sends a request as it stands, bad parts included. No answer counts as one of 599. */
export async function sendRequest(baseUrl: string, request: FuzzRequest): Promise<FuzzAnswer> {
  try {
    return await ask(baseUrl, request);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // What a failed connection was lacking stands in the cause.
    const reason = `${error.message} ${String(error.cause ?? '')}`.trim();
    return { status: NO_ANSWER, code: error.name, body: { reason }, malformed: undefined };
  }
}

/** Throws TypeError, or a TimeoutError, when no answer comes. */
async function ask(baseUrl: string, request: FuzzRequest): Promise<FuzzAnswer> {
  const { operation, path, headers, body, rawBody } = request;
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const hasBody = text !== undefined && operation.method !== 'GET';
  const response = await fetch(new URL(path, baseUrl), {
    method: operation.method,
    headers: {
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(operation.isStream ? { accept: EVENT_STREAM_TYPE } : {}),
      ...headers,
    },
    ...(hasBody ? { body: text } : {}),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'manual',
  });
  if (operation.isStream && response.status < 300) return judgeStream(response);
  return judge(response.status, await response.text());
}

async function judgeStream(response: Response): Promise<FuzzAnswer> {
  const { status } = response;
  // There is nothing more to tell of a show that is over.
  const malformed = status === 204 ? undefined : await readFirstEvents(response);
  return { status, code: undefined, body: {}, malformed };
}

function judge(status: number, text: string): FuzzAnswer {
  const body = parse(text);
  if (body === undefined)
    return { status, code: undefined, body, malformed: `no JSON: ${text.slice(0, 200)}` };
  if (status < 300) return { status, code: undefined, body, malformed: undefined };
  const refusal = errorAnswerSchema.safeParse(body);
  return refusal.success
    ? { status, code: refusal.data.error.code, body, malformed: undefined }
    : { status, code: undefined, body, malformed: text.slice(0, 200) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

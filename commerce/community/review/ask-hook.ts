import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { chatTextSchema } from '@souk/protocol/commands/hub-commands';
import type { MerchantId, MessageId, ShowId, UserId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { z } from 'zod';
import { signReview } from './hook-secret.ts';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.ts';

/** What a hook is asked about. */
export interface ReviewedMessage {
  readonly id: MessageId;
  readonly showId: ShowId;
  readonly merchantId: MerchantId;
  readonly user: { readonly id: UserId; readonly name: string };
  readonly text: string;
  /** Server wall-clock milliseconds. */
  readonly at: number;
}

export interface AskedHook {
  readonly url: string;
  readonly secret: string;
}

/** What came of it: a verdict, or why there is none. */
export type Review =
  | { readonly outcome: 'allow' | 'deny' | 'timeout' | 'bad-answer' | 'unreachable' }
  | { readonly outcome: 'rewrite'; readonly text: string };

/** Asks a hook about a message. Never rejects. */
export type AskHook = (hook: AskedHook, message: ReviewedMessage) => Promise<Review>;

export interface AskHookDeps {
  /** True lets hooks be on this network; for development and tests. */
  readonly allowPrivate: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From the look-up of the name to the last byte of the answer. */
  readonly budgetMs: number;
}

const ANSWER_BYTES = 16_384;
const MAX_SOCKETS = 64;

const answerSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('allow') }),
  z.object({ decision: z.literal('deny') }),
  z.object({ decision: z.literal('rewrite'), text: chatTextSchema }),
]);

/** Connections are kept for the next message: to shake hands anew could cost the whole budget. */
export function createAskHook({ allowPrivate, clock, logger, budgetMs }: AskHookDeps): AskHook {
  const pool = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: 30_000 };
  const agents = { 'http:': new HttpAgent(pool), 'https:': new HttpsAgent(pool) };
  const post = ({ url, headers, body, signal }: Question): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const isPlain = url.protocol === 'http:';
      const request = (isPlain ? requestHttp : requestHttps)(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          agent: isPlain ? agents['http:'] : agents['https:'],
          signal,
          ...(allowPrivate ? {} : { lookup: lookupPublic }),
        },
        (response) => {
          readAnswer(response).then(resolve, reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return async ({ url, secret }, message) => {
    const target = new URL(url);
    const body = JSON.stringify(message);
    const timestamp = String(clock.now());
    const headers = {
      'content-type': 'application/json',
      'souk-timestamp': timestamp,
      'souk-signature': signReview(secret, timestamp, body),
    };
    const signal = AbortSignal.timeout(budgetMs);
    try {
      if (!allowPrivate) assertPublicHost(target);
      return judge(await post({ url: target, headers, body, signal }));
    } catch (err) {
      const outcome = signal.aborted ? 'timeout' : outcomeOf(err);
      // Neither the address, which may carry a key, nor the text.
      const { merchantId } = message;
      logger.info({ event: 'review-hook-failed', merchantId, outcome, reason: nameOf(err) });
      return { outcome };
    }
  };
}

interface Question {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    parts.push(part);
    bytes += part.length;
    if (bytes > ANSWER_BYTES) {
      response.destroy();
      throw new TooLargeError('the answer is too large');
    }
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') };
}

/** A redirect is no answer: it would lead past the look at the address. */
function judge({ status, body }: Answer): Review {
  if (status < 200 || status > 299) return { outcome: 'bad-answer' };
  const answer = answerSchema.parse(JSON.parse(body));
  return answer.decision === 'rewrite'
    ? { outcome: 'rewrite', text: answer.text }
    : { outcome: answer.decision };
}

/** A name is looked at when it is looked up; an address is not looked up. */
function assertPublicHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddressError(`${host} is not public`);
}

function outcomeOf(err: unknown): 'bad-answer' | 'unreachable' {
  const name = nameOf(err);
  if (name === 'SyntaxError' || name === 'ZodError' || name === 'TooLargeError') return 'bad-answer';
  return 'unreachable';
}

const nameOf = (err: unknown): string => (err instanceof Error ? err.name : 'unknown');

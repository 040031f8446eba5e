import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '@souk/protocol/commands/answer';
import type { HttpCommandName, HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ErrorCode } from '@souk/protocol/error-codes';
import type { Hold } from '@souk/protocol/http/buying';
import type { Random } from '@souk/protocol/testing/random';
import { type ApiClient, type ApiInput, createApiClient } from '../clients/api-client.ts';
import { ApiError } from '../clients/api-error.ts';

export interface HonestApiOptions {
  /** Every node of commerce: who gets no answer from one asks the next. */
  readonly urls: readonly string[];
  readonly accessToken: string;
  readonly random: Random;
  /** Aborted when the buyer gives up. */
  readonly signal: AbortSignal;
  /** Told of each answer that says that the server itself went wrong. */
  readonly onInternal: (command: string) => void;
}

/** The buyer gave up waiting: nobody knows how the command went. */
export class UnansweredError extends Error {}

type AnyAnswer = Answer<unknown>;

/** Answers that mean: the same again in a moment. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'PAYMENT_UNAVAILABLE',
  'INTERNAL',
]);
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * The API as an honest page uses it: what got no answer, or a passing refusal, is sent again as it was, with the same
 * Idempotency-Key. Only a hold is looked for first, since taking it again would take more. Rejects with
 * UnansweredError when the buyer gives up.
 */
export function createHonestApi(options: HonestApiOptions): Pick<ApiClient, 'call' | 'answer'> {
  const { urls, accessToken, random, signal, onInternal } = options;
  const nodes = urls.map((url) => createApiClient(url, { accessToken, timeoutMs: ANSWER_TIMEOUT_MS }));
  let turn = random.between(0, nodes.length - 1);

  /** Undefined when there was no answer, or none that settles the matter. */
  const tryOnce = async <Name extends HttpCommandName>(
    name: Name,
    input: ApiInput<Name>,
  ): Promise<Answer<HttpResponse<Name>> | undefined> => {
    const node = nodes[turn % nodes.length];
    if (node === undefined) throw new Error('the house has no commerce');
    try {
      const answer = await node.answer(name, input);
      if (!answer.ok && answer.error.code === 'INTERNAL') onInternal(name);
      return isPassing(name, answer) ? undefined : answer;
    } catch {
      turn += 1;
      return undefined; // the connection broke, or what came is no answer: the loop asks again
    }
  };

  const answer = async <Name extends HttpCommandName>(
    name: Name,
    input: ApiInput<Name>,
  ): Promise<Answer<HttpResponse<Name>>> => {
    for (;;) {
      const settled = await tryOnce(name, input);
      if (settled !== undefined) return settled;
      await pause(random.between(100, 400), undefined, { signal }).catch(() => {
        throw new UnansweredError(name);
      });
      if (name !== 'hold:take') continue;
      const taken = await answer('hold:list', {});
      const hold = taken.ok ? taken.data.holds.find((candidate) => fits(candidate, input)) : undefined;
      if (hold !== undefined && taken.ok)
        return { ok: true, data: { hold, serverTime: taken.data.serverTime } as HttpResponse<Name> };
    }
  };
  return {
    answer,
    async call(name, input) {
      const settled = await answer(name, input);
      if (!settled.ok) throw new ApiError(name, settled.error);
      return settled.data;
    },
  };
}

function isPassing(name: HttpCommandName, answer: AnyAnswer): boolean {
  if (answer.ok) return false;
  const { code } = answer.error;
  return passing.has(code) || (name === 'order:place' && code === 'PAYMENT_IN_PROGRESS');
}

/** True when the hold is of the cart that was asked for. */
function fits(hold: Hold, input: unknown): boolean {
  const { body } = input as ApiInput<'hold:take'>;
  const names = (lines: readonly { variantId: string; saleId: string | null; quantity: number }[]): string =>
    lines
      .map(({ variantId, saleId, quantity }) => `${variantId} ${saleId} ${quantity}`)
      .sort()
      .join();
  return names(hold.lines) === names(body.lines);
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { Books } from './books.ts';
import { fault, type Reply, type StandInIntent, type StandInRefund } from './objects.ts';

/** A signed webhook, as Stripe would send it. */
export interface SignedEvent {
  readonly id: string;
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A stand-in of Stripe's API that keeps its payments: for tests, on a free port. */
export interface StripeStandIn {
  readonly url: string;
  readonly intents: ReadonlyMap<string, StandInIntent>;
  readonly refunds: readonly StandInRefund[];
  /** Requests that were answered with 429. */
  readonly refused: () => number;
  /** Lets a payment succeed, as a buyer's card would; its webhook goes out. */
  settle(intentId: string): void;
  /** The merchant has completed the account. */
  completeAccount(accountId: string): void;
  /** A genuine event about anything, signed, not sent. `createdAt` in Unix seconds. */
  sign(
    type: string,
    object: object,
    options?: { readonly id?: string; readonly createdAt?: number },
  ): SignedEvent;
  /** What a dispute over a payment looks like in an event. */
  disputeOf(intentId: string, status: string): object;
  /** Forgets the idempotency keys, as Stripe does after a day. */
  forgetKeys(): void;
  /** Answers every request with 500, or works again. */
  setDown(isDown: boolean): void;
  /** From now on webhooks are sent there. */
  sendWebhooksTo(url: string): void;
  /** From now on webhooks get lost, or go out again. */
  loseWebhooks(areLost: boolean): void;
  /** Resolves when all webhooks that were sent are answered. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface StandInOptions {
  /** Webhooks are sent there; nowhere without it. */
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  /** More requests within a second are answered with 429. */
  readonly limitPerSecond?: number;
}

/** Starts the stand-in. */
export async function startStripeStandIn(options: StandInOptions = {}): Promise<StripeStandIn> {
  const { webhookSecret = 'whsec_of_the_stand_in', limitPerSecond } = options;
  const { webhooks } = new Stripe('sk_test_of_the_stand_in');
  const state = { isDown: false, areLost: false, events: 0, refused: 0, webhookUrl: options.webhookUrl };
  const sending = new Set<Promise<unknown>>();

  const sign: StripeStandIn['sign'] = (type, object, { id, createdAt } = {}) => {
    state.events += 1;
    const eventId = id ?? `evt_${state.events}_${process.pid}`;
    const created = createdAt ?? Math.floor(Date.now() / 1_000);
    const payload = JSON.stringify({ id: eventId, object: 'event', type, created, data: { object } });
    const header = webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
    return {
      id: eventId,
      rawBody: Buffer.from(payload),
      headers: { 'content-type': 'application/json', 'stripe-signature': header },
    };
  };
  const send = (type: string, object: object): void => {
    const { webhookUrl, areLost } = state;
    if (webhookUrl === undefined || areLost) return;
    const { rawBody, headers } = sign(type, object);
    const sent = fetch(webhookUrl, { method: 'POST', headers, body: new Uint8Array(rawBody) })
      .then((answer) => answer.arrayBuffer())
      .finally(() => sending.delete(sent));
    sending.add(sent);
  };

  const books = new Books(send);
  const isTooFast = createLimit(limitPerSecond);
  const server: Server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://stand-in');
    const asked = `${search.slice(1)}${await readBody(request)}`;
    if (request.method === 'OPTIONS') return answer(response, [204, {}]);
    if (state.isDown) return answer(response, [500, { error: { type: 'api_error', message: 'down' } }]);
    if (isTooFast()) {
      state.refused += 1;
      return answer(response, fault(429, 'rate_limit'));
    }
    const key = request.headers['idempotency-key'];
    const method = request.method ?? 'GET';
    answer(response, books.handle(method, pathname, asked, typeof key === 'string' ? key : undefined));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    intents: books.intents,
    refunds: books.refunds,
    refused: () => state.refused,
    settle: (intentId) => books.settle(intentId),
    completeAccount(accountId) {
      const account = books.accounts.get(accountId);
      if (account === undefined) throw new Error(`no account ${accountId}`);
      account.charges_enabled = true;
      account.capabilities.transfers = 'active';
      send('account.updated', account);
    },
    sign,
    disputeOf: (intentId, status) => ({
      ...{ id: `dp_${intentId}`, object: 'dispute', payment_intent: intentId, reason: 'fraudulent' },
      ...{ amount: books.getIntent(intentId).amount, status },
      evidence_details: { due_by: Math.floor(Date.now() / 1_000) + 604_800 },
    }),
    forgetKeys: () => books.forgetKeys(),
    setDown(isDown) {
      state.isDown = isDown;
    },
    sendWebhooksTo(url) {
      state.webhookUrl = url;
    },
    loseWebhooks(areLost) {
      state.areLost = areLost;
    },
    async settled() {
      while (sending.size > 0) await Promise.all(sending);
    },
    async stop() {
      await Promise.allSettled(sending);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** True when there were as many requests within the last second as are allowed. */
function createLimit(perSecond: number | undefined): () => boolean {
  const times: number[] = [];
  return () => {
    if (perSecond === undefined) return false;
    const now = performance.now();
    while (times[0] !== undefined && times[0] <= now - 1_000) times.shift();
    if (times.length >= perSecond) return true;
    times.push(now);
    return false;
  };
}

/** Pages of another origin may ask too: the payment form does. */
function answer(response: ServerResponse, [status, body]: Reply): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
    })
    .end(status === 204 ? undefined : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

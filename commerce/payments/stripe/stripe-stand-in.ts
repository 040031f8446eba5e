import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly payment_intent: string;
  readonly amount: number;
  readonly metadata: Record<string, string>;
  readonly status: 'succeeded';
}

interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly currency: string;
  readonly client_secret: string;
  readonly metadata: Record<string, string>;
  readonly last_payment_error: null;
  status: string;
  latest_charge: { readonly object: 'charge'; amount_refunded: number } | null;
}

/** A small stand-in of Stripe's API that keeps its payments: for tests, on a free port. */
export interface StripeStandIn {
  readonly url: string;
  /** Lets a payment succeed, as a buyer's card would. */
  settle(intentId: string): void;
  /** Forgets the idempotency keys, as Stripe does after a day. */
  forgetKeys(): void;
  /** Answers every request with 500, or works again. */
  setDown(isDown: boolean): void;
  stop(): Promise<void>;
}

type Reply = readonly [status: number, body: object];
type Form = Record<string, string>;

const fault = (status: number, code: string): Reply => [
  status,
  { error: { type: 'invalid_request_error', code, message: code } },
];

class Books {
  readonly intents = new Map<string, Intent>();
  readonly answers = new Map<string, Reply>();
  readonly #refunds: Refund[] = [];

  handle(method: string, path: string, form: Form, key: string | undefined): Reply {
    const known = key === undefined ? undefined : this.answers.get(key);
    if (known !== undefined) return known;
    const reply = this.#answer(method, path, form);
    if (key !== undefined && reply[0] === 200) this.answers.set(key, reply);
    return reply;
  }

  #answer(method: string, path: string, form: Form): Reply {
    const [, collection, id, action] = path.split('/').slice(1);
    if (collection === 'refunds') return method === 'GET' ? this.#listRefunds(form) : this.#refund(form);
    if (id === undefined) return this.#create(form);
    const intent = this.intents.get(id);
    if (intent === undefined) return fault(404, 'resource_missing');
    if (method === 'POST' && action === 'cancel') return cancel(intent);
    return [200, intent];
  }

  #create(form: Form): Reply {
    const id = `pi_${this.intents.size + 1}`;
    const intent: Intent = {
      id,
      object: 'payment_intent',
      amount: Number(form['amount']),
      currency: form['currency'] ?? '',
      client_secret: `${id}_secret`,
      metadata: { paymentId: form['metadata[paymentId]'] ?? '', orderId: form['metadata[orderId]'] ?? '' },
      last_payment_error: null,
      status: 'requires_payment_method',
      latest_charge: null,
    };
    this.intents.set(id, intent);
    return [200, { ...intent }];
  }

  #refund(form: Form): Reply {
    const intent = this.intents.get(form['payment_intent'] ?? '');
    const charge = intent?.latest_charge;
    if (intent === undefined || !charge) return fault(404, 'resource_missing');
    const amount = Number(form['amount']);
    if (charge.amount_refunded + amount > intent.amount) return fault(400, 'charge_already_refunded');
    charge.amount_refunded += amount;
    const refund: Refund = {
      id: `re_${this.#refunds.length + 1}`,
      object: 'refund',
      payment_intent: intent.id,
      amount,
      metadata: { refundId: form['metadata[refundId]'] ?? '', paymentId: form['metadata[paymentId]'] ?? '' },
      status: 'succeeded',
    };
    this.#refunds.push(refund);
    return [200, refund];
  }

  #listRefunds(form: Form): Reply {
    const data = this.#refunds.filter((refund) => refund.payment_intent === form['payment_intent']);
    return [200, { object: 'list', url: '/v1/refunds', has_more: false, data }];
  }
}

function cancel(intent: Intent): Reply {
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    return fault(400, 'payment_intent_unexpected_state');
  intent.status = 'canceled';
  return [200, intent];
}

/** Starts the stand-in. */
export async function startStripeStandIn(): Promise<StripeStandIn> {
  const books = new Books();
  let isDown = false;
  const server: Server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    const form = Object.fromEntries([...searchParams, ...new URLSearchParams(await readBody(request))]);
    const key = request.headers['idempotency-key'];
    const [status, body]: Reply = isDown
      ? [500, { error: { type: 'api_error', message: 'down' } }]
      : books.handle(request.method ?? 'GET', pathname, form, typeof key === 'string' ? key : undefined);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    settle(intentId) {
      const intent = books.intents.get(intentId);
      if (intent === undefined) throw new Error(`no payment ${intentId}`);
      intent.status = 'succeeded';
      intent.latest_charge = { object: 'charge', amount_refunded: 0 };
    },
    forgetKeys: () => books.answers.clear(),
    setDown(down) {
      isDown = down;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

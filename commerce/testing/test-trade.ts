import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkInvariants } from '@souk/load-tests/invariants';
import type { Hold, Order } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { createId, type ProductId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { BEGINNING, type Entry } from '@souk/protocol/timeline/entries';
import { expect, vi } from 'vitest';
import { createProduct } from '../catalog/create-product.ts';
import { createTrade } from '../create-trade.ts';
import { inTransaction } from '../db/database.ts';
import { findStock } from '../inventory/list-stock.ts';
import type { SandboxFaults } from '../payments/sandbox/sandbox-faults.ts';
import type { TradeRooms } from '../trade-rooms.ts';
import { createOutsideServices } from '../trade-services.ts';
import { testAddress } from './test-address.ts';
import { createTestClient, type TestClient } from './test-client.ts';
import { startTestCommerce, type TestCommerce } from './test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from './test-shop.ts';

export interface TestTrade {
  readonly commerce: TestCommerce;
  readonly trade: TradeRooms;
  readonly shop: TestShop;
  readonly host: TestClient;
  readonly merchant: TestClient;
  /** Address of the listening service. */
  readonly url: string;
  /** Operations of the payment sandbox that fail at present. */
  readonly sandboxFaults: SandboxFaults;
  /** A new guest with a token. */
  guest(): Promise<TestClient>;
  /** A show on air with two products of its own, 20 units of each. */
  goLive(): Promise<{ showId: ShowId; variantId: VariantId; otherVariantId: VariantId }>;
  startSale(showId: ShowId, variantId: VariantId, wish?: Partial<SaleWish>): Promise<SaleId>;
  stockOf(
    variantId: VariantId,
  ): Promise<{ onHand: number; reserved: number; allocated: number; available: number }>;
  entriesOf(showId: ShowId): Promise<Entry[]>;
  /** Checks the whole database, Redis and the timelines against the rules of the house. */
  assertInvariants(): Promise<void>;
  stop(): Promise<void>;
}

interface SaleWish {
  readonly units: number;
  readonly priceMinor: number;
  readonly perBuyerLimit: number;
  readonly seconds: number;
}

/** Commerce with trade and its jobs at work, as commerce and a worker would do it together. */
export async function startTestTrade(env: NodeJS.ProcessEnv = {}): Promise<TestTrade> {
  const parts: { trade?: TradeRooms; commerce?: TestCommerce } = {};
  const sandboxFaults: SandboxFaults = new Set();
  const door = await openDoor(() => parts.commerce);
  const commerce = await startTestCommerce({
    env: { COMMERCE_INTERNAL_URL: addressOf(door), ...env },
    createTrade: (foundation, config) => {
      parts.trade = createTrade(foundation, config, createOutsideServices(foundation, config, sandboxFaults));
      return parts.trade;
    },
  });
  parts.commerce = commerce;
  const { trade } = parts;
  if (trade === undefined) throw new Error('trade was not made');
  startJobs(commerce, trade);
  // From now on Redis is brought in step with what changes.
  await trade.jobs.sweepHolds();
  const shop = await createTestShop(commerce.foundation);
  const host = await login(commerce, 'host');
  const merchant = await login(commerce, 'merchant');
  const stockOf = async (variantId: VariantId) => {
    const stock = await findStock(commerce.foundation.db.orm, shop.merchantId, variantId);
    if (stock === undefined) throw new Error(`no stock of ${variantId}`);
    const { onHand, reserved, allocated, available } = stock;
    return { onHand, reserved, allocated, available };
  };
  return {
    commerce,
    trade,
    shop,
    host,
    merchant,
    url: addressOf(commerce.http.server),
    sandboxFaults,
    async guest() {
      const client = createTestClient(commerce.http);
      await client.renew();
      return client;
    },
    async goLive() {
      const productIds = await addProducts(commerce, shop);
      const body = { merchantId: shop.merchantId, title: 'Evening show', productIds };
      const { show, lineup } = await host.get('show:create', { body });
      await host.get('show:go-live', { params: { showId: show.id } });
      const [variantId, otherVariantId] = lineup.map((product) => product.variants[0]?.id);
      if (variantId === undefined || otherVariantId === undefined)
        throw new Error('the shop has no products');
      return { showId: show.id, variantId, otherVariantId };
    },
    async startSale(showId, variantId, wish = {}) {
      const body = { variantId, units: 10, priceMinor: 1_900, perBuyerLimit: 1, seconds: 60, ...wish };
      return (await host.get('sale:start', { params: { showId }, body })).sale.id;
    },
    stockOf,
    async entriesOf(showId) {
      await commerce.foundation.relay.drain();
      return commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 1_000 });
    },
    async assertInvariants() {
      await commerce.foundation.relay.drain();
      // As the workers do each second; on a busy machine the last change may be a while ago.
      await trade.jobs.sweepHolds();
      const { databaseUrl, redisUrl } = commerce;
      expect(await checkInvariants({ databaseUrl, redisUrl })).toEqual([]);
    },
    async stop() {
      await commerce.stop();
      door.close();
    },
  };
}

/** Webhooks arrive by real HTTP; this server hands them to commerce, whose port is not known when it is put together. */
async function openDoor(find: () => TestCommerce | undefined): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const answer = await find()?.http.inject({
        method: 'POST',
        url: request.url ?? '/',
        headers,
        payload: Buffer.concat(chunks),
      });
      response.writeHead(answer?.statusCode ?? 503).end(answer?.body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function addressOf(server: Pick<Server, 'address'>): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function addProducts(
  { foundation: { db, clock } }: TestCommerce,
  { merchantId }: TestShop,
): Promise<ProductId[]> {
  const currency = currencySchema.parse('EUR');
  const product = {
    merchantId,
    description: '',
    currency,
  };
  const variant = { label: 'M', priceMinor: 3_900, weightGrams: 500, onHand: 20 };
  return inTransaction(db, async (tx) => {
    const add = (title: string, position: number): Promise<ProductId> => {
      const variants = [{ ...variant, sku: createId('variant') }];
      return createProduct(tx, { ...product, title, position, variants }, clock.now());
    };
    return [await add('Jacket', 10), await add('Candle', 11)];
  });
}

function startJobs({ foundation: { queues } }: TestCommerce, { jobs }: TradeRooms): void {
  const concurrency = 4;
  queues.process('sale-announce', jobs.announceSale, { concurrency });
  queues.process('sale-begin', jobs.beginSale, { concurrency });
  queues.process('sale-end', jobs.endSale, { concurrency });
  queues.process('sale-settle', jobs.settleSale, { concurrency });
  queues.process('order-expire', jobs.expireOrder, { concurrency });
  queues.process('order-dispatch', jobs.dispatchOrder, { concurrency });
  queues.process('payment-prepare', jobs.preparePayment, { concurrency });
  queues.process('sandbox-webhook', jobs.deliverSandboxWebhook, { concurrency });
}

async function login(commerce: TestCommerce, name: string): Promise<TestClient> {
  const client = createTestClient(commerce.http);
  await client.login(`${name}@souk.test`, TEST_PASSWORD);
  return client;
}

export const cards = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  slow: '4000000000000341',
  disputed: '4000000000000259',
} as const;

/** A new key for a command that asks for one. */
export const withKey = (key: string = createId('command')) => ({ headers: { 'idempotency-key': key } });

/** Holds units and gives back the hold. Throws when refused. */
export async function take(
  client: TestClient,
  showId: ShowId,
  line: { variantId: VariantId; saleId?: SaleId | null; quantity?: number },
): Promise<Hold> {
  const lines = [{ saleId: null, quantity: 1, ...line }];
  return (await client.get('hold:take', { params: { showId }, body: { lines } })).hold;
}

/** The error code of a refused hold, or OK. */
export async function tryTake(
  client: TestClient,
  showId: ShowId,
  line: { variantId: VariantId; saleId?: SaleId | null; quantity?: number },
): Promise<string> {
  const lines = [{ saleId: null, quantity: 1, ...line }];
  const answer = await client.send('hold:take', { params: { showId }, body: { lines } });
  return answer.ok ? 'OK' : answer.error.code;
}

/** A quote for holds. Throws when refused. */
export async function quote(
  client: TestClient,
  holds: readonly Pick<Hold, 'id'>[],
  wish: { readonly country?: string; readonly couponCode?: string } = {},
): Promise<Quote> {
  const body = { holdIds: holds.map(({ id }) => id), country: testAddress.country, ...wish };
  return (await client.get('quote:create', { body })).quote;
}

/** Body of `order:place` for holds, with a new quote of them. */
export async function orderOf(
  client: TestClient,
  holds: readonly Pick<Hold, 'id'>[],
  wish: { readonly couponCode?: string } = {},
) {
  return { quoteId: (await quote(client, holds, wish)).id, address: testAddress };
}

/** Quotes holds, and places the order. Throws when refused. */
export async function place(client: TestClient, holds: readonly Hold[], key?: string): Promise<Order> {
  const body = await orderOf(client, holds);
  return (await client.get('order:place', { body }, withKey(key))).order;
}

/** Hands in a card for an order's payment. */
export async function pay(client: TestClient, order: Order, cardNumber: string) {
  const handle = order.payment.handle;
  if (handle?.gateway !== 'sandbox') throw new Error('the order cannot be paid');
  const { paymentId, clientSecret } = handle;
  return client.send('sandbox:confirm', { params: { paymentId }, body: { clientSecret, cardNumber } });
}

/** An order with its buyer, a guest of its own, and the show that it was made in. */
export interface Purchase {
  readonly buyer: TestClient;
  readonly order: Order;
  readonly showId: ShowId;
  readonly variantId: VariantId;
}

/** A new guest orders units of one product in a new show. */
export async function orderAnew(house: TestTrade, quantity = 1): Promise<Purchase> {
  const { showId, variantId } = await house.goLive();
  const buyer = await house.guest();
  const order = await place(buyer, [await take(buyer, showId, { variantId, quantity })]);
  return { buyer, order, showId, variantId };
}

/** Pays an order with a good card, and waits until it is in that state. */
export async function payUntil({ buyer, order }: Purchase, status: Order['status']): Promise<void> {
  await pay(buyer, order, cards.pays);
  await untilOrder(buyer, order, status);
}

/** Waits until the buyer's order is in that state. */
export async function untilOrder(client: TestClient, order: Order, status: Order['status']): Promise<Order> {
  return vi.waitFor(
    async () => {
      const { order: now } = await client.get('order:get', { params: { orderId: order.id } });
      expect(now.status).toBe(status);
      return now;
    },
    { timeout: 25_000, interval: 25 },
  );
}

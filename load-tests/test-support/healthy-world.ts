import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import type { Redis } from 'ioredis';
import type { Client } from 'pg';

/** Ids of everything in the world that `seedHealthyWorld` makes. */
export type WorldIds = ReturnType<typeof createWorldIds>;

export interface HealthyWorld extends WorldIds {
  /** Appends an entry to the show's timeline. */
  tell(entry: NewEntry): Promise<void>;
}

const tables = `users, merchants, products, variants, stock, stock_movements, sales, sale_buyers, shows, orders,
  order_lines, order_holds, quotes, coupons, coupon_buyers, coupon_redemptions, waitlist_entries, payments, refunds, shipments, sandbox_payments, sandbox_events, sandbox_refunds, outbox, timeline_entries`;

/**
 * A small world in which every invariant holds: 20 units, 10 of them in a sale, 2 of those bought, paid and
 * dispatched by one buyer with a coupon, one more held by another.
 */
export async function seedHealthyWorld(pg: Client, redis: Redis): Promise<HealthyWorld> {
  await redis.flushdb();
  const ids = createWorldIds();
  await pg.query(`TRUNCATE ${tables} CASCADE`);
  for (const statement of statements(ids)) await pg.query(statement);
  await seedHolds(redis, ids);
  const tell = (entry: NewEntry): Promise<void> => appendEntry(redis, ids.showId, entry);
  for (const entry of entries(ids)) await tell(entry);
  return { ...ids, tell };
}

function createWorldIds() {
  return {
    userId: createId('user'),
    buyerId: createId('guest'),
    merchantId: createId('merchant'),
    productId: createId('product'),
    variantId: createId('variant'),
    showId: createId('show'),
    saleId: createId('sale'),
    orderId: createId('order'),
    paymentId: createId('payment'),
    holdId: createId('hold'),
    claimedHoldId: createId('hold'),
    quoteId: createId('quote'),
    couponId: createId('coupon'),
  };
}

/** Two units are sold and gone: 20 were received, 10 set aside for the sale, 2 of those reserved and handed out. */
function statements(ids: WorldIds): string[] {
  const {
    userId,
    buyerId,
    merchantId,
    productId,
    variantId,
    showId,
    saleId,
    orderId,
    paymentId,
    claimedHoldId,
    quoteId,
    couponId,
  } = ids;
  const movement = (kind: string, onHand: number, reserved: number, allocated: number): string => `
    INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, allocated_delta, at)
    VALUES ('${createId('movement')}', '${variantId}', '${kind}', ${onHand}, ${reserved}, ${allocated}, now())`;
  return [
    `INSERT INTO users (id, email, password_hash, name, created_at) VALUES ('${userId}', 'host@example.test', '-', 'Host', now())`,
    `INSERT INTO merchants (id, name, currency, created_at) VALUES ('${merchantId}', 'Shop', 'EUR', now())`,
    `INSERT INTO products (id, merchant_id, title, currency, position, created_at)
     VALUES ('${productId}', '${merchantId}', 'Lamp', 'EUR', 0, now())`,
    `INSERT INTO variants (id, product_id, merchant_id, sku, label, price_minor, position)
     VALUES ('${variantId}', '${productId}', '${merchantId}', 'LAMP', '', 2000, 0)`,
    `INSERT INTO shows (id, merchant_id, host_id, title, status, created_at, live_since)
     VALUES ('${showId}', '${merchantId}', '${userId}', 'Show', 'live', now(), now())`,
    `INSERT INTO stock (variant_id, on_hand, reserved, allocated, version, updated_at) VALUES ('${variantId}', 18, 0, 8, 4, now())`,
    movement('receive', 20, 0, 0),
    movement('allocate', 0, 0, 10),
    movement('reserve', 0, 2, -2),
    movement('sell', -2, -2, 0),
    `INSERT INTO sales (id, show_id, merchant_id, product_id, variant_id, status, price_minor, per_buyer_limit, units, claimed,
       version, announce_at, starts_at, ends_at, updated_at)
     VALUES ('${saleId}', '${showId}', '${merchantId}', '${productId}', '${variantId}', 'running', 1500, 2, 10, 2,
       2, now(), now(), now() + interval '1 minute', now())`,
    `INSERT INTO sale_buyers (sale_id, buyer_id, units, updated_at) VALUES ('${saleId}', '${buyerId}', 2, now())`,
    `INSERT INTO orders (id, buyer_id, buyer_name, merchant_id, show_id, status, currency, items_minor, discount_minor,
       shipping_minor, tax_minor, total_minor, coupon_code, quote_id, address, idempotency_key, request_hash, pay_before, created_at, updated_at)
     VALUES ('${orderId}', '${buyerId}', 'Guest', '${merchantId}', '${showId}', 'dispatched', 'EUR', 3000, 300,
       490, 509, 3190, 'SPRING', '${quoteId}', '{}', 'key', 'hash', now(), now(), now())`,
    `INSERT INTO order_lines (id, order_id, position, variant_id, product_id, sale_id, title, variant_label, picture_url, quantity, unit_price_minor)
     VALUES ('${createId('orderLine')}', '${orderId}', 0, '${variantId}', '${productId}', '${saleId}', 'Lamp', '', '', 2, 1500)`,
    `INSERT INTO quotes (id, buyer_id, merchant_id, coupon_id, quote, created_at, expires_at)
     VALUES ('${quoteId}', '${buyerId}', '${merchantId}', '${couponId}', '{"totals": {"totalMinor": 3190, "currency": "EUR"}}',
       now(), now() + interval '15 minutes')`,
    `INSERT INTO coupons (id, merchant_id, code, title, benefit, currency, spent_minor, redemptions, per_buyer_limit,
       min_items_minor, is_enabled, created_at)
     VALUES ('${couponId}', '${merchantId}', 'SPRING', '', '{"kind": "percent", "percent": 10}', 'EUR', 300, 1, 1, 0, true, now())`,
    `INSERT INTO coupon_buyers (coupon_id, buyer_id, redemptions) VALUES ('${couponId}', '${buyerId}', 1)`,
    `INSERT INTO coupon_redemptions (order_id, coupon_id, buyer_id, discount_minor, at)
     VALUES ('${orderId}', '${couponId}', '${buyerId}', 300, now())`,
    `INSERT INTO order_holds (hold_id, order_id) VALUES ('${claimedHoldId}', '${orderId}')`,
    `INSERT INTO payments (id, order_id, gateway, status, amount_minor, currency, created_at, updated_at)
     VALUES ('${paymentId}', '${orderId}', 'sandbox', 'succeeded', 3190, 'EUR', now(), now())`,
    `INSERT INTO sandbox_payments (id, client_secret, amount_minor, currency, status, created_at)
     VALUES ('${paymentId}', '-', 3190, 'EUR', 'succeeded', now())`,
    `INSERT INTO sandbox_events (id, payment_id, type, delivered, created_at)
     VALUES ('evt_${paymentId}', '${paymentId}', 'payment.succeeded', true, now() - interval '1 hour')`,
    `INSERT INTO shipments (id, order_id, status, carrier, tracking_number, created_at, dispatched_at)
     VALUES ('${createId('shipment')}', '${orderId}', 'dispatched', 'offline', 'TRACK1', now(), now())`,
  ];
}

/** One unit of the sale is held for a minute more. */
async function seedHolds(
  redis: Redis,
  { merchantId, variantId, saleId, holdId, showId }: WorldIds,
): Promise<void> {
  const prefix = `souk:{${merchantId}}:`;
  const expiresAt = Date.now() + 60_000;
  const lines = JSON.stringify([{ pool: saleId, saleId, quantity: 1 }]);
  await redis.hset(`${prefix}pools`, {
    [`${variantId}|supply`]: 10,
    [`${variantId}|version`]: 4,
    [`${saleId}|supply`]: 8,
    [`${saleId}|version`]: 2,
    [`${saleId}|held`]: 1,
  });
  await redis.hset(`${prefix}hold:${holdId}`, {
    status: 'active',
    buyer: createId('guest'),
    showId,
    lines,
    expiresAt,
  });
  await redis.zadd(`${prefix}holds`, expiresAt, holdId);
}

function entries({
  merchantId,
  userId,
  buyerId,
  saleId,
  productId,
  variantId,
  orderId,
}: WorldIds): NewEntry[] {
  const at = Date.now();
  const currency = currencySchema.parse('EUR');
  const policy = { guestsMayChat: true, guestsMayBuy: true };
  return [
    createEntry('show:created', at, {
      title: 'Show',
      merchantId,
      merchantName: 'Shop',
      hostId: userId,
      hostName: 'Host',
      currency,
      policy,
    }),
    createEntry('show:went-live', at, {}),
    createEntry('sale:started', at, {
      saleId,
      productId,
      variantId,
      units: 10,
      priceMinor: 1_500,
      perBuyerLimit: 2,
      startsAt: at,
      endsAt: at + 60_000,
    }),
    createEntry('order:changed', at, { orderId, status: 'dispatched' }, buyerId),
  ];
}

async function appendEntry(
  redis: Redis,
  showId: string,
  { type, at, audience, data }: NewEntry,
): Promise<void> {
  const fields = ['type', type, 'at', at, 'audience', audience, 'data', JSON.stringify(data)];
  await redis.xadd(`souk:{${showId}}:timeline`, '*', ...fields);
}

import { type Hold, holdSchema } from '@souk/protocol/http/buying';
import type { HoldId, MerchantId, SaleId, UserId, VariantId } from '@souk/protocol/ids';
import { merchantIdSchema } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { type HoldStatus, holdStatusSchema } from '@souk/protocol/states';
import type { Redis } from '@souk/runtime/redis';
import { z } from 'zod';
import { createHoldScripts, explain, type HoldScriptAnswer, type PoolLeft } from './hold-scripts.ts';
import type { PoolSync } from './pool-sync.ts';

/** Units to take from one pool. */
export interface PoolLine {
  readonly pool: VariantId | SaleId;
  /** Empty at the ordinary price. */
  readonly saleId: SaleId | '';
  readonly quantity: number;
}

/** A hold as Redis keeps it for its owner; the script adds the expiry. */
export type HoldView = Omit<Hold, 'expiresAt' | 'status'>;

export interface TakeRequest {
  readonly view: HoldView;
  readonly buyerId: UserId;
  readonly lines: readonly PoolLine[];
  readonly windowMs: number;
  /** True for a buyer who waited: units that are kept for those may be taken. */
  readonly isOffer?: boolean;
}

interface ClaimRequest {
  readonly merchantId: MerchantId;
  readonly buyerId: UserId;
  readonly holdIds: readonly HoldId[];
  readonly attempt: string;
}

export interface HoldStore {
  take(request: TakeRequest): Promise<HoldScriptAnswer<'take-hold'>>;
  release(merchantId: MerchantId, holdId: HoldId, buyerId: UserId): Promise<HoldScriptAnswer<'release-hold'>>;
  /** Sets holds aside while an order is written. `views` come back only with OK. */
  beginClaim(
    request: ClaimRequest,
  ): Promise<{ code: HoldScriptAnswer<'begin-claim'>['code']; holds: Hold[]; left: PoolLeft[] }>;
  finishClaim(
    merchantId: MerchantId,
    holdIds: readonly HoldId[],
    outcome: 'claimed' | 'released' | 'active',
    sync: PoolSync,
  ): Promise<PoolLeft[]>;
  sync(merchantId: MerchantId, sync: PoolSync): Promise<PoolLeft[]>;
  /** Lets nobody hold units of the sale while its end is written; gives back how many are held now. */
  closeSale(merchantId: MerchantId, saleId: SaleId): Promise<number>;
  /** Undoes `closeSale`, for an end that could not be written. */
  reopenSale(merchantId: MerchantId, saleId: SaleId): Promise<void>;
  expireDue(
    merchantId: MerchantId,
    options: { limit: number; told: readonly HoldId[] },
  ): Promise<HoldScriptAnswer<'expire-due'>>;
  /** Lets a buyer wait for a unit of a sold-out sale, while fewer than `most` wait. */
  waitMore(
    merchantId: MerchantId,
    saleId: SaleId,
    buyerId: UserId,
    most: number,
  ): Promise<HoldScriptAnswer<'wait-more'>>;
  /** `less`: so many fewer buyers wait. `count`: so many wait, says PostgreSQL. */
  waitLess(
    merchantId: MerchantId,
    saleId: SaleId,
    kind: 'less' | 'count',
    buyers: number,
  ): Promise<PoolLeft[]>;
  /** The states of holds; one that Redis does not know, or not any more, is left out. */
  statuses(merchantId: MerchantId, holdIds: readonly HoldId[]): Promise<Map<HoldId, HoldStatus | 'claiming'>>;
  /** Units left for everybody, and held, per pool; a pool that is not loaded is left out. */
  counts(
    merchantId: MerchantId,
    pools: readonly string[],
  ): Promise<Map<string, { left: number; held: number }>>;
  /** The merchant of a hold of this buyer, also of one that ended lately; undefined when the buyer has no such hold. */
  findMerchant(buyerId: UserId, holdId: HoldId): Promise<MerchantId | undefined>;
  /** The buyer's active holds, oldest first. */
  listActive(buyerId: UserId): Promise<{ holds: Hold[]; now: number }>;
  /** Merchants of whom something is, or was lately, held. */
  merchants(): Promise<MerchantId[]>;
  /** Leaves a merchant of whom nothing is held out of `merchants`. */
  forgetMerchant(merchantId: MerchantId): Promise<void>;
}

const MERCHANTS_KEY = 'souk:holding-merchants';
/** How long an ended hold can still be asked for, and a bit. */
const ENDED_KEPT_SECONDS = 4_000;

const prefixOf = (merchantId: MerchantId): string => `souk:{${merchantId}}:`;
const holdKey = (merchantId: MerchantId, holdId: string): string => `${prefixOf(merchantId)}hold:${holdId}`;
/** Where to look for a buyer's carts: merchants of whom the buyer holds something, or may do so. */
const merchantsKey = (buyerId: UserId): string => `souk:buyer:${buyerId}:merchants`;

/** Holds in Redis: one script per step, see scripts/hold-lib.lua for the keys. Answers are parsed; refusals are codes, not errors. */
export function createHoldStore(redis: Redis): HoldStore {
  const run = createHoldScripts(redis);
  const store: HoldStore = {
    async take({ view, buyerId, lines, windowMs, isOffer = false }) {
      const args = [
        ...[view.id, buyerId, view.showId, JSON.stringify(lines), JSON.stringify(view), windowMs],
        ...[isOffer ? 'offer' : 'own', limits.holdsPerBuyer, limits.lineQuantity],
      ];
      // Sent together, and done in this order: whoever dies in between leaves a place to look at, never a hold that
      // nobody finds. The hold and its buyer's cart are one script.
      const announced = announce(redis, view.merchantId, buyerId, windowMs);
      const [answer] = await Promise.all([run('take-hold', prefixOf(view.merchantId), args), announced]);
      return answer;
    },
    release: (merchantId, holdId, buyerId) => run('release-hold', prefixOf(merchantId), [holdId, buyerId]),
    async beginClaim({ merchantId, buyerId, holdIds, attempt }) {
      const args = [buyerId, attempt, CLAIM_OVERDUE_MS, ...holdIds];
      const { code, views, left } = await run('begin-claim', prefixOf(merchantId), args);
      return { code, left, holds: code === 'OK' ? views.map(parseView) : [] };
    },
    async finishClaim(merchantId, holdIds, outcome, sync) {
      const args = [outcome, JSON.stringify(sync), ...holdIds];
      return (await run('finish-claim', prefixOf(merchantId), args)).left;
    },
    sync: async (merchantId, sync) =>
      (await run('sync-pools', prefixOf(merchantId), [JSON.stringify(sync)])).left,
    closeSale: async (merchantId, saleId) =>
      (await run('close-sale', prefixOf(merchantId), [saleId, CLOSING_MS])).held,
    async reopenSale(merchantId, saleId) {
      await run('close-sale', prefixOf(merchantId), [saleId, 0]);
    },
    expireDue: (merchantId, { limit, told }) => run('expire-due', prefixOf(merchantId), [limit, ...told]),
    waitMore: (merchantId, saleId, buyerId, most) =>
      run('wait-more', prefixOf(merchantId), [saleId, buyerId, most]),
    waitLess: async (merchantId, saleId, kind, buyers) =>
      (await run('wait-less', prefixOf(merchantId), [saleId, kind, buyers])).left,
    statuses: (merchantId, holdIds) => readStatuses(redis, merchantId, holdIds),
    counts: (merchantId, pools) => readCounts(redis, merchantId, pools),
    findMerchant: (buyerId, holdId) => findMerchant(redis, buyerId, holdId),
    listActive: (buyerId) => listActive(redis, buyerId),
    merchants: () => readMerchants(redis, MERCHANTS_KEY),
    async forgetMerchant(merchantId) {
      await redis.srem(MERCHANTS_KEY, merchantId);
      // Somebody may have begun to hold in between.
      const { isIdle } = await run('expire-due', prefixOf(merchantId), [0]);
      if (!isIdle) await redis.sadd(MERCHANTS_KEY, merchantId);
    },
  };
  return store;
}

/** Longer than it takes to write the end of a sale, also when PostgreSQL is slow. */
const CLOSING_MS = 30_000;

/** After this long a claim that was begun counts as abandoned, and the sweeper looks into PostgreSQL. */
const CLAIM_OVERDUE_MS = 20_000;

const parseView = ({ view, expiresAt }: { view: string; expiresAt: number }): Hold =>
  holdSchema.parse({ ...JSON.parse(view), status: 'active', expiresAt });

/** Says where something may be held, before it is. */
async function announce(
  redis: Redis,
  merchantId: MerchantId,
  buyerId: UserId,
  windowMs: number,
): Promise<void> {
  const key = merchantsKey(buyerId);
  await Promise.all([
    redis.sadd(MERCHANTS_KEY, merchantId),
    redis.sadd(key, merchantId),
    redis.expire(key, Math.ceil(windowMs / 1_000) + ENDED_KEPT_SECONDS),
  ]).catch(explain);
}

const readMerchants = async (redis: Redis, key: string): Promise<MerchantId[]> =>
  (await redis.smembers(key)).map((id) => merchantIdSchema.parse(id));

async function findMerchant(redis: Redis, buyerId: UserId, holdId: HoldId): Promise<MerchantId | undefined> {
  const merchants = await readMerchants(redis, merchantsKey(buyerId));
  const owners = await Promise.all(merchants.map((id) => redis.hget(holdKey(id, holdId), 'buyer')));
  return merchants.find((_, index) => owners[index] === buyerId);
}

async function readCounts(redis: Redis, merchantId: MerchantId, pools: readonly string[]) {
  const counts = new Map<string, { left: number; held: number }>();
  if (pools.length === 0) return counts;
  const fields = pools.flatMap((pool) => [`${pool}|supply`, `${pool}|held`, `${pool}|waiting`]);
  const values = await redis.hmget(`${prefixOf(merchantId)}pools`, ...fields);
  for (const [index, pool] of pools.entries()) {
    const supply = values[index * 3];
    if (typeof supply !== 'string') continue;
    const held = Number(values[index * 3 + 1] ?? 0);
    const waiting = Number(values[index * 3 + 2] ?? 0);
    counts.set(pool, { left: Math.max(0, Number(supply) - held - waiting), held });
  }
  return counts;
}

const statusSchema = holdStatusSchema.or(z.literal('claiming'));

async function readStatuses(redis: Redis, merchantId: MerchantId, holdIds: readonly HoldId[]) {
  const found = await Promise.all(holdIds.map((holdId) => redis.hget(holdKey(merchantId, holdId), 'status')));
  const statuses = new Map<HoldId, z.output<typeof statusSchema>>();
  for (const [index, holdId] of holdIds.entries()) {
    const status = statusSchema.safeParse(found[index]);
    if (status.success) statuses.set(holdId, status.data);
  }
  return statuses;
}

async function listActive(redis: Redis, buyerId: UserId): Promise<{ holds: Hold[]; now: number }> {
  // At once: most who look have nothing held, and need no second turn.
  const [merchants, [seconds, micros]] = await Promise.all([
    readMerchants(redis, merchantsKey(buyerId)),
    redis.time(),
  ]);
  const carts = await Promise.all(
    merchants.map(async (id) => {
      const holdIds = await redis.smembers(`${prefixOf(id)}buyer:${buyerId}`);
      return holdIds.map((holdId) => holdKey(id, holdId));
    }),
  );
  const found = await Promise.all(carts.flat().map((key) => redis.hmget(key, 'status', 'expiresAt', 'view')));
  const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  const holds = found.flatMap(([status, expiresAt, view]) =>
    status === 'active' && view && Number(expiresAt) > now
      ? [parseView({ view, expiresAt: Number(expiresAt) })]
      : [],
  );
  return { holds: holds.sort((a, b) => a.expiresAt - b.expiresAt), now };
}

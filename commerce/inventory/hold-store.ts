import { type Hold, holdSchema } from '@souk/protocol/http/buying';
import type { HoldId, MerchantId, SaleId, UserId, VariantId } from '@souk/protocol/ids';
import { merchantIdSchema } from '@souk/protocol/ids';
import { type HoldStatus, holdStatusSchema } from '@souk/protocol/states';
import type { Redis } from '@souk/runtime/redis';
import { z } from 'zod';
import { createHoldScripts, type HoldScriptAnswer, type PoolLeft } from './hold-scripts.ts';
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
  /** The merchant of a hold of this buyer; undefined when the buyer has no such hold. */
  findMerchant(buyerId: UserId, holdId: HoldId): Promise<MerchantId | undefined>;
  /** The buyer's active holds, oldest first. */
  listActive(buyerId: UserId): Promise<{ holds: Hold[]; now: number }>;
  /** Merchants of whom something is, or was lately, held. */
  merchants(): Promise<MerchantId[]>;
}

const MERCHANTS_KEY = 'souk:holding-merchants';
const INDEX_KEEP_SECONDS = 7_200;

const prefixOf = (merchantId: MerchantId): string => `souk:{${merchantId}}:`;
const indexKey = (buyerId: UserId): string => `souk:buyer:${buyerId}:holds`;

/** Holds in Redis: one script per step, see scripts/hold-lib.lua for the keys. Answers are parsed; refusals are codes, not errors. */
export function createHoldStore(redis: Redis): HoldStore {
  const run = createHoldScripts(redis);
  const store: HoldStore = {
    async take({ view, buyerId, lines, windowMs, isOffer = false }) {
      const args = [view.id, buyerId, view.showId, JSON.stringify(lines), JSON.stringify(view), windowMs];
      if (isOffer) args.push('offer');
      const answer = await run('take-hold', prefixOf(view.merchantId), args);
      if (answer.code === 'OK') await indexHold(redis, view, buyerId);
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
    async findMerchant(buyerId, holdId) {
      const merchantId = await redis.hget(indexKey(buyerId), holdId);
      return merchantId === null ? undefined : merchantIdSchema.parse(merchantId);
    },
    listActive: (buyerId) => listActive(redis, buyerId),
    merchants: async () => (await redis.smembers(MERCHANTS_KEY)).map((id) => merchantIdSchema.parse(id)),
  };
  return store;
}

/** Longer than it takes to write the end of a sale, also when PostgreSQL is slow. */
const CLOSING_MS = 30_000;

/** After this long a claim that was begun counts as abandoned, and the sweeper looks into PostgreSQL. */
const CLAIM_OVERDUE_MS = 20_000;

const parseView = ({ view, expiresAt }: { view: string; expiresAt: number }): Hold =>
  holdSchema.parse({ ...JSON.parse(view), status: 'active', expiresAt });

/** The index is for finding, not for counting: losing it costs a buyer the cart page, never a unit. */
async function indexHold(redis: Redis, view: HoldView, buyerId: UserId): Promise<void> {
  await redis
    .pipeline()
    .hset(indexKey(buyerId), view.id, view.merchantId)
    .expire(indexKey(buyerId), INDEX_KEEP_SECONDS)
    .sadd(MERCHANTS_KEY, view.merchantId)
    .exec();
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
  const found = await Promise.all(
    holdIds.map((holdId) => redis.hget(`${prefixOf(merchantId)}hold:${holdId}`, 'status')),
  );
  const statuses = new Map<HoldId, z.output<typeof statusSchema>>();
  for (const [index, holdId] of holdIds.entries()) {
    const status = statusSchema.safeParse(found[index]);
    if (status.success) statuses.set(holdId, status.data);
  }
  return statuses;
}

async function listActive(redis: Redis, buyerId: UserId): Promise<{ holds: Hold[]; now: number }> {
  const index = Object.entries(await redis.hgetall(indexKey(buyerId)));
  const [seconds, micros] = await redis.time();
  const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  const found = await Promise.all(
    index.map(([holdId, merchantId]) =>
      redis.hmget(`souk:{${merchantId}}:hold:${holdId}`, 'status', 'expiresAt', 'view'),
    ),
  );
  const over = index.filter((_, at) => !isLasting(found[at]?.[0])).map(([holdId]) => holdId);
  if (over.length > 0) await redis.hdel(indexKey(buyerId), ...over);
  const holds = found.flatMap(([status, expiresAt, view]) =>
    status === 'active' && view && Number(expiresAt) > now
      ? [parseView({ view, expiresAt: Number(expiresAt) })]
      : [],
  );
  return { holds: holds.sort((a, b) => a.expiresAt - b.expiresAt), now };
}

const isLasting = (status: string | null | undefined): boolean =>
  status === 'active' || status === 'claiming';

import os from 'node:os';
import type { ProductCard } from '@souk/protocol/catalog';
import type { SaleId } from '@souk/protocol/ids';
import { Redis } from 'ioredis';
import { startLoadGenerator } from '../../generator/load-generator.ts';
import { checkInvariants } from '../../invariants/check-invariants.ts';
import { readUsage } from '../../world/process-usage.ts';
import type { World } from '../../world/world.ts';
import { logInMerchant } from '../acts/log-in-merchant.ts';
import { type OpenShow, openShow } from '../acts/open-show.ts';
import { signBuyers } from '../acts/sign-buyers.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import { measureCeiling } from './ceiling.ts';
import { ofCrowd } from './crowd.ts';
import type { FlashSaleParams } from './flash-sale.ts';
import { measureRedis } from './redis-ceiling.ts';
import { reportFlashSale } from './report.ts';

const SALE_SECONDS = 600;
const PRICE_MINOR = 1_000;
/** Nothing may be under way for longer than this when the sale is over. */
const GRACE_MS = 10_000;

type Variant = ProductCard['variants'][number];

/** Measures the ceilings, then lets the crowd loose on commerce. */
export async function playFlashSale(
  world: World,
  params: FlashSaleParams,
  { progress }: ScenarioContext,
): Promise<Outcome> {
  const loadAverage = os.loadavg()[0] ?? 0;
  const redis = new Redis(world.redisUrl);
  const generator = await startLoadGenerator();
  try {
    progress.step(`opening the show and signing ${params.buyers} tokens`);
    const show = await openShow(world);
    const [variant, earlyVariant] = await stockUp(world, show, params.units);
    const early = await signBuyers(world, params.warmUpBuyers);
    const body = (variantId: string, saleId: string): string =>
      JSON.stringify({ lines: [{ variantId, saleId, quantity: 1 }] });
    const earlySaleId = await startSale(show, earlyVariant, params.units);
    const saleId = await startSale(show, variant, params.units);
    const crowd = { early, buyers: await signBuyers(world, params.buyers), body: body(variant.id, saleId) };

    progress.step('measuring the bare route and the bare script');
    const measureBare = () => measureCeiling(redis, world.redisUrl, generator, crowd, params);
    const ceilingBefore = await measureBare();
    const { buyers: calls, units } = params;
    const redisCeiling = await measureRedis(redis, world.redisUrl, { calls, units });

    progress.step(`${params.buyers} buyers want one of ${params.units} units`);
    const path = `/api/shows/${show.showId}/holds`;
    const { commerceUrl: url } = world;
    const { connections } = params;
    await generator.run({
      ...{ url, connections, durationMs: 0 },
      requests: ofCrowd(early, path, body(earlyVariant.id, earlySaleId)),
    });
    const usageBefore = readUsage(world.services);
    const sale = await generator.run({
      ...{ url, connections, durationMs: params.arrivalSeconds * 1_000 },
      requests: ofCrowd(crowd.buyers, path, crowd.body),
    });
    const usage = { before: usageBefore, after: readUsage(world.services) };
    progress.step('measuring the bare route once more, and checking the invariants');
    const violations = await checkInvariants({ ...world, graceMs: GRACE_MS });
    const ceilings = [ceilingBefore, await measureBare()];
    return reportFlashSale({ params, sale, ceilings, redisCeiling, usage, loadAverage, violations });
  } finally {
    await generator.stop();
    redis.disconnect();
  }
}

/** Two variants of different products, each with the units of a sale. */
async function stockUp(world: World, { lineup }: OpenShow, units: number): Promise<[Variant, Variant]> {
  const merchant = await logInMerchant(world);
  const [variant, other] = await Promise.all(
    lineup.slice(0, 2).map(async ({ merchantId, variants: [first] }) => {
      if (first === undefined) throw new Error('a product has no variant');
      await merchant.call('stock:adjust', {
        params: { merchantId, variantId: first.id },
        body: { delta: units, reason: 'load test' },
      });
      return first;
    }),
  );
  if (variant === undefined || other === undefined) throw new Error('the demo shop has too few products');
  return [variant, other];
}

async function startSale({ host, showId }: OpenShow, { id }: Variant, units: number): Promise<SaleId> {
  const { sale } = await host.call('sale:start', {
    params: { showId },
    body: { variantId: id, units, priceMinor: PRICE_MINOR, perBuyerLimit: 1, seconds: SALE_SECONDS },
  });
  return sale.id;
}

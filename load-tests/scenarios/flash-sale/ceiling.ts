import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { LoadGenerator } from '../../generator/load-generator.ts';
import type { LoadResult } from '../../generator/plan.ts';
import { startHelper } from '../../world/helper-process.ts';
import { urlOf } from '../../world/world-environment.ts';
import { type Crowd, ofCrowd } from './crowd.ts';
import type { FlashSaleParams } from './flash-sale.ts';
import { clearBareSale, openBareSale } from './hold-script.ts';

export interface Ceiling {
  /** Under the load that commerce gets. */
  readonly sameLoad: LoadResult;
  /** With everybody at once: the most that it can do. */
  readonly allAtOnce: LoadResult;
}

const PREFIX = 'load-tests:{bare}:';

/** Puts the sale's own load on a bare route that runs the same script on the same Redis. */
export async function measureCeiling(
  redis: Redis,
  redisUrl: string,
  generator: LoadGenerator,
  crowd: Crowd,
  params: FlashSaleParams,
): Promise<Ceiling> {
  const route = await startHelper(new URL('./bare-route.ts', import.meta.url), z.object({ port: z.int() }));
  const { connections, units } = params;
  const load = async (buyers: Crowd['buyers'], durationMs: number): Promise<LoadResult> => {
    await clearBareSale(redis, PREFIX);
    await openBareSale(redis, PREFIX, units);
    return generator.run({ url, connections, durationMs, requests: ofCrowd(buyers, '/holds', crowd.body) });
  };
  const { port } = await route.ask({ redisUrl, prefix: PREFIX });
  const url = urlOf(port);
  try {
    await load(crowd.early, 0);
    const sameLoad = await load(crowd.buyers, params.arrivalSeconds * 1_000);
    return { sameLoad, allAtOnce: await load(crowd.buyers, 0) };
  } finally {
    await route.stop();
    await clearBareSale(redis, PREFIX);
  }
}

import os from 'node:os';
import type { ProductId, ShowId } from '@souk/protocol/ids';
import {
  countOutcome,
  describeLoad,
  type LoadGenerator,
  latenciesOf,
  startLoadGenerator,
} from '../../generator/load-generator.ts';
import type { LoadResult } from '../../generator/plan.ts';
import { checkInvariants } from '../../invariants/check-invariants.ts';
import { atMost, exactly } from '../../report/check.ts';
import { percentiles } from '../../report/percentiles.ts';
import { cpuMsPerRequest, readUsage } from '../../world/process-usage.ts';
import { seedCatalogue } from '../../world/seed-catalogue.ts';
import type { World } from '../../world/world.ts';
import { inParallel } from '../acts/in-parallel.ts';
import { type OpenShow, openShow } from '../acts/open-show.ts';
import { signBuyers } from '../acts/sign-buyers.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { BrowseParams } from './browse.ts';
import { planLooks, type Sights } from './mix.ts';

const UNITS_EACH = 10;
const GRACE_MS = 10_000;
const P99_MS = 50;
const AT_A_TIME = 4;
/** Few people leaf further. */
const SHOP_PAGES = 10;

/** Fills the shop, puts the shows on air, and lets the visitors look around. */
export async function playBrowse(
  world: World,
  params: BrowseParams,
  { progress }: ScenarioContext,
): Promise<Outcome> {
  const loadAverage = os.loadavg()[0] ?? 0;
  const generator = await startLoadGenerator();
  try {
    progress.step(`making ${params.products} products and ${params.shows} shows`);
    // Before the catalogue grows: a line-up takes no more than a few of it.
    const show = await openShow(world);
    const seeded = await seedCatalogue(world.databaseUrl, {
      products: params.products,
      unitsEach: UNITS_EACH,
    });
    const productIds = seeded.map(({ productId }) => productId);
    const showIds = await openShows(show, productIds, params);
    const sights = {
      showIds,
      productIds,
      pictureIds: seeded.map(({ pictureId }) => pictureId),
      shopPaths: await leafThroughShop(show),
      visitors: await signBuyers(world, params.visitors),
    };

    progress.step(`${params.requestsPerSecond} requests a second for ${params.seconds} s`);
    await look(generator, world, params, sights, params.warmUpSeconds);
    const before = readUsage(world.services);
    const load = await look(generator, world, params, sights, params.seconds);
    const processes = { before, after: readUsage(world.services) };
    progress.step('checking the invariants');
    const violations = await checkInvariants({ ...world, graceMs: GRACE_MS });
    const latencyMs = percentiles(latenciesOf(load));
    return {
      results: {
        latencyMs: { ...latencyMs },
        unanswered: load.unanswered,
        load: describeLoad(load),
        commerceCpuMsPerRequest: cpuMsPerRequest('commerce', processes, latencyMs.count),
        processes,
        machineLoadAtStart: loadAverage,
        violations: violations.map(({ invariant, subject, detail }) => ({ invariant, subject, detail })),
      },
      checks: [
        atMost('latencyMs p99', latencyMs.p99, P99_MS),
        exactly('unanswered', load.unanswered, 0),
        exactly('answers other than 200', latencyMs.count - countOutcome(load, '200'), 0),
        exactly('violated invariants', violations.length, 0),
      ],
    };
  } finally {
    await generator.stop();
  }
}

function look(
  generator: LoadGenerator,
  { commerceUrl: url }: World,
  { connections, requestsPerSecond }: BrowseParams,
  sights: Sights,
  seconds: number,
): Promise<LoadResult> {
  const requests = planLooks(sights, Math.max(1, Math.round(requestsPerSecond * seconds)));
  return generator.run({ url, connections, durationMs: seconds * 1_000, requests });
}

/** The paths of the first pages of the shop. */
async function leafThroughShop({ host, lineup: [first] }: OpenShow): Promise<string[]> {
  if (first === undefined) throw new Error('the demo shop is empty');
  const params = { merchantId: first.merchantId };
  const paths = [`/api/shops/${first.merchantId}`];
  while (paths.length < SHOP_PAGES) {
    const cursor = paths.at(-1)?.split('cursor=')[1];
    const query = cursor === undefined ? {} : { cursor };
    const { nextCursor } = await host.call('shop:get', { params, query });
    if (nextCursor === null) break;
    paths.push(`/api/shops/${first.merchantId}?cursor=${nextCursor}`);
  }
  return paths;
}

/** Shows of the same host, each with products of its own as far as there are enough. */
function openShows(
  { host, lineup: [first] }: OpenShow,
  productIds: readonly ProductId[],
  params: BrowseParams,
): Promise<ShowId[]> {
  if (first === undefined) throw new Error('the demo shop is empty');
  const { merchantId } = first;
  const seats = Array.from({ length: params.shows }, (_, index) => index);
  return inParallel(seats, AT_A_TIME, async (seat) => {
    const from = (seat * params.lineup) % productIds.length;
    const { show } = await host.call('show:create', {
      body: {
        merchantId,
        title: `Load test ${seat}`,
        productIds: productIds.slice(from, from + params.lineup),
      },
    });
    await host.call('show:go-live', { params: { showId: show.id } });
    return show.id;
  });
}

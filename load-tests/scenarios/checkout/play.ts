import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestServices } from '@souk/supervisor/test-services';
import { checkInvariants } from '../../invariants/check-invariants.ts';
import { startHelper } from '../../world/helper-process.ts';
import { readUsage } from '../../world/process-usage.ts';
import { type Stores, startWorld, type World } from '../../world/world.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { CheckoutParams } from './checkout.ts';
import { measureClaims } from './claims.ts';
import { gatherBuyers } from './purchases.ts';
import { reportCheckout } from './report.ts';
import { noRoundTrips, proxyAnswerSchema, purposes, type RoundTrips } from './round-trips.ts';

const GRACE_MS = 10_000;
const WARM_UP_SHARE = 0.1;

/** The claim by itself first, then whole purchases in a world of their own. */
export async function playCheckout(
  params: CheckoutParams,
  context: ScenarioContext,
  given?: Stores,
): Promise<Outcome> {
  const { progress } = context;
  const loadAverage = os.loadavg()[0] ?? 0;
  progress.step('starting PostgreSQL and Redis');
  const stores = given ?? (await startTestServices());
  try {
    progress.step(`${params.claims} claims a round in process, ${params.connections} connections`);
    const claims = await measureClaims(stores, params);
    return reportCheckout({ params, claims, loadAverage, ...(await playPurchases(stores, params, context)) });
  } finally {
    await stores.stop();
  }
}

/** Every statement of the services goes through a proxy that counts round trips. */
async function playPurchases(stores: Stores, params: CheckoutParams, { progress, signal }: ScenarioContext) {
  const proxy = await startHelper(new URL('./wire-proxy.ts', import.meta.url), proxyAnswerSchema);
  const counted = new URL(stores.databaseUrl);
  const { hostname: host, port } = counted;
  counted.port = String((await proxy.ask({ listen: { host, port: Number(port) } })).port);
  const readCounts = async (): Promise<RoundTrips> => (await proxy.ask({})).counts;
  try {
    const world = await startWorld({
      ...{ progress, signal, rateLimitFactor: params.rateLimitFactor },
      stores: { ...stores, databaseUrl: counted.toString(), stop: async () => undefined },
      services: ['commerce', 'signaling', 'workers'],
    });
    try {
      return await purchase({ ...world, databaseUrl: stores.databaseUrl }, params, readCounts, (text) =>
        progress.step(text),
      );
    } finally {
      progress.step('stopping everything');
      await world.stop();
    }
  } finally {
    await proxy.stop();
  }
}

async function purchase(
  world: World,
  params: CheckoutParams,
  readCounts: () => Promise<RoundTrips>,
  step: (text: string) => void,
) {
  step(`${params.buyers} people buy for ${params.seconds} s`);
  const crowd = await gatherBuyers(world, params);
  const quietMs = params.quietSeconds * 1_000;
  try {
    await crowd.buy(params.seconds * WARM_UP_SHARE);
    await pause(quietMs);
    const beforeIdle = await readCounts();
    await pause(quietMs);
    const before = await readCounts();
    const usageBefore = readUsage(world.services);
    const startedAt = performance.now();
    const purchases = await crowd.buy(params.seconds);
    const usage = { before: usageBefore, after: readUsage(world.services) };
    await pause(quietMs);
    const after = await readCounts();
    const idleShare = (performance.now() - startedAt) / quietMs;
    const roundTrips = noRoundTrips();
    for (const purpose of purposes) {
      const idle = (before[purpose] - beforeIdle[purpose]) * idleShare;
      roundTrips[purpose] = Math.max(0, after[purpose] - before[purpose] - idle);
    }
    step('checking the invariants');
    const violations = await checkInvariants({ ...world, graceMs: GRACE_MS });
    return { purchases, roundTrips, usage, violations };
  } finally {
    crowd.leave();
  }
}

import { setMaxListeners } from 'node:events';
import { createRandom } from '@souk/protocol/testing/random';
import { Pool } from 'pg';
import { checkInvariants, type Violation } from '../invariants/check-invariants.ts';
import type { Experience } from './buyer.ts';
import { startCrowd } from './crowd.ts';
import type { ChaosHouse } from './house.ts';
import { describeStrike, type RoundPlan } from './plan.ts';
import type { QuietWatch } from './quiet.ts';
import type { Shop } from './shop.ts';
import { type Hit, strike } from './strike.ts';
import { checkTold } from './told.ts';

export interface RoundOptions {
  readonly house: ChaosHouse;
  readonly shop: Shop;
  readonly watch: QuietWatch;
  readonly saleBuyers: number;
  readonly cartBuyers: number;
  readonly units: number;
  readonly saleSeconds: number;
  readonly quietTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** What came of one round. */
export interface RoundReport {
  readonly plan: RoundPlan;
  readonly hits: readonly Hit[];
  readonly orders: number;
  /** Outcome → how many buyers were told so. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often a server said that it went wrong itself. */
  readonly internals: number;
  /** From the last strike until every buyer had an answer, and until nothing was under way any more. */
  readonly answeredMs: number;
  readonly quietMs: number;
  /** What was under way until the end. */
  readonly waitedFor: readonly string[];
  readonly violations: readonly Violation[];
}

/** State that one round leaves to the next. */
export interface Losses {
  /** When Redis lost everything last, Unix milliseconds. */
  redisAt: number | undefined;
}

/** Buyers give up after this long. */
const PATIENCE_MS = 60_000;
/** How many sales run to their time; the others are stopped when everybody has an answer, however long that takes. */
const RUNS_OUT_SHARE = 0.25;
const LONG_SALE_SECONDS = 300;
/** After quiet nothing may be under way at all; this is for clocks. */
const GRACE_MS = 2_000;
/** More than a round can sell at the ordinary price. */
const SHELF = 200;

/** Opens a sale, lets everybody buy at once, kills as planned, waits for quiet, and looks at everything. */
export async function playRound(
  options: RoundOptions,
  plan: RoundPlan,
  losses: Losses,
): Promise<RoundReport> {
  const { house, shop, watch, units, saleSeconds, signal } = options;
  const random = createRandom(plan.seed);
  const runsOut = random.next() < RUNS_OUT_SHARE;
  const seconds = runsOut ? saleSeconds : LONG_SALE_SECONDS;
  const wares = await shop.open(random, { units, shelf: SHELF, saleSeconds: seconds });
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  setMaxListeners(0, patience); // every buyer listens
  const crowd = await startCrowd({ ...options, wares, random, signal: patience });
  const deps = {
    ...{ house, crowd, random },
    onRedisLost: (at: number) => {
      losses.redisAt = at;
    },
  };
  const hits = await Promise.all(plan.strikes.map((planned) => strike(deps, planned)));
  const struckAt = performance.now();
  const experiences = await crowd.experiences;
  const answeredMs = Math.round(performance.now() - struckAt);
  if (!runsOut) await shop.stopSales(wares, patience);
  const { left, last } = await watch.wait(options.quietTimeoutMs);
  const quietMs = Math.round(performance.now() - struckAt);
  signal.throwIfAborted();
  return {
    plan,
    hits,
    orders: experiences.reduce((total, { orders }) => total + orders.length, 0),
    outcomes: countOutcomes(experiences),
    internals: [...crowd.internals.values()].reduce((total, count) => total + count, 0),
    answeredMs,
    quietMs,
    waitedFor: last,
    violations: [
      ...plan.strikes.flatMap((planned, index) => findMiss(describeStrike(planned), hits[index])),
      ...left.map((detail) => ({ invariant: 'the house comes to rest', subject: plan.seed, detail })),
      ...(await look(house, experiences, losses)),
    ],
  };
}

function findMiss(planned: string, hit: Hit | undefined): Violation[] {
  if (hit !== undefined && hit.victim !== '') return [];
  return [{ invariant: 'every strike hits', subject: planned, detail: 'nobody died' }];
}

async function look(
  { databaseUrl, redisUrl }: ChaosHouse,
  experiences: readonly Experience[],
  { redisAt }: Losses,
): Promise<Violation[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    return [
      ...(await checkInvariants({
        ...{ databaseUrl, redisUrl, graceMs: GRACE_MS },
        ...(redisAt === undefined ? {} : { redisLostAt: redisAt }),
      })),
      ...(await checkTold(pool, experiences)),
    ];
  } finally {
    await pool.end();
  }
}

function countOutcomes(experiences: readonly Experience[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of experiences) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

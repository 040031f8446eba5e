import { setTimeout as pause } from 'node:timers/promises';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { type Crowd, startCrowd } from '../../crowd/crowd.ts';
import { readTimelines, type ShowTimeline } from '../../invariants/timelines.ts';
import type { HubNode, Stores, World } from '../../world/world.ts';
import { openShow } from '../acts/open-show.ts';
import { signTokens } from '../acts/sign-tokens.ts';
import { hubWishes } from '../hub-wishes.ts';
import { inWorld } from '../in-world.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import { startPins } from './pins.ts';
import { reportReconnect } from './report.ts';
import { startTalk } from './talk.ts';

export interface ReconnectPlan {
  readonly viewers: number;
  readonly processes: number;
  readonly talkers: number;
  readonly talkEveryMs: number;
  readonly pinEveryMs: number;
  /** For how long commands keep coming, before and after it all. */
  readonly calmSeconds: number;
  readonly maxBackInSyncMs: number | undefined;
  /** What is done to the viewers' connections, while commands keep coming. */
  disturb(crowd: Crowd, nodes: Nodes, context: ScenarioContext): Promise<void>;
}

export interface Nodes {
  readonly first: HubNode;
  readonly second: HubNode;
}

const RETURN_TIMEOUT_MS = 60_000;
/** All that was said has arrived when nothing more comes for so long. */
const QUIET_MS = 1_500;

/** A show on two hub nodes whose viewers lose their connections, and the count of what each of them has missed. */
export async function playReconnect(
  plan: ReconnectPlan,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return inWorld(context, { ...hubWishes, stores }, async (world) => {
    const nodes = { first: await world.startHub(), second: await world.startHub() };
    const crowd = await startCrowd(plan.processes);
    try {
      return await playShow(world, { nodes, crowd, plan }, context);
    } finally {
      await crowd.stop();
    }
  });
}

interface Stage {
  readonly nodes: Nodes;
  readonly crowd: Crowd;
  readonly plan: ReconnectPlan;
}

async function playShow(
  world: World,
  { nodes, crowd, plan }: Stage,
  context: ScenarioContext,
): Promise<Outcome> {
  const { progress, signal } = context;
  const show = await openShow(world);
  const { showId } = show;
  const urls = [nodes.first.url, nodes.second.url];
  progress.step(`letting ${plan.viewers} viewers in`);
  await crowd.join({ dialect: 'hub', targets: urls, showId }, await signTokens(world, plan.viewers));
  const tokens = await signTokens(world, plan.talkers);
  const talk = await startTalk({ urls, tokens, showId, everyMs: plan.talkEveryMs });
  const stopPins = startPins(show, plan.pinEveryMs);
  await pause(plan.calmSeconds * 1_000, undefined, { signal });
  await plan.disturb(crowd, nodes, context);
  progress.step('waiting until everybody is back');
  const { following } = await crowd.gather(RETURN_TIMEOUT_MS);
  await pause(plan.calmSeconds * 1_000, undefined, { signal });
  await talk.stop();
  await stopPins();
  await quiet(crowd);
  progress.step('comparing what everybody has heard');
  const timeline = await readShow(world.redisUrl, showId);
  const expected = timeline.entries.filter(({ audience }) => audience === 'all');
  return reportReconnect({
    plan,
    counts: await crowd.count(),
    away: plan.viewers - following,
    verdict: await crowd.judge(
      expected.map(({ id }) => id),
      { fold: true },
    ),
    timeline,
    acknowledged: talk.acknowledged,
  });
}

async function quiet(crowd: Crowd): Promise<void> {
  for (let seen = -1; ; await pause(QUIET_MS)) {
    const { deliveries } = await crowd.count();
    if (deliveries === seen) return;
    seen = deliveries;
  }
}

async function readShow(redisUrl: string, showId: string): Promise<ShowTimeline> {
  const redis = createRedis({
    url: redisUrl,
    name: 'load-tests',
    logger: createLogger({ name: 'load-tests', level: 'warn' }),
  });
  try {
    const timeline = (await readTimelines(redis)).find((found) => found.showId === showId);
    if (timeline === undefined) throw new Error('the show has no timeline');
    return timeline;
  } finally {
    await closeRedis(redis);
  }
}

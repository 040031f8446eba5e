import { z } from 'zod';
import { startHelper } from '../../world/helper-process.ts';
import type { Stores, World } from '../../world/world.ts';
import { openShow } from '../acts/open-show.ts';
import { inWorld, type Wishes } from '../in-world.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { MediaFanoutParams } from './media-fanout.ts';
import { reportMediaFanout, type Step } from './report.ts';
import { type MediaTarget, playRound, type RoundFigures } from './round.ts';

const peer = new URL('../../peers/bare-mediasoup/bare-process.ts', import.meta.url);

/** The media-server and bare mediasoup in turn, round by round, so that a noisy moment falls on both. */
export async function playMediaFanout(
  params: MediaFanoutParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  const { workers, consumersPerRouter } = params;
  const wishes: Wishes = {
    rateLimitFactor: 1_000,
    services: ['commerce', 'media-server'],
    env: {
      MEDIA_WORKERS: String(workers),
      MEDIA_CONSUMERS_PER_ROUTER: String(consumersPerRouter),
    },
    stores,
  };
  return inWorld(context, wishes, async (world) => {
    const steps: Step[] = [];
    for (const viewers of params.viewers.split(',').map(Number))
      steps.push(await playStep(world, viewers, params, context));
    return reportMediaFanout(steps);
  });
}

async function playStep(
  world: World,
  viewers: number,
  params: MediaFanoutParams,
  { progress, signal }: ScenarioContext,
): Promise<Step> {
  const step: Step = { viewers, own: [], bare: [] };
  const plan = { ...params, viewers };
  for (let round = 1; round <= params.rounds; round += 1) {
    signal.throwIfAborted();
    progress.step(`${viewers} viewers, round ${round} of ${params.rounds}`);
    step.bare.push(await atBareMediasoup(params, (target) => playRound(target, plan)));
    step.own.push(await playRound(await targetOf(world), plan));
  }
  return step;
}

/** A show of its own for each round, with a fresh ticket. */
async function targetOf(world: World): Promise<MediaTarget> {
  const { ticket } = await openShow(world);
  const service = world.services.find(({ name }) => name === 'media-server');
  if (service === undefined) throw new Error('the world has no media-server');
  return { mediaUrl: world.mediaUrl, pid: service.pid, token: ticket.token };
}

async function atBareMediasoup(
  { workers, consumersPerRouter }: MediaFanoutParams,
  work: (target: MediaTarget) => Promise<RoundFigures>,
): Promise<RoundFigures> {
  const bare = await startHelper(peer, z.object({ url: z.string() }));
  try {
    const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
    const { url } = await bare.ask({
      workers,
      consumersPerRouter,
      ...(workerBin === undefined ? {} : { workerBin }),
    });
    return await work({ mediaUrl: url, pid: bare.pid, token: 'none' });
  } finally {
    await bare.stop();
  }
}

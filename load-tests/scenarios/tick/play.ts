import { type Crowd, startCrowd } from '../../crowd/crowd.ts';
import { atMost, exactly } from '../../report/check.ts';
import { median, round2 } from '../../report/median.ts';
import type { Stores, World } from '../../world/world.ts';
import { signTokens } from '../acts/sign-tokens.ts';
import { startHubContender } from '../chat-fanout/contender.ts';
import { type Measured, measure } from '../chat-fanout/measure.ts';
import { hubWishes } from '../hub-wishes.ts';
import { inWorld } from '../in-world.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import type { TickParams } from './tick.ts';

const TICKS_PER_SECOND = 20;
const MAX_COST_RATIO = 1.5;
const WARM_UP_SECONDS = 1;

interface Step {
  readonly viewers: number;
  readonly few: Measured[];
  readonly many: Measured[];
}

/** For each number of viewers one node with one show, which gets few and many messages in turn. */
export async function playTick(
  params: TickParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return inWorld(context, { ...hubWishes, stores }, async (world) => {
    const steps: Step[] = [];
    for (const viewers of params.viewers.split(',').map(Number))
      steps.push(await playStep(world, viewers, params, context));
    return report(steps, params);
  });
}

async function playStep(
  world: World,
  viewers: number,
  params: TickParams,
  { progress, signal }: ScenarioContext,
): Promise<Step> {
  const step: Step = { viewers, few: [], many: [] };
  const hub = await startHubContender(world);
  const crowd: Crowd = await startCrowd(params.processes);
  try {
    progress.step(`letting ${viewers} viewers in`);
    await crowd.join(hub.target, await signTokens(world, viewers));
    const play = (perTick: number, seconds: number): Promise<Measured> => {
      const pace = { perSecond: perTick * TICKS_PER_SECOND, seconds, textBytes: params.textBytes };
      return measure(hub, crowd, { viewers, pace });
    };
    await play(params.perTick * params.factor, WARM_UP_SECONDS);
    for (let round = 1; round <= params.rounds; round += 1) {
      signal.throwIfAborted();
      progress.step(`${viewers} viewers, round ${round} of ${params.rounds}`);
      step.few.push(await play(params.perTick, params.seconds));
      step.many.push(await play(params.perTick * params.factor, params.seconds));
    }
    return step;
  } finally {
    await crowd.stop();
    await hub.stop();
  }
}

function report(steps: readonly Step[], { perTick, factor }: TickParams): Outcome {
  const told = steps.map((step) => ({
    viewers: step.viewers,
    costRatio: round2(coresOf(step.many) / coresOf(step.few)),
    [`coresAt${perTick}PerTick`]: round2(coresOf(step.few)),
    [`coresAt${perTick * factor}PerTick`]: round2(coresOf(step.many)),
    microsPerDelivery: round2(median(step.few.map(microsPerDelivery))),
    microsPerDeliveryOfMany: round2(median(step.many.map(microsPerDelivery))),
    machineIdleShare: round2(median(step.many.map(({ idleShare }) => idleShare))),
  }));
  const missing = steps
    .flatMap(({ few, many }) => [...few, ...many])
    .reduce((sum, { expected, deliveries }) => sum + expected - deliveries, 0);
  return {
    results: { steps: told, missing },
    checks: [
      exactly('missing', missing, 0),
      ...told.map(({ viewers, costRatio }) =>
        atMost(`costRatio with ${viewers} viewers`, costRatio, MAX_COST_RATIO),
      ),
    ],
  };
}

const coresOf = (rounds: readonly Measured[]): number =>
  median(rounds.map(({ serverCpuSeconds, seconds }) => serverCpuSeconds / seconds));

const microsPerDelivery = ({ serverCpuSeconds, deliveries }: Measured): number =>
  (serverCpuSeconds * 1e6) / deliveries;

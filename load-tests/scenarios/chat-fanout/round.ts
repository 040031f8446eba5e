import { setTimeout as pause } from 'node:timers/promises';
import { type Crowd, startCrowd } from '../../crowd/crowd.ts';
import { percentilesOf } from '../../crowd/histogram.ts';
import type { Verdict } from '../../crowd/judge.ts';
import type { Percentiles } from '../../report/percentiles.ts';
import { readKeptBytes } from '../../world/kept-memory.ts';
import { readMachineSeconds, readTreeCpuSeconds } from '../../world/process-tree.ts';
import type { Contender } from './contender.ts';
import type { Pace } from './messages.ts';

export interface RoundPlan {
  readonly tokens: readonly string[];
  readonly processes: number;
  readonly pace: Pace;
  readonly warmUpSeconds: number;
}

export interface RoundFigures {
  readonly viewers: number;
  readonly deliveries: number;
  readonly expected: number;
  /** From the first message to the last delivery. */
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  /** The largest share of a core that one process of viewers took. */
  readonly busiestClientShare: number;
  readonly idleShare: number;
  readonly deliveryMs: Percentiles;
  readonly bytesPerConnection: number;
  readonly verdict: Verdict;
}

/** These come before the memory is looked at for the first time, so that what grows once does not count. */
const FIRST_SHARE = 0.1;
const SETTLE_MS = 500;
const LOOK_EVERY_MS = 200;
/** Without any delivery for so long nothing more will come. */
const STALLED_MS = 3_000;

/** Lets viewers come to one server, says the messages, and waits until all were delivered or nothing comes any more. */
export async function playRound(contender: Contender, plan: RoundPlan): Promise<RoundFigures> {
  const crowd = await startCrowd(plan.processes);
  try {
    const bytesPerConnection = await joinAll(contender, crowd, plan.tokens);
    const warmUp = { ...plan.pace, seconds: plan.warmUpSeconds };
    const early = await contender.play(warmUp);
    await drain(crowd, early.length * plan.tokens.length);
    await crowd.reset();
    return { ...(await measure(contender, crowd, plan, early)), bytesPerConnection };
  } finally {
    await crowd.stop();
  }
}

async function joinAll({ pid, target }: Contender, crowd: Crowd, tokens: readonly string[]): Promise<number> {
  const first = Math.ceil(tokens.length * FIRST_SHARE);
  await crowd.join(target, tokens.slice(0, first));
  await pause(SETTLE_MS);
  const before = await readKeptBytes(pid);
  await crowd.join(target, tokens.slice(first));
  await pause(SETTLE_MS);
  return ((await readKeptBytes(pid)) - before) / Math.max(1, tokens.length - first);
}

async function measure(
  contender: Contender,
  crowd: Crowd,
  { tokens, pace }: RoundPlan,
  early: readonly string[],
): Promise<Omit<RoundFigures, 'bytesPerConnection'>> {
  const read = () => ({
    at: performance.now(),
    server: readTreeCpuSeconds(contender.pid),
    clients: crowd.pids.map(readTreeCpuSeconds),
    machine: readMachineSeconds(),
  });
  const before = read();
  const ids = await contender.play(pace);
  const expected = ids.length * tokens.length;
  await drain(crowd, expected);
  const after = read();
  const seconds = (after.at - before.at) / 1_000;
  const busy = after.machine.busy - before.machine.busy;
  const idle = after.machine.idle - before.machine.idle;
  const counts = await crowd.count();
  return {
    viewers: tokens.length,
    deliveries: counts.deliveries,
    expected,
    seconds,
    serverCpuSeconds: after.server - before.server,
    busiestClientShare: Math.max(
      ...after.clients.map((cpu, index) => (cpu - (before.clients[index] ?? 0)) / seconds),
    ),
    idleShare: idle / (busy + idle),
    deliveryMs: percentilesOf([counts.deliveryMs]),
    verdict: await crowd.judge([...early, ...ids], { fold: false }),
  };
}

async function drain(crowd: Crowd, expected: number): Promise<void> {
  let seen = (await crowd.count()).deliveries;
  let progressAt = performance.now();
  while (seen < expected && performance.now() - progressAt < STALLED_MS) {
    await pause(LOOK_EVERY_MS);
    const { deliveries } = await crowd.count();
    if (deliveries > seen) progressAt = performance.now();
    seen = deliveries;
  }
}

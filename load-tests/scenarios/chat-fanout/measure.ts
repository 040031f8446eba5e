import { setTimeout as pause } from 'node:timers/promises';
import type { Crowd } from '../../crowd/crowd.ts';
import { percentilesOf } from '../../crowd/histogram.ts';
import type { Percentiles } from '../../report/percentiles.ts';
import { readMachineSeconds, readTreeCpuSeconds } from '../../world/process-tree.ts';
import type { Contender } from './contender.ts';
import type { Pace } from './messages.ts';

export interface Measured {
  /** Ids of what was said, oldest first. */
  readonly ids: readonly string[];
  readonly deliveries: number;
  readonly expected: number;
  /** From the first message to the last delivery. */
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  /** The largest share of a core that one process of viewers took. */
  readonly busiestClientShare: number;
  readonly idleShare: number;
  readonly deliveryMs: Percentiles;
}

const LOOK_EVERY_MS = 100;
/** Without any delivery for so long nothing more will come. */
const STALLED_MS = 5_000;

/** Says messages to the crowd of a server, and waits until all were delivered or nothing comes any more. */
export async function measure(
  contender: Contender,
  crowd: Crowd,
  { viewers, pace }: { readonly viewers: number; readonly pace: Pace },
): Promise<Measured> {
  await crowd.reset();
  const read = () => ({
    at: performance.now(),
    server: readTreeCpuSeconds(contender.pid),
    clients: crowd.pids.map(readTreeCpuSeconds),
    machine: readMachineSeconds(),
  });
  const before = read();
  const ids = await contender.play(pace);
  const expected = ids.length * viewers;
  await drain(crowd, expected);
  const after = read();
  const seconds = (after.at - before.at) / 1_000;
  const busy = after.machine.busy - before.machine.busy;
  const idle = after.machine.idle - before.machine.idle;
  const counts = await crowd.count();
  return {
    ids,
    deliveries: counts.deliveries,
    expected,
    seconds,
    serverCpuSeconds: after.server - before.server,
    busiestClientShare: Math.max(
      ...after.clients.map((cpu, index) => (cpu - (before.clients[index] ?? 0)) / seconds),
    ),
    idleShare: idle / (busy + idle),
    deliveryMs: percentilesOf([counts.deliveryMs]),
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

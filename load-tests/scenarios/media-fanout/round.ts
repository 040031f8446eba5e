import { setTimeout as pause } from 'node:timers/promises';
import { startPublisherBot } from '../../clients/publisher-bot.ts';
import { startWatcherCrowd, type WatcherCrowd } from '../../clients/watcher-crowd.ts';
import { readMachineSeconds, readTreeCpuSeconds } from '../../world/process-tree.ts';

/** A server that speaks the media API, and the process whose tree carries it. */
export interface MediaTarget {
  readonly mediaUrl: string;
  readonly pid: number;
  readonly token: string;
}

export interface RoundPlan {
  readonly viewers: number;
  readonly seconds: number;
  readonly videoBitrateBps: number;
}

export interface RoundFigures {
  readonly packets: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly serverCpuSeconds: number;
  readonly botsCpuSeconds: number;
  /** Part of all cores that nobody used. */
  readonly idleShare: number;
  /** Bots that got nothing at all. */
  readonly silent: number;
}

/** Until estimates and jitter have settled after the last join. */
const SETTLE_MS = 2_000;
const CHANGE_EVERY_MS = 1_000;

/** One publisher and that many watchers at one server; while it is measured, watchers come and go and figures are asked for. */
export async function playRound(target: MediaTarget, plan: RoundPlan): Promise<RoundFigures> {
  const publisher = await startPublisherBot({
    ...target,
    width: 640,
    height: 360,
    framesPerSecond: 30,
    videoBitrateBps: plan.videoBitrateBps,
  });
  try {
    const crowd = await startWatcherCrowd({ ...target, size: plan.viewers });
    try {
      await crowd.join(plan.viewers);
      await pause(SETTLE_MS);
      return await measure(target, crowd, plan, () => publisher.readStats());
    } finally {
      await crowd.stop();
    }
  } finally {
    await publisher.leave();
  }
}

async function measure(
  { pid }: MediaTarget,
  crowd: WatcherCrowd,
  { seconds }: RoundPlan,
  readStats: () => Promise<void>,
): Promise<RoundFigures> {
  const read = async () => ({
    ...(await crowd.count()),
    at: performance.now(),
    server: readTreeCpuSeconds(pid),
    botsCpu: crowd.pids.reduce((sum, bot) => sum + readTreeCpuSeconds(bot), 0),
    machine: readMachineSeconds(),
  });
  const before = await read();
  const until = before.at + seconds * 1_000;
  while (performance.now() < until) {
    await crowd.change();
    await readStats();
    // A whole pause, also the last time: who has come must have been able to receive something.
    await pause(CHANGE_EVERY_MS);
  }
  const after = await read();
  const busy = after.machine.busy - before.machine.busy;
  const idle = after.machine.idle - before.machine.idle;
  return {
    packets: after.packets - before.packets,
    bytes: after.bytes - before.bytes,
    seconds: (after.at - before.at) / 1_000,
    serverCpuSeconds: after.server - before.server,
    botsCpuSeconds: after.botsCpu - before.botsCpu,
    idleShare: idle / (busy + idle),
    silent: after.silent,
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { type Crowd, startCrowd } from '../../crowd/crowd.ts';
import type { Verdict } from '../../crowd/judge.ts';
import { readKeptBytes } from '../../world/kept-memory.ts';
import type { Contender } from './contender.ts';
import { type Measured, measure } from './measure.ts';
import type { Pace } from './messages.ts';

export interface RoundPlan {
  readonly tokens: readonly string[];
  readonly processes: number;
  readonly pace: Pace;
  readonly warmUpSeconds: number;
}

export interface RoundFigures extends Measured {
  readonly bytesPerConnection: number;
  readonly verdict: Verdict;
}

/** These come before the memory is looked at for the first time, so that what grows once does not count. */
const FIRST_SHARE = 0.1;
const SETTLE_MS = 500;

/** Lets viewers come to one server, and measures what it takes to bring them all messages. */
export async function playRound(contender: Contender, plan: RoundPlan): Promise<RoundFigures> {
  const { tokens, pace } = plan;
  const viewers = tokens.length;
  const crowd = await startCrowd(plan.processes);
  try {
    const bytesPerConnection = await joinAll(contender, crowd, tokens);
    const warmUp = { ...pace, seconds: plan.warmUpSeconds };
    const early = await measure(contender, crowd, { viewers, pace: warmUp });
    const measured = await measure(contender, crowd, { viewers, pace });
    const verdict = await crowd.judge([...early.ids, ...measured.ids], { fold: false });
    return { ...measured, bytesPerConnection, verdict };
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

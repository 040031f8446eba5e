import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playReconnect, type ReconnectPlan } from './play.ts';

export const reconnectStormParamsSchema = z.object({
  viewers: z.coerce.number().int().min(1).max(15_000).default(5_000),
  /** Processes that carry the viewers. */
  processes: z.coerce.number().int().min(1).max(64).default(2),
  talkers: z.coerce.number().int().min(1).max(500).default(10),
  talkEveryMs: z.coerce.number().int().min(1_000).max(60_000).default(1_250),
  pinEveryMs: z.coerce.number().int().min(50).max(60_000).default(1_000),
  /** Before the kill, and after everybody is back. */
  calmSeconds: z.coerce.number().min(0).max(600).default(5),
});
export type ReconnectStormParams = z.output<typeof reconnectStormParamsSchema>;

const MAX_BACK_IN_SYNC_MS = 5_000;
/** Until every viewer has seen that its connection is gone. */
const DEATH_MS = 1_000;

/** Runs the storm on stores of its own, or on the given empty ones. */
export function runReconnectStorm(
  params: ReconnectStormParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  const disturb: ReconnectPlan['disturb'] = async (_crowd, { first }, { progress, signal }) => {
    progress.step('killing the node that everybody is connected to');
    process.kill(first.pid, 'SIGKILL');
    await pause(DEATH_MS, undefined, { signal });
  };
  return playReconnect({ ...params, maxBackInSyncMs: MAX_BACK_IN_SYNC_MS, disturb }, context, stores);
}

export const reconnectStorm = createScenario({
  name: 'reconnect-storm',
  summary: 'A hub node is killed, and all its viewers come back to another one while commands keep coming.',
  params: reconnectStormParamsSchema,
  run: (params, context) => runReconnectStorm(params, context),
});

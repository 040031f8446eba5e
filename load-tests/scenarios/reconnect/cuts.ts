import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playReconnect, type ReconnectPlan } from './play.ts';
import { reconnectStormParamsSchema } from './reconnect-storm.ts';

export const cutsParamsSchema = reconnectStormParamsSchema.extend({
  viewers: z.coerce.number().int().min(1).max(15_000).default(1_000),
  /** Share of the connections that is cut each time. */
  share: z.coerce.number().min(0).max(1).default(0.15),
  everyMs: z.coerce.number().int().min(50).max(60_000).default(1_000),
  seconds: z.coerce.number().min(1).max(600).default(60),
});
export type CutsParams = z.output<typeof cutsParamsSchema>;

/** Runs the cuts on stores of its own, or on the given empty ones. */
export function runCuts(params: CutsParams, context: ScenarioContext, stores?: Stores): Promise<Outcome> {
  const disturb: ReconnectPlan['disturb'] = async (crowd, _nodes, { progress, signal }) => {
    progress.step(`cutting ${params.share} of all connections every ${params.everyMs} ms`);
    const until = performance.now() + params.seconds * 1_000;
    while (performance.now() < until) {
      await crowd.cut(params.share);
      await pause(params.everyMs, undefined, { signal });
    }
  };
  return playReconnect({ ...params, maxBackInSyncMs: undefined, disturb }, context, stores);
}

export const cuts = createScenario({
  name: 'cuts',
  summary: 'A share of all connections to the hub is cut again and again; everybody ends on the same state.',
  params: cutsParamsSchema,
  run: (params, context) => runCuts(params, context),
});

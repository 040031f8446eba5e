import os from 'node:os';
import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playMediaFanout } from './play.ts';

const count = (usual: number) => z.coerce.number().int().min(1).max(10_000).default(usual);

export const mediaFanoutParamsSchema = z.object({
  /** Viewers of each step, separated by commas. */
  viewers: z
    .string()
    .regex(/^\d{1,4}(,\d{1,4})*$/)
    .default('50,100,200'),
  /** Rounds of each step at each server, in turn; the medians count. */
  rounds: z.coerce.number().int().min(1).max(20).default(5),
  /** How long a round is measured. */
  seconds: z.coerce.number().min(1).max(600).default(8),
  videoBitrateBps: z.coerce.number().int().min(50_000).max(20_000_000).default(600_000),
  /** SFU workers of both servers. */
  workers: z.coerce.number().int().min(1).max(128).default(os.availableParallelism()),
  /** Consumers on the first router before the others get some, at both servers. */
  consumersPerRouter: count(100),
});
export type MediaFanoutParams = z.output<typeof mediaFanoutParamsSchema>;

/** Runs the fan-out on stores of its own, or on the given empty ones. */
export function runMediaFanout(
  params: MediaFanoutParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return playMediaFanout(params, context, stores);
}

export const mediaFanout = createScenario({
  name: 'media-fanout',
  summary: 'One picture to many viewers by WebRTC, against bare mediasoup under the same load.',
  params: mediaFanoutParamsSchema,
  run: (params, context) => runMediaFanout(params, context),
});

import { z } from 'zod';
import { inWorld } from '../scenarios/in-world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenarios/scenario.ts';
import type { Stores } from '../world/world.ts';
import { playFuzz } from './play.ts';

export const fuzzParamsSchema = z.object({
  calls: z.coerce.number().int().min(1).max(10_000_000).default(100_000),
  /** The same seed asks the same questions; what is answered also depends on who comes first. */
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  /** Requests at once. */
  lanes: z.coerce.number().int().min(1).max(200).default(12),
  /** After so many calls a fresh show is put on air and the shelves are filled. */
  tendEvery: z.coerce.number().int().min(10).max(100_000).default(400),
  /** Multiplies the rate limits, since all of this comes from one address. */
  rateLimitFactor: z.coerce.number().int().min(1).max(1_000_000).default(100_000),
});
export type FuzzParams = z.output<typeof fuzzParamsSchema>;

/** Runs the fuzz in a world of its own, or on the given empty stores. */
export function runFuzz(params: FuzzParams, context: ScenarioContext, stores?: Stores): Promise<Outcome> {
  const { rateLimitFactor } = params;
  // The review hook of the run is on this machine.
  const env = { REVIEW_HOOK_ALLOW_PRIVATE: '1' };
  return inWorld(context, { rateLimitFactor, env, stores }, (world) => playFuzz(world, params, context));
}

export const fuzz = createScenario({
  name: 'fuzz',
  summary: 'Every operation of the API’s description, by every role, well and badly asked.',
  params: fuzzParamsSchema,
  run: (params, context) => runFuzz(params, context),
});

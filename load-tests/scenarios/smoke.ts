import { z } from 'zod';
import type { Stores } from '../world/world.ts';
import { inWorld } from './in-world.ts';
import { createScenario, type Outcome, type ScenarioContext } from './scenario.ts';
import { playSmoke } from './smoke-play.ts';

const count = (usual: number) => z.coerce.number().int().min(1).max(100_000).default(usual);

export const smokeParamsSchema = z.object({
  /** Bots that receive the picture by WebRTC. */
  watchers: count(20),
  /** Guests on the hub. */
  clients: count(200),
  /** Those of the guests who talk, one message each per 2 s. */
  talkers: count(20),
  /** Those of the guests who want a unit of the sale, one each. */
  buyers: count(80),
  /** Units in the sale. */
  units: count(50),
  /** How long the show goes on once everybody is there. */
  seconds: count(30),
  /** Multiplies the rate limits, since all of this comes from one address. */
  rateLimitFactor: count(1_000),
});
export type SmokeParams = z.output<typeof smokeParamsSchema>;

/** Runs the smoke scenario in a world of its own, or on the given empty stores. */
export function runSmoke(params: SmokeParams, context: ScenarioContext, stores?: Stores): Promise<Outcome> {
  const { rateLimitFactor } = params;
  return inWorld(context, { rateLimitFactor, stores }, (world) => playSmoke(world, params, context));
}

export const smoke = createScenario({
  name: 'smoke',
  summary: 'One show with everything in it: a host, viewers, chat, and a flash sale to the last unit.',
  params: smokeParamsSchema,
  run: (params, context) => runSmoke(params, context),
});

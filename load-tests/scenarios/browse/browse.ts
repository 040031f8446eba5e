import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { inWorld } from '../in-world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playBrowse } from './play.ts';

const count = (usual: number) => z.coerce.number().int().min(1).max(100_000).default(usual);

export const browseParamsSchema = z.object({
  /** Products in the catalogue, one variant each. */
  products: count(10_000),
  /** Shows on air, which the visitors are spread over. */
  shows: z.coerce.number().int().min(1).max(200).default(20),
  /** Products in the line-up of each show, drawn from the whole catalogue. */
  lineup: z.coerce.number().int().min(1).max(50).default(20),
  /** People with a token who look around. */
  visitors: count(1_000),
  requestsPerSecond: count(500),
  seconds: z.coerce.number().min(0.1).max(600).default(20),
  connections: z.coerce.number().int().min(1).max(1_000).default(200),
  /** The same load beforehand, unmeasured. */
  warmUpSeconds: z.coerce.number().min(0.1).max(60).default(5),
  /** Multiplies the rate limits, since all of this comes from one address. */
  rateLimitFactor: count(1_000),
});
export type BrowseParams = z.output<typeof browseParamsSchema>;

/** Runs the visitors in a world of their own, or on the given empty stores. */
export function runBrowse(params: BrowseParams, context: ScenarioContext, stores?: Stores): Promise<Outcome> {
  const { rateLimitFactor } = params;
  return inWorld(context, { rateLimitFactor, services: ['commerce', 'workers'], stores }, (world) =>
    playBrowse(world, params, context),
  );
}

export const browse = createScenario({
  name: 'browse',
  summary: 'Visitors on the pages of shows and products of a large catalogue, at a steady rate.',
  params: browseParamsSchema,
  run: (params, context) => runBrowse(params, context),
});

import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { inWorld } from '../in-world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playFlashSale } from './play.ts';

const count = (usual: number) => z.coerce.number().int().min(1).max(100_000).default(usual);

export const flashSaleParamsSchema = z.object({
  /** Each wants one unit, once. */
  buyers: count(20_000),
  /** Units in the sale. */
  units: count(500),
  /** The buyers arrive evenly over this time, answered or not. */
  arrivalSeconds: z.coerce.number().min(0.1).max(600).default(5),
  /** Keep-alive connections that they share. */
  connections: z.coerce.number().int().min(1).max(1_000).default(1_000),
  /** Buyers of another sale beforehand, so that neither side is measured cold. */
  warmUpBuyers: count(3_000),
  /** Multiplies the rate limits, since all of this comes from one address. */
  rateLimitFactor: count(1_000),
});
export type FlashSaleParams = z.output<typeof flashSaleParamsSchema>;

/** Runs the flash sale in a world of its own, or on the given empty stores. */
export function runFlashSale(
  params: FlashSaleParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  const { rateLimitFactor } = params;
  return inWorld(context, { rateLimitFactor, services: ['commerce', 'workers'], stores }, (world) =>
    playFlashSale(world, params, context),
  );
}

export const flashSale = createScenario({
  name: 'flash-sale',
  summary:
    'Many buyers at once for few units, over the public API, against a bare route with the same script.',
  params: flashSaleParamsSchema,
  run: (params, context) => runFlashSale(params, context),
});

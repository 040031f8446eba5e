import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playCheckout } from './play.ts';

const count = (usual: number) => z.coerce.number().int().min(1).max(100_000).default(usual);

export const checkoutParamsSchema = z.object({
  /** Claims of one round, in process. */
  claims: count(1_000),
  /** Rounds of each kind, in turn; the medians count. */
  rounds: z.coerce.number().int().min(1).max(20).default(3),
  /** Connections that the claims share. */
  connections: z.coerce.number().int().min(1).max(100).default(20),
  /** Variants of the claims that are spread out. */
  variants: z.coerce.number().int().min(1).max(1_000).default(100),
  /** People who buy end to end, each one order after the other. */
  buyers: z.coerce.number().int().min(1).max(1_000).default(20),
  /** How long they buy. */
  seconds: z.coerce.number().min(0.1).max(600).default(20),
  /** How long the house is left alone before and after: jobs end, and what polls alone cost is counted. */
  quietSeconds: z.coerce.number().min(0.1).max(60).default(2),
  /** Multiplies the rate limits, since all of this comes from one address. */
  rateLimitFactor: count(1_000),
});
export type CheckoutParams = z.output<typeof checkoutParamsSchema>;

/** Runs the checkout on stores of its own, or on the given empty ones. */
export function runCheckout(
  params: CheckoutParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return playCheckout(params, context, stores);
}

export const checkout = createScenario({
  name: 'checkout',
  summary: 'The claim against its bare statement, and whole purchases from the hold to the payment.',
  params: checkoutParamsSchema,
  run: (params, context) => runCheckout(params, context),
});

import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playHubFuzz } from './play.ts';

export const hubFuzzParamsSchema = z.object({
  seed: z.coerce.number().int().min(0).default(1),
  messages: z.coerce.number().int().min(100).max(10_000_000).default(100_000),
  /** Connections at a time. */
  lanes: z.coerce.number().int().min(1).max(500).default(20),
  /** Messages of a connection, unless it is cut before. */
  perConnection: z.coerce.number().int().min(1).max(1_000).default(60),
});
export type HubFuzzParams = z.output<typeof hubFuzzParamsSchema>;

/** Runs the fuzz on stores of its own, or on the given empty ones. */
export function runHubFuzz(
  params: HubFuzzParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return playHubFuzz(params, context, stores);
}

export const hubFuzz = createScenario({
  name: 'hub-fuzz',
  summary: 'Malformed frames and payloads for the hub: it stays up, keeps nothing, and writes nothing.',
  params: hubFuzzParamsSchema,
  run: (params, context) => runHubFuzz(params, context),
});

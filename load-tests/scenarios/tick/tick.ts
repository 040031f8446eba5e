import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playTick } from './play.ts';

const count = (usual: number, max: number) => z.coerce.number().int().min(1).max(max).default(usual);

export const tickParamsSchema = z.object({
  /** Viewers of each step, separated by commas. */
  viewers: z
    .string()
    .regex(/^\d{1,5}(,\d{1,5})*$/)
    .default('100,1000,5000'),
  /** Messages that fall into one tick of 50 ms, at first. */
  perTick: count(1, 50),
  /** By how much that is multiplied then. */
  factor: count(5, 50),
  /** Rounds of each of the two, in turn; the medians count. */
  rounds: count(3, 20),
  seconds: z.coerce.number().min(1).max(600).default(8),
  textBytes: z.coerce.number().int().min(8).max(500).default(60),
  /** Processes that carry the viewers. */
  processes: count(2, 64),
});
export type TickParams = z.output<typeof tickParamsSchema>;

/** Runs the steps on stores of its own, or on the given empty ones. */
export function runTick(params: TickParams, context: ScenarioContext, stores?: Stores): Promise<Outcome> {
  return playTick(params, context, stores);
}

export const tick = createScenario({
  name: 'tick',
  summary: 'What a hub node takes of the processor when more messages fall into a tick.',
  params: tickParamsSchema,
  run: (params, context) => runTick(params, context),
});

import { z } from 'zod';
import type { Stores } from '../../world/world.ts';
import { createScenario, type Outcome, type ScenarioContext } from '../scenario.ts';
import { playChatFanout } from './play.ts';

const count = (usual: number, max: number) => z.coerce.number().int().min(1).max(max).default(usual);

export const chatFanoutParamsSchema = z.object({
  steadyViewers: count(5_000, 15_000),
  steadyPerSecond: count(20, 1_000),
  burstViewers: count(1_000, 15_000),
  burstPerSecond: count(200, 1_000),
  /** Loads to play, separated by commas. */
  loads: z
    .string()
    .regex(/^(steady|burst)(,(steady|burst))?$/)
    .default('steady,burst'),
  /** Rounds of each load at each server, in turn; the medians count. */
  rounds: count(3, 20),
  /** How often a server is tried again, at most, when rounds of it do not count. */
  repeats: z.coerce.number().int().min(0).max(20).default(4),
  /** For how long messages are said. */
  seconds: z.coerce.number().min(1).max(600).default(10),
  warmUpSeconds: z.coerce.number().min(0.1).max(60).default(2),
  /** Length of a message's text. */
  textBytes: z.coerce.number().int().min(8).max(500).default(60),
  /** Processes that carry the viewers. */
  processes: count(2, 64),
});
export type ChatFanoutParams = z.output<typeof chatFanoutParamsSchema>;

/** Runs the fan-out on stores of its own, or on the given empty ones. */
export function runChatFanout(
  params: ChatFanoutParams,
  context: ScenarioContext,
  stores?: Stores,
): Promise<Outcome> {
  return playChatFanout(params, context, stores);
}

export const chatFanout = createScenario({
  name: 'chat-fanout',
  summary: 'One chat to many viewers of one hub node, against other servers under the same load.',
  params: chatFanoutParamsSchema,
  run: (params, context) => runChatFanout(params, context),
});

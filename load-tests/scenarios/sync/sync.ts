import { z } from 'zod';
import { createScenario } from '../scenario.ts';
import { playSync } from './play.ts';

export const syncParamsSchema = z.object({
  width: z.coerce.number().int().min(160).max(1_920).default(640),
  height: z.coerce.number().int().min(90).max(1_080).default(360),
  framesPerSecond: z.coerce.number().int().min(5).max(60).default(30),
  /** Pins of each way. */
  pins: z.coerce.number().int().min(1).max(10_000).default(105),
  /** Between two pins at least; each pause is longer by chance, by up to as much again. */
  everyMs: z.coerce.number().int().min(100).max(10_000).default(200),
  /** How often the page with the wrong clock tells an instant. */
  clockPresses: z.coerce.number().int().min(1).max(1_000).default(20),
  /** How long each way settles before it counts. */
  settleSeconds: z.coerce.number().min(0).max(60).default(6),
});
export type SyncParams = z.output<typeof syncParamsSchema>;

export const sync = createScenario({
  name: 'sync',
  summary: 'Whether a pin comes on the page with the picture of its instant, by a clock in the picture.',
  params: syncParamsSchema,
  run: playSync,
});

import { z } from 'zod';
import { createScenario } from '../scenario.ts';
import { playGlassToGlass } from './play.ts';

export const glassToGlassParamsSchema = z.object({
  width: z.coerce.number().int().min(160).max(1_920).default(640),
  height: z.coerce.number().int().min(90).max(1_080).default(360),
  framesPerSecond: z.coerce.number().int().min(5).max(60).default(30),
  /** How long each way is watched in a round. */
  seconds: z.coerce.number().min(1).max(600).default(10),
  /** Rounds of all ways in turn. */
  rounds: z.coerce.number().int().min(1).max(20).default(3),
  /** How long each way settles before it counts. */
  settleSeconds: z.coerce.number().min(0).max(60).default(5),
});
export type GlassToGlassParams = z.output<typeof glassToGlassParamsSchema>;

export const glassToGlass = createScenario({
  name: 'glass-to-glass',
  summary:
    'From the host’s camera to the viewer’s screen, by a clock in the picture; against a browser that calls itself.',
  params: glassToGlassParamsSchema,
  run: playGlassToGlass,
});

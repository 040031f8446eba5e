import { z } from 'zod';
import { createScenario } from '../scenario.ts';
import { playJoin } from './play.ts';

export const joinParamsSchema = z.object({
  /** Bots that watch already. */
  viewers: z.coerce.number().int().min(0).max(2_000).default(50),
  /** Pages that join, one after the other. */
  joins: z.coerce.number().int().min(1).max(1_000).default(30),
});
export type JoinParams = z.output<typeof joinParamsSchema>;

export const join = createScenario({
  name: 'join',
  summary: 'How long a viewer’s page takes from asking for the media to its first picture.',
  params: joinParamsSchema,
  run: playJoin,
});

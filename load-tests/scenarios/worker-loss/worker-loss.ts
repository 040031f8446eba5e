import { z } from 'zod';
import { createScenario } from '../scenario.ts';
import { playWorkerLoss } from './play.ts';

export const workerLossParamsSchema = z.object({
  /** Viewers in all; `pages` of them are real pages. */
  viewers: z.coerce.number().int().min(1).max(2_000).default(50),
  pages: z.coerce.number().int().min(1).max(20).default(4),
  /** Workers that are killed, one after the other. */
  kills: z.coerce.number().int().min(1).max(50).default(6),
});
export type WorkerLossParams = z.output<typeof workerLossParamsSchema>;

export const workerLoss = createScenario({
  name: 'worker-loss',
  summary:
    'Kills the SFU worker that carries a show, and times until the viewers’ pages have their picture back.',
  params: workerLossParamsSchema,
  run: playWorkerLoss,
});

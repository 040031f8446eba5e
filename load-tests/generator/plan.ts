import { z } from 'zod';

const requestSchema = z.object({
  /** Requests of one kind are measured together. */
  kind: z.string(),
  method: z.enum(['GET', 'POST']),
  path: z.string(),
  token: z.string().optional(),
  /** JSON. */
  body: z.string().optional(),
});
export type PlannedRequest = z.infer<typeof requestSchema>;

export const planSchema = z.object({
  host: z.string(),
  port: z.int(),
  /** Keep-alive connections, all open before the first request. */
  connections: z.int().min(1),
  /** The requests arrive evenly over this time, whether or not earlier ones are answered; 0: all at once. */
  durationMs: z.number().min(0),
  /** How long after the last arrival an answer is waited for. */
  patienceMs: z.number().min(0),
  requests: z.array(requestSchema).min(1),
});
export type OpenLoopPlan = z.infer<typeof planSchema>;

export const loadResultSchema = z.object({
  /** Milliseconds from the scheduled instant to the end of the answer, by kind and outcome (`200`, `409 SOLD_OUT`). */
  samples: z.array(z.object({ kind: z.string(), outcome: z.string(), latenciesMs: z.array(z.number()) })),
  /** Requests without an answer: the connection broke, or patience ended. */
  unanswered: z.int(),
  /** From the first scheduled instant to the last answer. */
  elapsedMs: z.number(),
  /** How late the generator itself was, p99: time from the scheduled instant until it looked at the request. */
  lagP99Ms: z.number(),
  /** Processor seconds of the generator. */
  cpuSeconds: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

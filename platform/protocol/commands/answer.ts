import { z } from 'zod';
import { type ErrorBody, errorBodySchema } from '../error-codes.ts';

/** How every command is answered, over HTTP and over the hub. */
export type Answer<Data> = { ok: true; data: Data } | { ok: false; error: ErrorBody };

/** The schema of an answer that carries this data, or an error. */
export function answerSchema<Data extends z.ZodType>(data: Data) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), data }),
    z.strictObject({ ok: z.literal(false), error: errorBodySchema }),
  ]);
}

import { z } from 'zod';

/** The schema of an answer that went well, by its status. */
export const answerOf = <Data extends z.ZodType>(data: Data) => ({
  200: z.object({ ok: z.literal(true), data }),
});

export const nothing = z.strictObject({});

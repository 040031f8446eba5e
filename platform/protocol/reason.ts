import { z } from 'zod';
import { limits } from './limits.ts';

/** Why the staff does something: free words for the record, which may be left out. */
export const reasonSchema = z.string().trim().max(limits.reasonLength).default('');

/** The body of a command that says nothing but why; it may be left out as a whole. */
export const optionalReasonSchema = z
  .strictObject({ reason: reasonSchema })
  .nullish()
  .transform((given) => given ?? { reason: '' });

import { z } from 'zod';

/** A cursor is what the page before gave back; opaque to callers. */
export const cursorSchema = z.string().regex(/^[\w-]{1,200}$/);

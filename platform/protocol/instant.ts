import { z } from 'zod';

/** The end of the year 9999. Dates reach further (ECMA-262, 21.4.1.1), but neither PostgreSQL nor ISO 8601 writes them in four digits. */
export const LAST_INSTANT_MS = Date.UTC(10_000, 0, 1) - 1;

/** Unix milliseconds. */
export const instantSchema = z.int().min(0).max(LAST_INSTANT_MS);

/** The same in a query, where everything is text. */
export const instantInQuerySchema = z.coerce.number().pipe(instantSchema);

import { z } from 'zod';

const countsSchema = z.record(z.string().max(64), z.int().min(0));

/** Counts of a show: absolute values, at most 4 per second each, not kept. Each part is left out when it did not change. */
export const levelsSchema = z.strictObject({
  viewers: z.int().min(0).optional(),
  /** Sale id → units that nobody holds or has bought yet. */
  unitsLeft: countsSchema.optional(),
  /** Variant id → units that can be bought at the ordinary price. */
  stock: countsSchema.optional(),
  /** Emoji → reactions since the frame before. */
  reactions: countsSchema.optional(),
});
export type Levels = z.infer<typeof levelsSchema>;

/** Newer levels laid over older ones; reactions are not kept. Counts that are not named stay the very same object. */
export function mergeLevels(older: Levels, newer: Levels): Levels {
  const viewers = newer.viewers ?? older.viewers;
  return {
    ...(viewers === undefined ? {} : { viewers }),
    unitsLeft: mergeCounts(older.unitsLeft, newer.unitsLeft),
    stock: mergeCounts(older.stock, newer.stock),
  };
}

type Counts = Record<string, number>;

function mergeCounts(older: Counts = {}, newer: Counts | undefined): Counts {
  return newer === undefined ? older : { ...older, ...newer };
}

/** The least time between two values of one level. */
export const LEVEL_INTERVAL_MS = 250;

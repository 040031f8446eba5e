import { entryIdSchema } from '@souk/protocol/timeline/entries';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import type { Logger } from '@souk/runtime/logger';
import { z } from 'zod';

/** The state of a show up to `state.lastId`, of one epoch. */
export interface Snapshot {
  readonly epoch: string;
  readonly state: ShowState;
}

/** As it lies in Redis, a hash. */
const keptSchema = z.object({ epoch: z.string(), upTo: entryIdSchema, state: z.string() });
const stateSchema = z.record(z.string(), z.unknown());

/** The JSON of a state. Orders are left out: each buyer has them from commerce, and they only ever grow. */
export function encodeState(state: ShowState): string {
  return JSON.stringify({ ...state, orders: {} });
}

/**
 * The snapshot of this epoch; undefined when there is none, or only one of another epoch. What a former version did
 * not know yet is as in an empty show. A malformed one is logged.
 */
export function decodeSnapshot(
  kept: Record<string, string>,
  epoch: string,
  logger: Logger,
): Snapshot | undefined {
  if (kept['epoch'] !== epoch) return undefined;
  try {
    const { upTo, state } = keptSchema.parse(kept);
    return { epoch, state: { ...emptyShowState, ...stateSchema.parse(JSON.parse(state)), lastId: upTo } };
  } catch (err) {
    logger.error({ event: 'malformed-snapshot', err });
    return undefined;
  }
}

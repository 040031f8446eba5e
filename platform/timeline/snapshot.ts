import { entryIdSchema } from '@souk/protocol/timeline/entries';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import type { Logger } from '@souk/runtime/logger';
import { z } from 'zod';

/** The state of a show up to `state.lastId`, of one epoch. */
export interface Snapshot {
  readonly epoch: string;
  readonly state: ShowState;
}

const snapshotSchema = z.object({
  epoch: z.string(),
  state: z.custom<Partial<ShowState>>(
    (value) => z.looseObject({ lastId: entryIdSchema }).safeParse(value).success,
  ),
});

/** As it lies in Redis. Orders are left out: each buyer has them from commerce, and they only ever grow. */
export function encodeSnapshot({ epoch, state }: Snapshot): string {
  return JSON.stringify({ epoch, state: { ...state, orders: {} } });
}

/**
 * The snapshot of this epoch; undefined when there is none, or only one of another epoch. What a former version did
 * not know yet is as in an empty show. A malformed one is logged.
 */
export function decodeSnapshot(text: string | null, epoch: string, logger: Logger): Snapshot | undefined {
  if (text === null) return undefined;
  try {
    const snapshot = snapshotSchema.parse(JSON.parse(text));
    if (snapshot.epoch !== epoch) return undefined;
    return { epoch, state: { ...emptyShowState, ...snapshot.state } };
  } catch (err) {
    logger.error({ event: 'malformed-snapshot', err });
    return undefined;
  }
}

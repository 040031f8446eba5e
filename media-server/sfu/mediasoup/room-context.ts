import type { StreamId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { types } from 'mediasoup';
import type { Ending } from '../ending.ts';
import type { LinkEndReason } from '../sfu-backend.ts';
import type { Census } from './census.ts';
import type { SentRate } from './sent-rate.ts';
import type { StreamTable } from './stream-table.ts';
import type { Seat } from './worker-pool.ts';

/** How long things may take; the usual times where left out. */
export interface RoomTiming {
  /** How long a router stays without a link. */
  readonly idleMs: number;
  readonly connectTimeoutMs?: number;
  readonly silenceTimeoutMs?: number;
}

/** What all routers of a room share. */
export interface RoomParts {
  readonly census: Census;
  readonly logger: Logger;
  readonly streams: StreamTable;
  /** What is sent to those who watch. */
  readonly sentRate: SentRate;
  readonly timing: RoomTiming;
}

/** What the links of one router share. */
export interface RoomContext extends RoomParts {
  readonly router: types.Router;
  readonly seat: Seat;
  /** The tracks of a stream, once they can be consumed from this router; none when there is no such stream. Throws AppError UNAVAILABLE. */
  bring(streamId: StreamId): Promise<types.Producer[]>;
  /** Makes the router the owner of a link: when the router ends, so does the link. */
  adopt(ending: Ending<LinkEndReason>): void;
}

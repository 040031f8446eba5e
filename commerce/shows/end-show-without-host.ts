import type { ShowId, StreamId } from '@souk/protocol/ids';
import type { StreamState } from '@souk/protocol/timeline/state';
import type { Timeline } from '@souk/timeline/timeline';
import { type Database, inTransaction } from '../db/database.ts';
import type { ShowLifecycle } from './show-lifecycle.ts';
import { lockShow } from './show-repository.ts';

export type EndShowWithoutHost = (gone: { showId: ShowId; streamId: StreamId | null }) => Promise<void>;

/**
 * Ends a live show whose last stream is still the one that stopped; does nothing when the host has come back.
 * `streamId` is null for a show that went live and may never have had a stream.
 */
export function createEndShowWithoutHost(deps: {
  db: Database;
  timeline: Timeline;
  lifecycle: ShowLifecycle;
}): EndShowWithoutHost {
  const { db, timeline, lifecycle } = deps;
  return async ({ showId, streamId }) => {
    const loaded = await timeline.loadState(showId);
    if (!isGone(loaded?.state.stream ?? { kind: 'none' }, streamId)) return;
    await inTransaction(db, async (tx) => {
      const show = await lockShow(tx, showId);
      if (show.status === 'live') await lifecycle.endWithin(tx, show, { reason: 'host-gone' });
    });
  };
}

function isGone(stream: StreamState, streamId: StreamId | null): boolean {
  return streamId === null ? stream.kind === 'none' : stream.kind === 'gap' && stream.streamId === streamId;
}

import type { ShowId, StreamId } from '@souk/protocol/ids';
import { BEGINNING } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type StreamState } from '@souk/protocol/timeline/state';
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
    const stream = await readStream(timeline, showId);
    if (!isGone(stream, streamId)) return;
    await inTransaction(db, async (tx) => {
      const show = await lockShow(tx, showId);
      if (show.status === 'live') await lifecycle.endWithin(tx, show, { reason: 'host-gone' });
    });
  };
}

async function readStream(timeline: Timeline, showId: ShowId): Promise<StreamState> {
  let state = emptyShowState;
  for await (const page of timeline.readAll(showId, BEGINNING)) state = foldShow(page, state);
  return state.stream;
}

function isGone(stream: StreamState, streamId: StreamId | null): boolean {
  return streamId === null ? stream.kind === 'none' : stream.kind === 'gap' && stream.streamId === streamId;
}

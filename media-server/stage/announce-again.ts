import type { OnAir } from './on-air.ts';
import type { ShowFollower } from './show-follower.ts';
import type { StreamAnnouncer } from './stream-announcer.ts';

/** Tells a show of its picture once more when its timeline was lost and began anew: nobody else knows of it. */
export function announceAgain(deps: {
  readonly shows: Pick<ShowFollower, 'onRestored'>;
  readonly onAir: Pick<OnAir, 'findOf'>;
  readonly announcer: Pick<StreamAnnouncer, 'started'>;
}): void {
  const { shows, onAir, announcer } = deps;
  shows.onRestored((showId, { stream: told }, epoch) => {
    const stream = onAir.findOf(showId);
    if (stream?.since === undefined) return;
    const { streamId, kinds, source, clockOffsetMs } = stream;
    const isTold = told.kind === 'on' && told.streamId === streamId;
    if (!isTold) announcer.started(showId, streamId, kinds, source, { epoch, clockOffsetMs });
  });
}

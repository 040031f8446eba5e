import { emptyShowState } from '@souk/protocol/timeline/state';
import type { Logger } from '@souk/runtime/logger';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import type { Timeline } from '@souk/timeline/timeline';
import type { StreamAnnouncer } from './stream-announcer.ts';

/**
 * Run before anybody can publish here: streams that are still on in the timelines were carried by a process that is
 * gone. Their shows are told, so that pages wait for the host, and hosts publish again.
 */
export async function closeOrphanedStreams(deps: {
  readonly directory: ShowDirectory;
  readonly timeline: Timeline;
  readonly announcer: StreamAnnouncer;
  readonly logger: Logger;
}): Promise<void> {
  const { directory, timeline, announcer, logger } = deps;
  for (const showId of await directory.list()) {
    const { status, stream } = (await timeline.loadState(showId))?.state ?? emptyShowState;
    if (status === 'ended' || stream.kind !== 'on') continue;
    logger.info({ event: 'orphaned-stream', showId, streamId: stream.streamId });
    announcer.stopped(showId, stream.streamId, 'media-server-restarted');
  }
  await announcer.settled();
}

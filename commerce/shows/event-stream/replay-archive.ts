import type { ReadTimeline } from '../read-timeline.ts';
import { formatEntry } from './format-events.ts';
import type { Sink } from './sink.ts';
import type { StreamRequest } from './stream-timeline.ts';

export interface Replay {
  readonly readTimeline: ReadTimeline;
  readonly request: Pick<StreamRequest, 'caller' | 'showId'>;
  readonly sink: Sink;
  readonly first: Awaited<ReturnType<ReadTimeline>>;
}

/** Streams page after page, each when the one before was taken, and then the end. */
export async function replayArchive({ readTimeline, request, sink, first }: Replay): Promise<void> {
  const { caller, showId } = request;
  for (let page = first; ; ) {
    const { epoch, entries, hasMore } = page;
    sink.write(entries.map((entry) => formatEntry(epoch, entry)).join(''));
    await sink.drained();
    const last = entries.at(-1);
    if (!hasMore || last === undefined || sink.isClosed) break;
    page = await readTimeline(caller, showId, { epoch, after: last.id });
  }
  sink.end('show-ended');
}

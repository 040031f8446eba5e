import type { ShowId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { useEffect, useState } from 'react';
import { api } from '../../api/session.ts';
import { createReplayFold, knownEntries, type ReplayFold } from './replay-fold.ts';

export interface ReplayTimeline {
  readonly fold: ReplayFold;
  /** Pins and sales, for the marks of the scrubber. Another list whenever more has been loaded. */
  readonly moments: readonly Entry[];
}

/** Loads the timeline of a show page by page; what is there already can be used meanwhile. */
export function useReplayTimeline(showId: ShowId): ReplayTimeline {
  const [timeline, setTimeline] = useState<ReplayTimeline>(() => ({ fold: createReplayFold(), moments: [] }));
  useEffect(() => {
    const abort = new AbortController();
    let fold = createReplayFold();
    let moments: Entry[] = [];
    const load = async (): Promise<void> => {
      let after: { after: string; epoch: string } | undefined;
      do {
        const page = await api.call(
          'timeline:read',
          { params: { showId }, query: { ...after } },
          { signal: abort.signal },
        );
        if (after !== undefined && after.epoch !== page.epoch) {
          // The timeline was lost meanwhile, and this is another one from its beginning.
          fold = createReplayFold();
          moments = [];
        }
        const entries = knownEntries(page.entries);
        fold.add(entries);
        moments.push(...entries.filter(({ type }) => type === 'product:pinned' || type === 'sale:started'));
        setTimeline({ fold, moments: [...moments] });
        const last = page.entries.at(-1);
        after = page.hasMore && last !== undefined ? { after: last.id, epoch: page.epoch } : undefined;
      } while (after !== undefined && !abort.signal.aborted);
    };
    // Without its chat and pins a replay is still worth watching.
    load().catch(() => undefined);
    return () => abort.abort();
  }, [showId]);
  return timeline;
}

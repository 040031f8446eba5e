import { setTimeout as delay } from 'node:timers/promises';
import type { JobQueues } from '@souk/jobs/queues';
import type { ShowId, StreamId } from '@souk/protocol/ids';
import {
  createEntry,
  type EntryData,
  type NewEntry,
  type StreamSource,
} from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Timeline } from '@souk/timeline/timeline';
import type { MediaKind } from '../sfu/sfu-backend.ts';

export type StreamStopReason = EntryData<'stream:stopped'>['reason'];

export interface StartedMore {
  /** Names a timeline that has lost what it was told. */
  readonly epoch?: string;
  /** Server clock minus that of the frames' capture times, milliseconds. */
  readonly clockOffsetMs?: number | undefined;
}

export interface StreamAnnouncer {
  /** Tells the show that a picture comes; once more where an `epoch` is named. */
  started(
    showId: ShowId,
    streamId: StreamId,
    kinds: readonly MediaKind[],
    source: StreamSource,
    more?: StartedMore,
  ): void;
  /** Tells the show that the clock of its picture is known better: server clock minus that of the capture times. */
  clockCorrected(showId: ShowId, streamId: StreamId, clockOffsetMs: number): void;
  /** Tells the show that the picture is gone; unless it ended, the host has some minutes to come back. */
  stopped(showId: ShowId, streamId: StreamId, reason: StreamStopReason): void;
  /** Resolves when everything so far has been told, or given up. */
  settled(): Promise<void>;
}

export interface StreamAnnouncerDeps {
  readonly timeline: Pick<Timeline, 'append'>;
  readonly jobs: Pick<JobQueues, 'enqueue'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a live show waits for its host. */
  readonly hostGoneMs: number;
}

/** Pauses between tries: together as long as a Redis restart takes. */
const RETRY_DELAYS_MS = [100, 300, 1_000, 3_000, 5_000];

/** Writes the coming and going of streams into the timelines, in order for each show, once each. */
export function createStreamAnnouncer(deps: StreamAnnouncerDeps): StreamAnnouncer {
  const { timeline, jobs, clock, logger, hostGoneMs } = deps;
  const chains = new Map<ShowId, Promise<void>>();

  const inOrder = (showId: ShowId, work: () => Promise<void>): void => {
    const turn = (chains.get(showId) ?? Promise.resolve()).then(work);
    chains.set(showId, turn);
    void turn.then(() => {
      if (chains.get(showId) === turn) chains.delete(showId);
    });
  };
  const insist = async (event: string, showId: ShowId, work: () => Promise<unknown>): Promise<void> => {
    for (const [attempt, delayMs] of [...RETRY_DELAYS_MS, undefined].entries()) {
      try {
        await work();
        return;
      } catch (err) {
        logger[delayMs === undefined ? 'error' : 'warn']({ event, showId, attempt, err });
        if (delayMs !== undefined) await delay(delayMs);
      }
    }
  };
  const append = (showId: ShowId, dedupeKey: string, entry: NewEntry): Promise<void> =>
    insist('stream-not-announced', showId, () =>
      timeline.append(showId, entry, { dedupeKey, mustExist: true }),
    );

  return {
    started(showId, streamId, kinds, source, { epoch, clockOffsetMs } = {}) {
      const offset = clockOffsetMs === undefined ? {} : { clockOffsetMs };
      const data = { streamId, kinds: [...kinds], source, ...offset };
      const entry = createEntry('stream:started', clock.now(), data);
      const dedupeKey = epoch === undefined ? `${streamId}:started` : `${streamId}:started:${epoch}`;
      inOrder(showId, () => append(showId, dedupeKey, entry));
    },
    clockCorrected(showId, streamId, clockOffsetMs) {
      const now = clock.now();
      const entry = createEntry('stream:clock-corrected', now, { streamId, clockOffsetMs });
      inOrder(showId, () => append(showId, `${streamId}:clock:${now}`, entry));
    },
    stopped(showId, streamId, reason) {
      const entry = createEntry('stream:stopped', clock.now(), { streamId, reason });
      inOrder(showId, async () => {
        await append(showId, `${streamId}:stopped`, entry);
        if (reason === 'show-ended') return;
        const options = { jobId: `${showId}:${streamId}`, delayMs: hostGoneMs };
        await insist('host-gone-not-scheduled', showId, () =>
          jobs.enqueue('show-host-gone', { showId, streamId }, options),
        );
      });
    },
    async settled() {
      await Promise.all(chains.values());
    },
  };
}

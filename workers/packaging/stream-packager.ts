import type { AiredStream } from '@souk/protocol/http/internal';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { type Run, type RunEndReason, startRun } from './ffmpeg/run.ts';
import { planRun, type RunPlan } from './ffmpeg/run-plan.ts';
import { findStart, type RunStart } from './ffmpeg/run-start.ts';
import type { PackagingMetrics } from './packaging-metrics.ts';
import type { TrackFeed } from './rtp/track-feed.ts';
import type { ShowShelf } from './show-shelf.ts';
import { createStreamTaps, type StreamTaps } from './stream-taps.ts';
import { createStreamTime, type StreamTime } from './stream-time.ts';
import type { TapClient } from './tap-client.ts';

/** Packages one stream for as long as it runs: one ffmpeg after the other, each from where the last one ended. */
export interface StreamPackager {
  /** Tells what the stream is made of now. */
  update(stream: AiredStream): void;
  /** Resolves when all is written. Idempotent. */
  stop(): Promise<void>;
}

export interface StreamPackagerDeps {
  readonly taps: TapClient;
  readonly shelf: ShowShelf;
  readonly metrics: PackagingMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

const LOOK_EVERY_MS = 50;
const CHECK_EVERY_MS = 500;
/** Tracks that the board tells of have come by then, or are left out for now. */
const TRACKS_PATIENCE_MS = 2_500;
/** No run has begun for so long, although packets come: something is wrong with the taps. */
const BEGINNING_PATIENCE_MS = 8_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** A run that lasted so long was no failure to begin with. */
const STEADY_MS = 5_000;

/** Begins to package a stream. */
export function startStreamPackager(stream: AiredStream, deps: StreamPackagerDeps): StreamPackager {
  const { shelf, metrics, clock, logger } = deps;
  const { streamId, showId } = stream;
  const taps = createStreamTaps(stream, deps);
  const time = createStreamTime();
  let { clockOffsetMs } = stream;
  let isStopping = false;
  let run: Run | undefined;
  let wake: () => void = () => undefined;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const findBeginning = async (): Promise<{ plan: RunPlan; start: RunStart } | undefined> => {
    let since = clock.now();
    while (!isStopping) {
      const [pictures, sound] = taps.alive();
      // Patience begins with the first packet: before it, there is nothing to wait for.
      if (pictures.length === 0 && sound === undefined) since = clock.now();
      const found = findRun(taps, time, {
        waitedMs: clock.now() - since,
        notBeforeMs: Math.min(shelf.publishedUntilMs, clock.now()),
        clockOffsetMs,
      });
      if (found !== undefined) return found;
      if (clock.now() - since > BEGINNING_PATIENCE_MS) {
        const waitsFor = describeWait([...pictures, ...(sound === undefined ? [] : [sound])]);
        logger.warn({ event: 'packaging-not-begun', showId, streamId, waitsFor });
        taps.renew();
      }
      await pause(LOOK_EVERY_MS);
    }
    return undefined;
  };
  const runOnce = async (): Promise<RunEndReason> => {
    const found = await findBeginning();
    if (found === undefined) return 'stopped';
    const { plan, start } = found;
    taps.noteRun();
    const files = shelf.openRun(streamId, start.originMs, new Set(plan.outputs.map(({ slot }) => slot)));
    run = await startRun({
      ...found,
      time,
      clock,
      onInit: files.putInit,
      onSegment: (slot, segment) => {
        metrics.noteSegment(clock.now() - segment.startMs - segment.durationMs);
        files.putSegment(slot, segment);
      },
    });
    if (isStopping) run.stop('stopped');
    const current = run;
    const watch = setInterval(() => {
      if (!isSameSet(plan.inputs, planRun(...taps.alive())?.inputs ?? [])) current.stop('format-changed');
      else if (time.isOutdated(clockOffsetMs)) current.stop('clock-corrected');
    }, CHECK_EVERY_MS);
    const { reason, detail } = await current.ended;
    clearInterval(watch);
    if (reason !== 'stopped') {
      metrics.noteRestart(reason);
      logger.info({ event: 'packaging-run-ended', showId, streamId, reason, detail });
    }
    if (reason === 'no-key-frames') taps.renew();
    return reason;
  };
  const work = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!isStopping) {
      const startedAt = clock.now();
      const reason = await runOnce().catch((err: unknown) => {
        logger.error({ event: 'packaging-run-failed', showId, streamId, err });
        return 'ffmpeg-ended' as const;
      });
      if (reason === 'format-changed' || reason === 'clock-corrected' || clock.now() - startedAt > STEADY_MS)
        pauseMs = FIRST_PAUSE_MS;
      if (!isStopping) await pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  };
  const working = work();
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    isStopping = true;
    wake();
    run?.stop('stopped');
    await working;
    taps.close();
    await shelf.settled();
  };
  return {
    update(next) {
      clockOffsetMs = next.clockOffsetMs;
      taps.update(next);
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function findRun(
  taps: StreamTaps,
  time: StreamTime,
  {
    waitedMs,
    notBeforeMs,
    clockOffsetMs,
  }: { waitedMs: number; notBeforeMs: number; clockOffsetMs: number | null },
): { plan: RunPlan; start: RunStart } | undefined {
  const [pictures, sound] = taps.alive();
  if (!taps.isComplete() && waitedMs < TRACKS_PATIENCE_MS) return undefined;
  const plan = planRun(pictures, sound);
  if (plan === undefined || !time.isSettled(plan.inputs, waitedMs)) return undefined;
  time.settle(plan.inputs, clockOffsetMs);
  const start = findStart(plan, time, notBeforeMs);
  return start === undefined ? undefined : { plan, start };
}

/** What there is of each track that arrives. */
function describeWait(feeds: readonly TrackFeed[]): object[] {
  return feeds.map((feed) => ({
    codec: feed.codec,
    packets: feed.recent().length,
    keyFrames: feed.recent().filter(({ beginsKeyFrame }) => beginsKeyFrame).length,
    delayMs: feed.clock.delayMs ?? null,
  }));
}

function isSameSet(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index]);
}

import { ApiError } from '../../api/api-error.ts';
import { type BackoffBounds, joinBackoff } from '../backoff.ts';
import { createDeviceLoader } from '../device-loader.ts';
import { createLifeline, type LifelineState } from '../lifeline.ts';
import type { MediaApi } from '../media-api.ts';
import { readCaptureTime } from './capture-time.ts';
import type { ReceiveSample } from './reception.ts';
import { silenceBounds } from './silence-watch.ts';
import { joinAsWatcher, type WatchConnection } from './watch-join.ts';
import type { WatchWish } from './watch-wish.ts';

/** What the viewer's picture is doing, for the page to put into words. */
export type WatchState = 'connecting' | 'playing' | 'waiting-for-host' | 'reconnecting' | 'failed';

export interface LiveTierOptions {
  readonly api: MediaApi;
  /** What is wanted when a connection begins. */
  readonly wish: () => WatchWish;
  /** True while another way brings the picture: then this one tries again in its own time. */
  readonly isSpare: () => boolean;
  /** `error` is the last refusal, where there was one. */
  onState(state: WatchState, error?: unknown): void;
}

/** The picture by WebRTC: less than a second behind the host. */
export interface LiveTier {
  /** Shows the stream in this element, now and after each new join; null detaches. */
  attach(video: HTMLVideoElement | null): void;
  /** Told by the page when the timeline names another stream; null when the stream has stopped. */
  streamChanged(streamId: string | null): void;
  want(wish: WatchWish): void;
  /** Tries again at once. */
  retry(): void;
  /** Undefined while there is no connection. */
  sample(): Promise<ReceiveSample | undefined>;
  /**
   * When a frame that is shown was captured, server wall-clock milliseconds. `hostClockOffsetMs`: server clock minus
   * the host's, where the host told it.
   */
  capturedAt(frame: VideoFrameCallbackMetadata, hostClockOffsetMs: number | undefined): number | undefined;
  /** Told of frames on screen, now and then. */
  noteShown(frame: VideoFrameCallbackMetadata): void;
  /** Leaves for good. */
  close(): void;
}

/** When nobody told us of a stream, we look ourselves about this often. */
const IDLE_RETRY_MS = 20_000;
/** A new stream brings all its viewers within this span. */
const RENEW_SPREAD_MS = 300;
/** How often a way that was blocked is tried again while another one brings the picture. */
const spareBackoff: BackoffBounds = { firstMs: 20_000, longestMs: 120_000 };

const watchStates: Record<LifelineState, WatchState> = {
  connecting: 'connecting',
  up: 'playing',
  idle: 'waiting-for-host',
  reconnecting: 'reconnecting',
  failed: 'failed',
};

/** Keeps a viewer in the picture of one show, through losses, restarts and new streams of the host. */
export function createLiveTier({ api, wish, isSpare, onState }: LiveTierOptions): LiveTier {
  const getDevice = createDeviceLoader(api);
  let video: HTMLVideoElement | null = null;
  let current: WatchConnection | undefined;
  /** The signal of the join that is under way. */
  let joining: AbortSignal | undefined;
  /** The newest stream that the timeline named: `undefined` until it spoke. */
  let announced: string | null | undefined;
  let announcedWhileJoining = false;
  let { recoverMs } = silenceBounds;

  const join = async (signal: AbortSignal): Promise<WatchConnection> => {
    joining = signal;
    announcedWhileJoining = false;
    try {
      return await joinAsWatcher(api, await getDevice(signal), { wish: wish(), recoverMs }, signal);
    } finally {
      joining = undefined;
    }
  };
  const notePatience = (connection: WatchConnection): void => {
    // A host whose own network stands still is silent for everybody: then thousands must not join over and over.
    void connection.lost.then((reason) => {
      if (reason === 'silent') recoverMs = Math.min(recoverMs * 2, silenceBounds.longestRecoverMs);
    });
    void connection.flowing.then(() => {
      recoverMs = silenceBounds.recoverMs;
    });
  };
  const connect = async (signal: AbortSignal): Promise<WatchConnection | 'nothing'> => {
    current = undefined;
    try {
      current = await join(signal);
    } catch (error) {
      // A stream that the timeline names is about to be there again: that is worth trying soon.
      if (isNotPublished(error) && !announced) return 'nothing';
      throw error;
    }
    notePatience(current);
    if (announcedWhileJoining && announced !== current.streamId) lifeline.renew();
    else if (video !== null) show(video, current.media);
    return current;
  };

  const lifeline = createLifeline({
    connect,
    onState: (state, error) => onState(watchStates[state], error),
    get backoff() {
      return isSpare() ? spareBackoff : joinBackoff;
    },
    idleRetryMs: IDLE_RETRY_MS,
    renewSpreadMs: RENEW_SPREAD_MS,
    random: Math.random,
  });

  return {
    attach: (element) => {
      if (video !== null && video !== element) video.srcObject = null;
      video = element;
      if (video !== null && current !== undefined) show(video, current.media);
    },
    streamChanged: (streamId) => {
      if (streamId === announced) return;
      announced = streamId;
      if (streamId === null) lifeline.rest();
      // A join that was given up already does not bring it; it only has not ended yet.
      else if (joining?.aborted === false) announcedWhileJoining = true;
      else if (streamId !== current?.streamId) lifeline.renew();
    },
    want: (next) => current?.want(next),
    retry: () => lifeline.renew(),
    sample: async () => current?.sample(),
    capturedAt: ({ rtpTimestamp }, offsetMs) =>
      readCaptureTime(current?.pictureReceiver, rtpTimestamp, offsetMs),
    noteShown: (frame) => current?.noteShown(frame),
    close: () => {
      lifeline.close();
      if (video !== null) video.srcObject = null;
    },
  };
}

function show(video: HTMLVideoElement, media: MediaStream): void {
  if (video.srcObject === media) return;
  video.srcObject = media;
  // A browser that refuses to start sound by itself starts when the viewer unmutes.
  video.play().catch(() => undefined);
}

function isNotPublished(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'STREAM_NOT_PUBLISHED';
}

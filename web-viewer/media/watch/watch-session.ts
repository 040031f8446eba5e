import type { MediaTicket } from '@souk/protocol/http/media';
import { createMediaApi } from '../media-api.ts';
import { createTicketKeeper, type RefreshTicket } from '../media-ticket.ts';
import { onNetworkChange } from '../network-change.ts';
import { whenFirstFrame } from './first-frame.ts';
import { type FrameWatch, watchFrames } from './frame-watch.ts';
import { createHlsTier, type HlsState } from './hls-tier.ts';
import { createLiveTier, type WatchState } from './live-tier.ts';
import { describeReception, type ReceiveSample, type Reception } from './reception.ts';
import type { WatchWish } from './watch-wish.ts';

/** `webrtc` is less than a second behind the host, `hls` some seconds. */
export type WatchTier = 'webrtc' | 'hls';

export interface WatchPicture {
  readonly state: WatchState;
  readonly tier: WatchTier;
}

export interface WatchSessionOptions {
  readonly ticket: MediaTicket;
  readonly refreshTicket: RefreshTicket;
  readonly wish: WatchWish;
  onPicture(picture: WatchPicture): void;
  /**
   * Told of a frame on screen now and then, or of each: when it was captured, server wall-clock milliseconds, where the
   * tier tells it, and how long ago it came on screen, milliseconds.
   */
  onFrame(capturedAt: number, agoMs: number): void;
}

/** One element for each tier, so that a change from one to the other shows no gap. */
export type WatchSurfaces = Readonly<Record<WatchTier, HTMLVideoElement | null>>;

export interface WatchSession {
  attach(surfaces: WatchSurfaces): void;
  /**
   * Told by the page when the timeline names another stream; null when the stream has stopped. `hostClockOffsetMs`:
   * server clock minus the host's, where the host told it.
   */
  streamChanged(streamId: string | null, hostClockOffsetMs?: number): void;
  /** Asks for what is wanted from now on. */
  want(wish: WatchWish): void;
  /** Whether `onFrame` shall be told of each frame; at first it is told now and then. */
  watchClosely(isClose: boolean): void;
  /** What arrives now; null until there is something to tell. */
  reception(): Promise<Reception | null>;
  /** Server wall-clock milliseconds at which the picture on screen was captured, where the tier tells it. */
  shownAt(): number | undefined;
  /** Leaves for good. */
  close(): void;
}

/** How long a viewer waits for a picture by WebRTC before the page takes the slower way. */
export const FALLBACK_AFTER_MS = 5_000;

/** Brings the picture of a show by the fastest way that this network and browser carry, and keeps it there. */
export function createWatchSession(options: WatchSessionOptions): WatchSession {
  const api = createMediaApi(createTicketKeeper(options.ticket, options.refreshTicket));
  let { wish } = options;
  let surfaces: WatchSurfaces = { webrtc: null, hls: null };
  let live: WatchState = 'connecting';
  let hls: HlsState = 'off';
  /** The slower way has brought a picture, and nothing faster has since. */
  let isOnHls = false;
  let hasStream = true;
  let fallback: ReturnType<typeof setTimeout> | undefined;
  let before: ReceiveSample | undefined;
  let hostClockOffsetMs: number | undefined;
  let frames: FrameWatch[] = [];
  let isClose = false;

  const tell = (): void => {
    if (isOnHls) options.onPicture({ tier: 'hls', state: hlsPictureState(hls, hasStream) });
    else options.onPicture({ tier: 'webrtc', state: live });
  };
  const hlsTier = createHlsTier({
    api,
    quality: () => wish.quality,
    onState: (state) => {
      hls = state;
      if (state === 'playing') isOnHls = true;
      tell();
    },
  });
  const disarm = (): void => {
    clearTimeout(fallback);
    fallback = undefined;
  };
  const returnToLive = (): void => {
    if (live !== 'playing') return;
    isOnHls = false;
    hlsTier.stop();
    tell();
  };
  const onLive = (state: WatchState, error?: unknown): void => {
    live = state;
    if (state === 'playing') {
      disarm();
      if (hls === 'off') tell();
      else void whenFirstFrame(surfaces.webrtc).then(returnToLive);
      return;
    }
    if (state === 'failed' && isUnsupported(error)) hlsTier.start();
    else if (state === 'connecting' || state === 'reconnecting') {
      fallback ??= setTimeout(() => hlsTier.start(), FALLBACK_AFTER_MS);
    } else disarm();
    tell();
  };
  // Another network may carry the direct path.
  const stopNetwork = onNetworkChange(() => {
    if (isOnHls) liveTier.retry();
  });
  const liveTier = createLiveTier({ api, wish: () => wish, isSpare: () => isOnHls, onState: onLive });

  const watchSurface = (tier: WatchTier, video: HTMLVideoElement | null): FrameWatch[] => {
    if (video === null) return [];
    const watch = watchFrames(video, (frame) => {
      if (isOnHls !== (tier === 'hls')) return;
      if (!isOnHls) liveTier.noteShown(frame);
      const capturedAt = isOnHls
        ? hlsTier.player()?.capturedAt(frame.mediaTime)
        : liveTier.capturedAt(frame, hostClockOffsetMs);
      const agoMs = Math.max(0, performance.now() - frame.presentationTime);
      if (capturedAt !== undefined) options.onFrame(capturedAt, agoMs);
    });
    watch.watchClosely(isClose);
    return [watch];
  };
  const unwatchFrames = (): void => {
    for (const watch of frames) watch.stop();
  };

  return {
    attach: (next) => {
      surfaces = next;
      unwatchFrames();
      frames = [...watchSurface('webrtc', next.webrtc), ...watchSurface('hls', next.hls)];
      liveTier.attach(next.webrtc);
      hlsTier.attach(next.hls);
    },
    streamChanged: (streamId, offsetMs) => {
      hasStream = streamId !== null;
      hostClockOffsetMs = offsetMs;
      liveTier.streamChanged(streamId);
      tell();
    },
    want: (next) => {
      if (next.quality !== wish.quality) hlsTier.setQuality(next.quality);
      wish = next;
      liveTier.want(next);
    },
    watchClosely: (next) => {
      isClose = next;
      for (const watch of frames) watch.watchClosely(next);
    },
    reception: async () => {
      if (isOnHls) return hlsReception(hlsTier.player()?.level());
      const after = await liveTier.sample();
      const reception = before && after ? describeReception(before, after) : null;
      before = after;
      return reception;
    },
    shownAt: () => (isOnHls ? hlsTier.player()?.shownAt() : undefined),
    close: () => {
      disarm();
      unwatchFrames();
      stopNetwork();
      hlsTier.stop();
      liveTier.close();
    },
  };
}

function hlsPictureState(state: HlsState, hasStream: boolean): WatchState {
  if (state === 'playing') return 'playing';
  return hasStream ? 'reconnecting' : 'waiting-for-host';
}

function hlsReception(level: { bitrateBps: number; height: number } | undefined): Reception | null {
  if (level === undefined) return null;
  return { ...level, framesPerSecond: 0, lossRatio: null, roundTripMs: null };
}

function isUnsupported(error: unknown): boolean {
  return error instanceof Error && error.name === 'UnsupportedError';
}

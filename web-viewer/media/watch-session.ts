import type { MediaTicket } from '@souk/protocol/http/media';
import { ApiError } from '../api/api-error.ts';
import { joinBackoff } from './backoff.ts';
import { createDeviceLoader } from './device-loader.ts';
import { createLifeline, type LifelineState } from './lifeline.ts';
import { createMediaApi } from './media-api.ts';
import { createTicketKeeper, type RefreshTicket } from './media-ticket.ts';
import { joinAsWatcher, type WatchConnection } from './watch-join.ts';

/** What the viewer's picture is doing, for the page to put into words. */
export type WatchState = 'connecting' | 'playing' | 'waiting-for-host' | 'reconnecting' | 'failed';

export interface WatchSessionOptions {
  readonly ticket: MediaTicket;
  readonly refreshTicket: RefreshTicket;
  /** `error` is the last refusal, where there was one. */
  onState(state: WatchState, error?: unknown): void;
}

export interface WatchSession {
  /** Shows the stream in this element, now and after each new join; null detaches. */
  attach(video: HTMLVideoElement | null): void;
  /** Told by the page when the timeline names another stream; null when the stream has stopped. */
  streamChanged(streamId: string | null): void;
  /** Leaves for good. */
  close(): void;
}

/** When nobody told us of a stream, we look ourselves about this often. */
const IDLE_RETRY_MS = 20_000;

const watchStates: Record<LifelineState, WatchState> = {
  connecting: 'connecting',
  up: 'playing',
  idle: 'waiting-for-host',
  reconnecting: 'reconnecting',
  failed: 'failed',
};

/** Keeps a viewer in the picture of one show, through losses, restarts and new streams of the host. */
export function createWatchSession({ ticket, refreshTicket, onState }: WatchSessionOptions): WatchSession {
  const api = createMediaApi(createTicketKeeper(ticket, refreshTicket));
  const getDevice = createDeviceLoader(api);
  let video: HTMLVideoElement | null = null;
  let current: WatchConnection | undefined;
  /** The signal of the join that is under way. */
  let joining: AbortSignal | undefined;
  /** The newest stream that the timeline named: `undefined` until it spoke. */
  let announced: string | null | undefined;
  let announcedWhileJoining = false;

  const join = async (signal: AbortSignal): Promise<WatchConnection> => {
    joining = signal;
    announcedWhileJoining = false;
    try {
      return await joinAsWatcher(api, await getDevice(signal), signal);
    } finally {
      joining = undefined;
    }
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
    if (announcedWhileJoining && announced !== current.streamId) lifeline.renew();
    else if (video !== null) show(video, current.media);
    return current;
  };

  const lifeline = createLifeline({
    connect,
    onState: (state, error) => onState(watchStates[state], error),
    backoff: joinBackoff,
    idleRetryMs: IDLE_RETRY_MS,
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

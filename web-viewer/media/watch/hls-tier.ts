import { backoffMs, joinBackoff } from '../backoff.ts';
import { createHlsPlayer, type HlsPlayer } from '../hls/hls-player.ts';
import { whenThere } from '../hls/when-there.ts';
import type { MediaApi } from '../media-api.ts';
import type { Quality } from './watch-wish.ts';

export type HlsState = 'off' | 'starting' | 'playing' | 'stalled';

export interface HlsTierOptions {
  readonly api: Pick<MediaApi, 'hls'>;
  readonly quality: () => Quality;
  onState(state: HlsState): void;
}

/** The picture by HLS: some seconds behind the host, through any network that carries web pages. */
export interface HlsTier {
  attach(video: HTMLVideoElement | null): void;
  start(): void;
  stop(): void;
  setQuality(quality: Quality): void;
  player(): HlsPlayer | undefined;
}

/** A picture that stands for so long does not go on by itself: the player is begun anew. */
export const STUCK_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

/** Starts and stops the picture by HLS, and starts it anew after each fault until it is stopped. */
export function createHlsTier({ api, quality, onState }: HlsTierOptions): HlsTier {
  let video: HTMLVideoElement | null = null;
  let running: AbortController | undefined;
  let player: HlsPlayer | undefined;
  let failures = 0;
  let watch: ReturnType<typeof setInterval> | undefined;

  const onPlaying = (): void => {
    failures = 0;
    if (running !== undefined) onState('playing');
  };
  const onWaiting = (): void => {
    if (running !== undefined && player !== undefined) onState('stalled');
  };
  const drop = (): void => {
    clearInterval(watch);
    player?.destroy();
    player = undefined;
  };
  /** A player tells of its own faults, but not of a stream that has stopped growing. */
  const watchProgress = (element: HTMLVideoElement, signal: AbortSignal): void => {
    let place = element.currentTime;
    let movedAt = performance.now();
    watch = setInterval(() => {
      if (element.currentTime !== place || element.paused) {
        place = element.currentTime;
        movedAt = performance.now();
      } else if (performance.now() - movedAt > STUCK_AFTER_MS) again(signal);
    }, LOOK_EVERY_MS);
  };
  const open = async (signal: AbortSignal): Promise<void> => {
    const element = video;
    if (element === null) throw new TypeError('there is no element to play in yet');
    const { playlistUrl } = await api.hls('live');
    await whenThere(playlistUrl, signal);
    const opened = await createHlsPlayer({
      video: element,
      url: playlistUrl,
      mode: 'live',
      quality: quality(),
      onFault: () => again(signal),
    });
    if (signal.aborted) return opened.destroy();
    player = opened;
    watchProgress(element, signal);
    // A browser that refuses to start sound by itself starts when the viewer unmutes.
    element.play().catch(() => undefined);
  };
  const again = (signal: AbortSignal): void => {
    if (signal.aborted) return;
    drop();
    onState('starting');
    const waitMs = backoffMs(failures, joinBackoff, Math.random);
    failures += 1;
    const timer = setTimeout(() => attempt(signal), waitMs);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  const attempt = (signal: AbortSignal): void => {
    open(signal).catch(() => again(signal));
  };

  return {
    attach(element) {
      video?.removeEventListener('playing', onPlaying);
      video?.removeEventListener('waiting', onWaiting);
      video = element;
      video?.addEventListener('playing', onPlaying);
      video?.addEventListener('waiting', onWaiting);
    },
    start() {
      if (running !== undefined) return;
      running = new AbortController();
      failures = 0;
      onState('starting');
      attempt(running.signal);
    },
    stop() {
      if (running === undefined) return;
      running.abort();
      running = undefined;
      drop();
      onState('off');
    },
    setQuality: (next) => player?.setQuality(next),
    player: () => player,
  };
}

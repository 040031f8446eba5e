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

/** Starts and stops the picture by HLS, and starts it anew after each fault until it is stopped. */
export function createHlsTier({ api, quality, onState }: HlsTierOptions): HlsTier {
  let video: HTMLVideoElement | null = null;
  let running: AbortController | undefined;
  let player: HlsPlayer | undefined;
  let failures = 0;

  const onPlaying = (): void => {
    failures = 0;
    if (running !== undefined) onState('playing');
  };
  const onWaiting = (): void => {
    if (running !== undefined && player !== undefined) onState('stalled');
  };
  const drop = (): void => {
    player?.destroy();
    player = undefined;
  };
  const open = async (signal: AbortSignal): Promise<void> => {
    const element = video;
    if (element === null) return;
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

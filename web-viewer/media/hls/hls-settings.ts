import type { HlsConfig } from 'hls.js';

/** Whether a playlist grows while it is played, or has a start and an end. */
export type HlsMode = 'live' | 'replay';

/** Both: a worker of its own saves nothing here, since fMP4 goes to the browser as it is. */
const common: Partial<HlsConfig> = { enableWorker: false, progressive: false };

/**
 * As near to the live edge as one segment. Whoever's network cannot carry that falls back by a segment at each stall,
 * and catches up by playing a little faster.
 */
const live: Partial<HlsConfig> = {
  liveSyncDurationCount: 1,
  liveMaxLatencyDurationCount: 8,
  liveSyncOnStallIncrease: 1,
  maxLiveSyncPlaybackRate: 1.08,
  maxBufferLength: 10,
  backBufferLength: 10,
};

const replay: Partial<HlsConfig> = { maxBufferLength: 30, backBufferLength: 30, startPosition: 0 };

export function hlsSettings(mode: HlsMode): Partial<HlsConfig> {
  return { ...common, ...(mode === 'live' ? live : replay) };
}

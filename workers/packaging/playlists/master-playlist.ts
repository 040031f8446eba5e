import type { Slot } from '../slots.ts';

/** One rendition as the master playlist offers it. */
export interface OfferedRendition {
  readonly slot: Slot;
  readonly peakBps: number;
  readonly width: number;
  readonly height: number;
  /** Of the picture, as in RFC 6381. */
  readonly codec: string;
}

const SOUND_CODEC = 'mp4a.40.2';

/** Writes the playlist that a player begins with (RFC 8216): the renditions, best first, that are not the same. */
export function writeMasterPlaylist(renditions: readonly OfferedRendition[]): string {
  const lines = renditions.flatMap(({ slot, peakBps, width, height, codec }) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil(peakBps)},RESOLUTION=${width}x${height},CODECS="${codec},${SOUND_CODEC}"`,
    `${slot}.m3u8`,
  ]);
  return `${['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...lines].join('\n')}\n`;
}

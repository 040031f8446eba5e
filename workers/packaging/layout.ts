import type { ShowId, StreamId } from '@souk/protocol/ids';
import type { Slot } from './slots.ts';

/**
 * Where the files of a show lie in the storage. Names tell all that a playlist needs: which run, which rendition, when
 * it was captured and how long it lasts. So a recording can be put together from a listing alone.
 */
export const layout = {
  show: (showId: ShowId): string => `shows/${showId}/`,
  media: (showId: ShowId): string => `shows/${showId}/media/`,
  live: (showId: ShowId): string => `shows/${showId}/live/`,
  replay: (showId: ShowId): string => `shows/${showId}/replay/`,
  playlist: (showId: ShowId, of: 'live' | 'replay', name: Slot | 'master'): string =>
    `shows/${showId}/${of}/${name}.m3u8`,
  /** The folder of one run of ffmpeg. */
  run: (startMs: number, streamId: StreamId): string => `${startMs}-${streamId}`,
} as const;

export const INIT_NAME = 'init.mp4';

/** The name of a segment's file. */
export function segmentName({ startMs, durationMs }: { startMs: number; durationMs: number }): string {
  return `${startMs}-${durationMs}.m4s`;
}

/** A segment as its name tells of it. */
export interface NamedSegment {
  /** Folder of its run. */
  readonly run: string;
  readonly slot: string;
  readonly name: string;
  readonly startMs: number;
  readonly durationMs: number;
}

/** Reads a path below the media folder of a show; undefined for what is no segment. */
export function parseSegmentPath(path: string): NamedSegment | undefined {
  const [, run = '', slot = '', name = '', start, duration] =
    /^(\d+-stm_\w+)\/(\w+)\/((\d+)-(\d+)\.m4s)$/.exec(path) ?? [];
  if (start === undefined) return undefined;
  return { run, slot, name, startMs: Number(start), durationMs: Number(duration) };
}

export const cacheControls = {
  /** Their content never changes. */
  media: 'public, max-age=31536000, immutable',
  playlist: 'no-cache',
} as const;

export const contentTypes = {
  init: 'video/mp4',
  segment: 'video/iso.segment',
  playlist: 'application/vnd.apple.mpegurl',
} as const;

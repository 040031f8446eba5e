import type { ListedSegment, MediaPlaylist } from './media-playlist.ts';

/** The last segments of a rendition, as a live playlist shows them. */
export interface LiveWindow {
  /** Adds a segment. False, and nothing is added, when it is no newer than the last. */
  add(segment: Omit<ListedSegment, 'isDiscontinuity'>): boolean;
  readonly last: ListedSegment | undefined;
  playlist(kind: 'live' | 'ended'): MediaPlaylist;
}

const WINDOW_SEGMENTS = 10;
/** Numbers of a playlist that begins anew are beyond those of any before it: segments last longer than this. */
const SEQUENCE_UNIT_MS = 500;
const SEQUENCE_EPOCH_MS = Date.UTC(2025, 0, 1);
/** A hole that players should know of; smaller ones are jitter of the clocks. */
const OVERLAP_MS = 300;

/** Begins a window, or goes on with the playlist that another worker left. */
export function createLiveWindow(former: MediaPlaylist | undefined): LiveWindow {
  let segments = [...(former?.segments ?? [])];
  let mediaSequence = former?.mediaSequence;
  let discontinuitySequence = former?.discontinuitySequence ?? 0;
  return {
    add(segment) {
      const last = segments.at(-1);
      if (last !== undefined && segment.startMs < last.startMs + last.durationMs - OVERLAP_MS) return false;
      mediaSequence ??= Math.floor((segment.startMs - SEQUENCE_EPOCH_MS) / SEQUENCE_UNIT_MS);
      segments.push({ ...segment, isDiscontinuity: last !== undefined && last.map !== segment.map });
      const left = segments.slice(0, Math.max(0, segments.length - WINDOW_SEGMENTS));
      segments = segments.slice(left.length);
      mediaSequence += left.length;
      // The tag stands before its segment, and leaves the playlist with it.
      discontinuitySequence += left.filter(({ isDiscontinuity }) => isDiscontinuity).length;
      return true;
    },
    get last() {
      return segments.at(-1);
    },
    playlist: (kind) => ({ kind, mediaSequence: mediaSequence ?? 0, discontinuitySequence, segments }),
  };
}

import { createMp4Cutter, type FragmentTrack } from './mp4-boxes.ts';

/** A piece of a rendition that begins with a key frame. */
export interface Segment {
  /** Capture time of its first picture, Unix milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly bytes: Buffer;
}

export interface SegmenterOptions {
  /** Capture time of the moment 0 in the MP4, Unix milliseconds. */
  readonly originMs: number;
  readonly onInit: (bytes: Buffer) => void;
  readonly onSegment: (segment: Segment) => void;
}

/** ffmpeg maps the picture first; its clock is set to that of RTP. */
const PICTURE_TRACK = 1;
const PICTURE_TICKS_PER_MS = 90;
/** Key frames come nearly each second; two that come closer together share a segment. */
const LEAST_MS = 850;

/** Makes segments of one output of ffmpeg: one fragment each, since those begin with key frames. */
export function createSegmenter({ originMs, onInit, onSegment }: SegmenterOptions): (bytes: Buffer) => void {
  const cut = createMp4Cutter();
  let open: { startMs: number; durationMs: number; parts: Buffer[] } | undefined;
  const add = (picture: FragmentTrack, bytes: Buffer): void => {
    const startMs = originMs + picture.decodeTime / PICTURE_TICKS_PER_MS;
    open ??= { startMs, durationMs: 0, parts: [] };
    open.durationMs = startMs + picture.duration / PICTURE_TICKS_PER_MS - open.startMs;
    open.parts.push(bytes);
    if (open.durationMs < LEAST_MS) return;
    onSegment({
      startMs: Math.round(open.startMs),
      durationMs: Math.round(open.durationMs),
      bytes: Buffer.concat(open.parts),
    });
    open = undefined;
  };
  return (bytes) => {
    for (const piece of cut(bytes)) {
      if (piece.kind === 'init') onInit(piece.bytes);
      else {
        const picture = piece.tracks.find(({ trackId }) => trackId === PICTURE_TRACK);
        // Sound that was left over at the very end has no picture to go with.
        if (picture !== undefined) add(picture, piece.bytes);
      }
    }
  };
}

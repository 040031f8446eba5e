import type { Readable } from 'node:stream';
import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { ByteRange, ObjectStore } from '@souk/storage/object-store';

/** A file of a show as it is answered. */
export interface HlsFile {
  readonly status: 200 | 206;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

export interface HlsFiles {
  /** A file below the show's folder. Throws AppError NOT_FOUND for what is not there, and for what is none of its files. */
  open(showId: ShowId, path: string, rangeHeader: string | undefined): Promise<HlsFile>;
  has(showId: ShowId, path: string): Promise<boolean>;
}

/** All that packaging writes for players; nothing else of the storage can be asked for. */
const PATH =
  /^(?:(?:live|replay)\/(?:master|high|mid|low)\.m3u8|media\/\d+-stm_[0-9a-z]+\/(?:high|mid|low)\/(?:init\.mp4|\d+-\d+\.m4s))$/;

const contentTypes: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
};

/** True for what changes: it is asked for again and again while the show is on. */
export function isPlaylist(path: string): boolean {
  return path.endsWith('.m3u8');
}

/** Reads the files of shows from the storage. */
export function createHlsFiles({ store }: { readonly store: ObjectStore }): HlsFiles {
  const keyOf = (showId: ShowId, path: string): string => {
    if (!PATH.test(path)) throw new AppError('NOT_FOUND');
    return `shows/${showId}/${path}`;
  };
  return {
    async open(showId, path, rangeHeader) {
      const key = keyOf(showId, path);
      const range = parseRange(rangeHeader);
      const found = await store.get(key, range);
      if (found === undefined) throw new AppError('NOT_FOUND');
      const { body, sizeBytes } = found;
      const last = range === undefined ? sizeBytes - 1 : Math.min(range.end ?? sizeBytes - 1, sizeBytes - 1);
      const length = last - (range?.start ?? 0) + 1;
      return {
        status: range === undefined ? 200 : 206,
        headers: {
          'content-type': contentTypes[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
          'content-length': String(length),
          'accept-ranges': 'bytes',
          // Private: each viewer has a ticket of their own.
          'cache-control': isPlaylist(path) ? 'no-cache' : 'private, max-age=31536000, immutable',
          ...(range === undefined ? {} : { 'content-range': `bytes ${range.start}-${last}/${sizeBytes}` }),
        },
        body,
      };
    },
    has: async (showId, path) => (await store.head(keyOf(showId, path))) !== undefined,
  };
}

/** One range from a start on (RFC 9110, 14.2); anything else is answered with the whole file, as the RFC allows. */
function parseRange(header: string | undefined): ByteRange | undefined {
  const [, start, end] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (start === undefined) return undefined;
  const range = { start: Number(start), ...(end ? { end: Number(end) } : {}) };
  return range.end !== undefined && range.end < range.start ? undefined : range;
}

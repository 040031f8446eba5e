/** A piece of fragmented MP4 (ISO/IEC 14496-12) as ffmpeg writes it. */
export type Mp4Piece =
  | { readonly kind: 'init'; readonly bytes: Buffer }
  | { readonly kind: 'fragment'; readonly bytes: Buffer; readonly tracks: readonly FragmentTrack[] };

export interface FragmentTrack {
  readonly trackId: number;
  /** When its first sample is due, in units of the track. */
  readonly decodeTime: number;
  /** All its samples together, in units of the track. */
  readonly duration: number;
}

interface Box {
  readonly type: string;
  /** What is inside. */
  readonly content: Buffer;
}

const HEADER_BYTES = 8;

/** Cuts what ffmpeg writes into the header and whole fragments. Each call takes some bytes and gives what is complete. */
export function createMp4Cutter(): (bytes: Buffer) => Mp4Piece[] {
  let unread: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let tracks: readonly FragmentTrack[] = [];
  const take = (type: string, box: Buffer): Mp4Piece[] => {
    parts.push(box);
    if (type === 'moof') tracks = readFragmentTracks(box.subarray(HEADER_BYTES));
    if (type !== 'moov' && type !== 'mdat') return [];
    const bytes = Buffer.concat(parts);
    parts = [];
    return [type === 'moov' ? { kind: 'init', bytes } : { kind: 'fragment', bytes, tracks }];
  };
  return (bytes) => {
    unread = unread.length === 0 ? bytes : Buffer.concat([unread, bytes]);
    const pieces: Mp4Piece[] = [];
    while (unread.length >= HEADER_BYTES) {
      const length = unread.readUInt32BE(0);
      if (length < HEADER_BYTES) throw new RangeError('this is no MP4');
      if (unread.length < length) break;
      pieces.push(...take(unread.toString('latin1', 4, 8), unread.subarray(0, length)));
      unread = unread.subarray(length);
    }
    return pieces;
  };
}

function readBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length < HEADER_BYTES || at + length > bytes.length) break;
    boxes.push({
      type: bytes.toString('latin1', at + 4, at + HEADER_BYTES),
      content: bytes.subarray(at + HEADER_BYTES, at + length),
    });
    at += length;
  }
  return boxes;
}

function inside(boxes: readonly Box[], type: string): Box[] {
  return boxes.filter((box) => box.type === type);
}

function readFragmentTracks(moof: Buffer): FragmentTrack[] {
  return inside(readBoxes(moof), 'traf').map(({ content }) => {
    const boxes = readBoxes(content);
    const [header] = inside(boxes, 'tfhd');
    const [time] = inside(boxes, 'tfdt');
    if (header === undefined || time === undefined) throw new RangeError('a fragment without its time');
    const isLong = time.content.readUInt8(0) === 1;
    return {
      trackId: header.content.readUInt32BE(4),
      decodeTime: isLong ? Number(time.content.readBigUInt64BE(4)) : time.content.readUInt32BE(4),
      duration: inside(boxes, 'trun').reduce(
        (total, run) => total + runDuration(run.content, defaultDuration(header.content)),
        0,
      ),
    };
  });
}

function defaultDuration(tfhd: Buffer): number {
  const flags = tfhd.readUInt32BE(0) & 0xffffff;
  if ((flags & 0x8) === 0) return 0;
  return tfhd.readUInt32BE(8 + ((flags & 0x1) === 0 ? 0 : 8) + ((flags & 0x2) === 0 ? 0 : 4));
}

function runDuration(trun: Buffer, each: number): number {
  const flags = trun.readUInt32BE(0) & 0xffffff;
  const samples = trun.readUInt32BE(4);
  if ((flags & 0x100) === 0) return samples * each;
  const perSample = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => (flags & flag) !== 0).length;
  let at = 8 + ((flags & 0x1) === 0 ? 0 : 4) + ((flags & 0x4) === 0 ? 0 : 4);
  let total = 0;
  for (let sample = 0; sample < samples; sample += 1, at += perSample) total += trun.readUInt32BE(at);
  return total;
}

/** What the header of an MP4 tells of its picture. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** As in RFC 6381, for example `avc1.42c01f`. */
  readonly codec: string;
}

/** Finds size and codec of the picture in the header that the cutter gave; undefined when there is none. */
export function findPictureFacts(init: Buffer): PictureFacts | undefined {
  const [moov] = inside(readBoxes(init), 'moov');
  if (moov === undefined) return undefined;
  for (const trak of inside(readBoxes(moov.content), 'trak')) {
    const entry = findSampleEntry(trak.content);
    if (entry?.type !== 'avc1') continue;
    const [config] = inside(readBoxes(entry.content.subarray(78)), 'avcC');
    if (config === undefined) continue;
    return {
      width: entry.content.readUInt16BE(24),
      height: entry.content.readUInt16BE(26),
      codec: `avc1.${config.content.toString('hex', 1, 4)}`,
    };
  }
  return undefined;
}

function findSampleEntry(trak: Buffer): Box | undefined {
  let boxes = readBoxes(trak);
  for (const type of ['mdia', 'minf', 'stbl']) {
    const [box] = inside(boxes, type);
    if (box === undefined) return undefined;
    boxes = readBoxes(box.content);
  }
  const [description] = inside(boxes, 'stsd');
  return description === undefined ? undefined : readBoxes(description.content.subarray(8))[0];
}

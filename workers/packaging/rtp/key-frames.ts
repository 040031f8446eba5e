/** What a packet tells of key frames. */
export interface KeyFrameHint {
  readonly isKeyFrame: boolean;
  /** H264 only: parameter sets that stand in this packet. */
  readonly sps?: Buffer;
  readonly pps?: Buffer;
  /** VP8 only: width by height. */
  readonly aspect?: number;
}

export type ReadKeyFrameHint = (payload: Buffer) => KeyFrameHint;

const none: KeyFrameHint = { isKeyFrame: false };
const NAL_IDR = 5;
const NAL_SPS = 7;
const NAL_PPS = 8;
const NAL_STAP_A = 24;
const NAL_FU_A = 28;

/** Each packet of sound can be begun with. */
export const readSound: ReadKeyFrameHint = () => ({ isKeyFrame: true });

/** Looks into a payload of H264 (RFC 6184): single units, STAP-A and FU-A. */
export const readH264: ReadKeyFrameHint = (payload) => {
  const type = payload.readUInt8(0) & 0x1f;
  if (type === NAL_FU_A) {
    if (payload.length < 2) return none;
    const header = payload.readUInt8(1);
    return { isKeyFrame: (header & 0x80) !== 0 && (header & 0x1f) === NAL_IDR };
  }
  const units = type === NAL_STAP_A ? splitStap(payload) : [payload];
  const sps = units.find((unit) => typeOf(unit) === NAL_SPS);
  const pps = units.find((unit) => typeOf(unit) === NAL_PPS);
  return {
    isKeyFrame: sps !== undefined || units.some((unit) => typeOf(unit) === NAL_IDR),
    ...(sps === undefined ? {} : { sps }),
    ...(pps === undefined ? {} : { pps }),
  };
};

function typeOf(unit: Buffer): number {
  return unit.readUInt8(0) & 0x1f;
}

function splitStap(payload: Buffer): Buffer[] {
  const units: Buffer[] = [];
  let at = 1;
  while (at + 2 < payload.length) {
    const length = payload.readUInt16BE(at);
    const unit = payload.subarray(at + 2, at + 2 + length);
    if (unit.length > 0) units.push(unit);
    at += 2 + length;
  }
  return units;
}

/** Looks into a payload of VP8 (RFC 7741): the first packet of a frame says whether it is a key frame. */
export const readVp8: ReadKeyFrameHint = (payload) => {
  const descriptor = payload.readUInt8(0);
  const beginsFrame = (descriptor & 0x10) !== 0 && (descriptor & 0x07) === 0;
  if (!beginsFrame) return none;
  let at = 1;
  if ((descriptor & 0x80) !== 0) {
    if (payload.length < 2) return none;
    const extended = payload.readUInt8(1);
    at += 1;
    if ((extended & 0x80) !== 0) at += payload.length > at && (payload.readUInt8(at) & 0x80) !== 0 ? 2 : 1;
    if ((extended & 0x40) !== 0) at += 1;
    if ((extended & 0x30) !== 0) at += 1;
  }
  const isKeyFrame = payload.length > at && (payload.readUInt8(at) & 0x01) === 0;
  // Frame tag, start code, then width and height of 14 bits each (RFC 6386, 9.1).
  if (!isKeyFrame || payload.length < at + 10) return { isKeyFrame };
  const [width, height] = [payload.readUInt16LE(at + 6) & 0x3fff, payload.readUInt16LE(at + 8) & 0x3fff];
  return height === 0 ? none : { isKeyFrame, aspect: width / height };
};

/** An RTP packet (RFC 3550) with what packaging needs to know of it. */
export interface RtpPacket {
  /** The whole packet. */
  readonly bytes: Buffer;
  readonly sequence: number;
  /** In units of the track's clock; begins anywhere and wraps. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

const HEADER_BYTES = 12;
const ONE_BYTE_EXTENSIONS = 0xbede;
/** Wall-clock milliseconds between 1900, where NTP begins, and 1970. */
const NTP_EPOCH_MS = 2_208_988_800_000;

/** Reads a packet; undefined for RTCP, for padding alone, and for what is no RTP. */
export function parseRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt8(0) >> 6 !== 2 || isRtcp(bytes)) return undefined;
  const first = bytes.readUInt8(0);
  let start = HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const padding = (first & 0x20) === 0 ? 0 : bytes.readUInt8(bytes.length - 1);
  const end = bytes.length - padding;
  if (end <= start) return undefined;
  return {
    bytes,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

/** RTP and RTCP on one port are told apart by the second byte (RFC 5761, 4). */
function isRtcp(bytes: Buffer): boolean {
  const type = bytes.readUInt8(1);
  return type >= 192 && type <= 223;
}

/**
 * When the frame of a packet was captured, Unix milliseconds on the publisher's clock, when the packet says so.
 * Source: RFC 8285 (one-byte headers), http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time
 */
export function findCaptureTime(bytes: Buffer, extensionId: number): number | undefined {
  const first = bytes.readUInt8(0);
  if ((first & 0x10) === 0) return undefined;
  let at = HEADER_BYTES + (first & 0x0f) * 4;
  if (bytes.readUInt16BE(at) !== ONE_BYTE_EXTENSIONS) return undefined;
  const end = Math.min(bytes.length, at + 4 + bytes.readUInt16BE(at + 2) * 4);
  at += 4;
  while (at < end) {
    const head = bytes.readUInt8(at);
    const length = head === 0 ? 0 : (head & 0x0f) + 1;
    if (head >> 4 === extensionId && length >= 8 && at + 9 <= end) return readNtp(bytes, at + 1);
    at += 1 + length;
  }
  return undefined;
}

function readNtp(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * 1_000 + (bytes.readUInt32BE(at + 4) / 2 ** 32) * 1_000 - NTP_EPOCH_MS;
}

/** A sender report (RFC 3550, 6.4.1): at this instant the track's clock showed this timestamp. */
export function createSenderReport(ssrc: number, atMs: number, timestamp: number): Buffer {
  const report = Buffer.alloc(28);
  const ntpMs = atMs + NTP_EPOCH_MS;
  const seconds = Math.floor(ntpMs / 1_000);
  report.writeUInt8(0x80, 0);
  report.writeUInt8(200, 1);
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE(seconds >>> 0, 8);
  report.writeUInt32BE(Math.floor(((ntpMs - seconds * 1_000) / 1_000) * 2 ** 32) >>> 0, 12);
  report.writeUInt32BE(timestamp >>> 0, 16);
  return report;
}

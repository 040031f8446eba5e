/** Wall-clock milliseconds between 1900, where NTP begins, and 1970. */
const NTP_EPOCH_MS = 2_208_988_800_000;
const HEADER_BYTES = 12;
const ONE_BYTE_EXTENSIONS = 0xbede;
const EXTENSION_BYTES = 16;

/**
 * Puts the capture time of its frame into an RTP packet that has no header extensions yet.
 * Returns undefined for what is not such a packet.
 * Source: RFC 3550, RFC 8285, http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time
 */
export function addCaptureTime(
  packet: Buffer,
  extensionId: number,
  capturedAtMs: number,
): Buffer | undefined {
  if (!isPlainRtp(packet)) return undefined;
  const headerBytes = HEADER_BYTES + (packet.readUInt8(0) & 0x0f) * 4;
  if (packet.length < headerBytes) return undefined;
  const extension = Buffer.alloc(EXTENSION_BYTES);
  extension.writeUInt16BE(ONE_BYTE_EXTENSIONS, 0);
  extension.writeUInt16BE(EXTENSION_BYTES / 4 - 1, 2);
  extension.writeUInt8((extensionId << 4) | 7, 4);
  writeNtp(extension, 5, capturedAtMs);
  const stamped = Buffer.concat([packet.subarray(0, headerBytes), extension, packet.subarray(headerBytes)]);
  stamped.writeUInt8(packet.readUInt8(0) | 0x10, 0);
  return stamped;
}

/** The timestamp of an RTP packet, in units of its clock rate. */
export function readRtpTimestamp(packet: Buffer): number {
  return packet.readUInt32BE(4);
}

/** True for version 2 without header extensions. */
function isPlainRtp(packet: Buffer): boolean {
  return packet.length >= HEADER_BYTES && (packet.readUInt8(0) & 0xd0) === 0x80;
}

function writeNtp(target: Buffer, offset: number, wallClockMs: number): void {
  const ntpMs = wallClockMs + NTP_EPOCH_MS;
  const seconds = Math.floor(ntpMs / 1_000);
  target.writeUInt32BE(seconds >>> 0, offset);
  target.writeUInt32BE(Math.floor(((ntpMs - seconds * 1_000) / 1_000) * 2 ** 32) >>> 0, offset + 4);
}

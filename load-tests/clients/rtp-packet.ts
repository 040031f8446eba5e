/** The fields of an RTP packet that the bots need. Source: RFC 3550, section 5.1. */
export interface RtpHeader {
  readonly payloadType: number;
  readonly ssrc: number;
}

const RTP_HEADER_BYTES = 12;

/** Reads the head of a packet; undefined for RTCP (RFC 5761, section 4) and for what is no RTP. */
export function findRtpHeader(packet: Buffer): RtpHeader | undefined {
  if (packet.length < RTP_HEADER_BYTES || packet.readUInt8(0) >> 6 !== 2) return undefined;
  const second = packet.readUInt8(1);
  if (second >= 192 && second <= 223) return undefined;
  return { payloadType: second & 0x7f, ssrc: packet.readUInt32BE(8) };
}

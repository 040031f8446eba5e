import { describe, expect, it } from 'vitest';
import { addCaptureTime, readRtpTimestamp } from './capture-time.ts';

function rtpPacket(firstByte = 0x80): Buffer {
  const packet = Buffer.alloc(12 + 5, 7);
  packet.writeUInt8(firstByte, 0);
  packet.writeUInt32BE(90_000, 4);
  return packet;
}

describe('addCaptureTime', () => {
  it('puts one eight-byte extension between header and payload', () => {
    const packet = rtpPacket();
    const stamped = addCaptureTime(packet, 10, 1_800_000_000_500) ?? Buffer.alloc(0);
    expect(stamped.length).toBe(packet.length + 16);
    expect(stamped.readUInt8(0)).toBe(0x90);
    expect(stamped.readUInt16BE(12)).toBe(0xbede);
    expect(stamped.readUInt16BE(14)).toBe(3);
    expect(stamped.readUInt8(16)).toBe((10 << 4) | 7);
    expect(stamped.subarray(28)).toEqual(packet.subarray(12));
    expect(readRtpTimestamp(stamped)).toBe(90_000);
  });

  it('writes the instant as NTP: seconds since 1900 and their fraction', () => {
    const stamped = addCaptureTime(rtpPacket(), 10, 1_800_000_000_500) ?? Buffer.alloc(0);
    expect(stamped.readUInt32BE(17)).toBe(1_800_000_000 + 2_208_988_800);
    expect(stamped.readUInt32BE(21)).toBe(2 ** 31);
  });

  it('leaves alone what it does not know', () => {
    expect(addCaptureTime(rtpPacket(0x90), 10, 0)).toBeUndefined();
    expect(addCaptureTime(rtpPacket(0x40), 10, 0)).toBeUndefined();
    expect(addCaptureTime(Buffer.from('short'), 10, 0)).toBeUndefined();
    expect(addCaptureTime(rtpPacket(0x8f), 10, 0)).toBeUndefined();
  });
});

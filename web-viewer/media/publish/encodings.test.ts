import type { RtpCapabilities } from 'mediasoup-client/types';
import { describe, expect, it } from 'vitest';
import { videoCodec, videoEncodings } from './encodings.ts';

const capabilitiesOf = (...mimeTypes: string[]): RtpCapabilities => ({
  codecs: mimeTypes.map((mimeType) => ({
    kind: 'video' as const,
    mimeType,
    clockRate: 90_000,
    preferredPayloadType: 96,
  })),
});

describe('how a page publishes', () => {
  it('is in H264 where the browser has it, whatever stands first', () => {
    expect(videoCodec(capabilitiesOf('video/VP8', 'video/H264'))?.mimeType).toBe('video/H264');
  });

  it('is in VP8 where the browser has no H264, or after it failed', () => {
    expect(videoCodec(capabilitiesOf('video/VP8'))?.mimeType).toBe('video/VP8');
    expect(videoCodec(capabilitiesOf('video/H264', 'video/VP8'), ['video/vp8'])?.mimeType).toBe('video/VP8');
  });

  it('has three layers for a wide picture and one for a small one', () => {
    const h264 = videoCodec(capabilitiesOf('video/H264'));
    expect(videoEncodings(1_280, h264)).toHaveLength(3);
    expect(videoEncodings(undefined, h264)).toHaveLength(3);
    expect(videoEncodings(640, h264)).toHaveLength(1);
  });

  it('has layers in time with VP8 alone', () => {
    const [h264, vp8] = ['video/H264', 'video/VP8'].map((name) => videoCodec(capabilitiesOf(name)));
    expect(videoEncodings(1_280, h264)[0]).not.toHaveProperty('scalabilityMode');
    expect(videoEncodings(1_280, vp8)[0]).toHaveProperty('scalabilityMode', 'L1T3');
  });
});

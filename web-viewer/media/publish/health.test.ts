import { describe, expect, it } from 'vitest';
import { describeHealth, readSample, type SendSample } from './health.ts';

const sample: SendSample = {
  atMs: 0,
  bytesSent: 0,
  framesPerSecond: 30,
  width: 1280,
  height: 720,
  limitedBy: 'none',
  lossRatio: 0,
  roundTripMs: 20,
  availableBps: 3_000_000,
};

describe('the health of a broadcast', () => {
  it('is good at full rate, and counts bits per second', () => {
    const health = describeHealth(sample, { ...sample, atMs: 2_000, bytesSent: 600_000 });
    expect(health).toMatchObject({ level: 'good', bitrateBps: 2_400_000, framesPerSecond: 30 });
  });

  it('is fair when frames are missing', () => {
    const after = { ...sample, atMs: 2_000, bytesSent: 600_000, framesPerSecond: 15 };
    expect(describeHealth(sample, after).level).toBe('fair');
  });

  it('is poor when hardly anything is sent or much is lost', () => {
    expect(describeHealth(sample, { ...sample, atMs: 2_000, bytesSent: 1_000 }).level).toBe('poor');
    const lossy = { ...sample, atMs: 2_000, bytesSent: 600_000, lossRatio: 0.2 };
    expect(describeHealth(sample, lossy).level).toBe('poor');
  });
});

describe('the health of a broadcast whose camera is off', () => {
  it('asks for no frames and bits, but still for a path without loss', () => {
    const still = { ...sample, atMs: 2_000, bytesSent: 100, framesPerSecond: 0 };
    expect(describeHealth(sample, still, false).level).toBe('good');
    expect(describeHealth(sample, { ...still, lossRatio: 0.2 }, false).level).toBe('poor');
  });
});

describe('a reading', () => {
  it('sums all layers and shows the largest one that is sent', () => {
    const reading = readSample(
      [
        { type: 'outbound-rtp', kind: 'video', bytesSent: 10, framesPerSecond: 30, frameWidth: 320 },
        { type: 'outbound-rtp', kind: 'video', bytesSent: 20, framesPerSecond: 25, frameWidth: 640 },
        { type: 'outbound-rtp', kind: 'video', bytesSent: 0, framesPerSecond: 0, frameWidth: 1280 },
        { type: 'outbound-rtp', kind: 'audio', bytesSent: 5 },
        { type: 'remote-inbound-rtp', fractionLost: 0.02, roundTripTime: 0.03 },
        { type: 'candidate-pair', nominated: true, availableOutgoingBitrate: 900_000 },
      ],
      7,
    );
    expect(reading).toMatchObject({
      atMs: 7,
      bytesSent: 35,
      framesPerSecond: 25,
      width: 640,
      lossRatio: 0.02,
      roundTripMs: 30,
      availableBps: 900_000,
    });
  });

  it('is empty before anything was sent', () => {
    expect(readSample([], 7)).toMatchObject({ bytesSent: 0, framesPerSecond: 0, lossRatio: 0 });
  });
});

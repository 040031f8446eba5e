import { expect, it } from 'vitest';
import { describeReception, readReceiveSample } from './reception.ts';

const report = (bytes: number, packets: number, lost: number) => [
  { type: 'inbound-rtp', kind: 'audio', bytesReceived: 100, packetsReceived: 10, packetsLost: 0 },
  { type: 'inbound-rtp', kind: 'video', bytesReceived: 0, packetsReceived: 0, packetsLost: 0 },
  {
    type: 'inbound-rtp',
    kind: 'video',
    bytesReceived: bytes,
    packetsReceived: packets,
    packetsLost: lost,
    frameHeight: 720,
    framesPerSecond: 29.6,
  },
  { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.042 },
];

it('tells what arrives now from two readings', () => {
  const before = readReceiveSample(report(0, 0, 0), 1_000);
  const after = readReceiveSample(report(250_000, 90, 10), 2_000);
  expect(describeReception(before, after)).toEqual({
    bitrateBps: 2_000_000,
    height: 720,
    framesPerSecond: 30,
    lossRatio: 0.1,
    roundTripMs: 42,
  });
});

it('claims nothing about loss while nothing arrives', () => {
  const sample = readReceiveSample([], 1_000);
  expect(describeReception(sample, { ...sample, atMs: 2_000 })).toMatchObject({
    bitrateBps: 0,
    lossRatio: null,
    roundTripMs: null,
  });
});

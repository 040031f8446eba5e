import { describe, expect, it } from 'vitest';
import type { SendSample } from './health.ts';
import { judgeNetwork } from './network-check.ts';

const sample = (atMs: number, more: Partial<SendSample> = {}): SendSample => ({
  atMs,
  bytesSent: atMs * 100,
  framesPerSecond: 30,
  width: 1_280,
  height: 720,
  limitedBy: 'none',
  lossRatio: 0,
  roundTripMs: 30,
  availableBps: 4_000_000,
  ...more,
});
const over = (more: Partial<SendSample>) => [0, 1_000, 2_000].map((atMs) => sample(atMs, more));

describe('the verdict on a network', () => {
  it('is good when the full picture fits, even where the test picture took less', () => {
    expect(judgeNetwork(over({}))).toEqual({
      verdict: 'good',
      upwardsBps: 4_000_000,
      lossRatio: 0,
      roundTripMs: 30,
    });
  });

  it('goes by what was sent where the browser gives no estimate', () => {
    expect(judgeNetwork(over({ availableBps: null }))).toMatchObject({
      verdict: 'poor',
      upwardsBps: 800_000,
    });
  });

  it('is fair when a smaller picture fits', () => {
    expect(judgeNetwork(over({ availableBps: 1_200_000 })).verdict).toBe('fair');
  });

  it('names loss first, and a computer at its limit before the network', () => {
    expect(judgeNetwork(over({ lossRatio: 0.2 })).verdict).toBe('lossy');
    expect(judgeNetwork(over({ limitedBy: 'cpu', availableBps: 500_000 })).verdict).toBe('cpu');
  });

  it('does not let one bad reading decide', () => {
    expect(judgeNetwork([sample(0, { lossRatio: 0.9 }), sample(1_000), sample(2_000)]).verdict).toBe('good');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSilenceWatch, type SilenceWatch } from './silence-watch.ts';

describe('a watch over what arrives', () => {
  let packets = 0;
  let isExpected = true;
  let flow: ReturnType<typeof setInterval>;
  let watch: SilenceWatch;
  let ending: string | undefined;
  const check = vi.fn<() => Promise<'alive' | 'gone' | 'unknown'>>();
  const restartIce = vi.fn<() => Promise<void>>();

  beforeEach(() => {
    vi.useFakeTimers();
    [packets, isExpected, ending] = [0, true, undefined];
    check.mockReset().mockResolvedValue('alive');
    restartIce.mockReset().mockResolvedValue();
    watch = createSilenceWatch({
      readPackets: async () => packets,
      isExpected: () => isExpected,
      check,
      restartIce,
      recoverMs: 4_000,
      now: () => Date.now(),
    });
    void watch.lost.then((reason) => {
      ending = reason;
    });
    startFlow();
  });
  afterEach(() => {
    watch.stop();
    clearInterval(flow);
    vi.useRealTimers();
  });
  const startFlow = (): void => {
    flow = setInterval(() => {
      packets += 1;
    }, 100);
  };

  it('asks nothing while packets come', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    expect(check).not.toHaveBeenCalled();
  });

  it('gives the connection up within two seconds when the server has lost it', async () => {
    await vi.advanceTimersByTimeAsync(2_000);
    check.mockResolvedValue('gone');
    clearInterval(flow);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(ending).toBe('gone');
    expect(restartIce).not.toHaveBeenCalled();
  });

  it('looks once for a new path, and stays when that brings packets', async () => {
    await vi.advanceTimersByTimeAsync(2_000);
    clearInterval(flow);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(restartIce).toHaveBeenCalledOnce();
    startFlow();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ending).toBeUndefined();
    expect(restartIce).toHaveBeenCalledOnce();
  });

  it('gives up when no new path brings packets within four seconds, even where the server does not answer', async () => {
    check.mockResolvedValue('unknown');
    restartIce.mockRejectedValue(new Error('offline'));
    clearInterval(flow);
    await vi.advanceTimersByTimeAsync(4_500);
    expect(ending).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ending).toBe('silent');
  });

  it('waits in peace while nothing is meant to arrive', async () => {
    isExpected = false;
    clearInterval(flow);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(check).not.toHaveBeenCalled();
    expect(ending).toBeUndefined();
  });

  it('asks at once when the network is said to have changed', async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    watch.suspect();
    await vi.advanceTimersByTimeAsync(0);
    expect(restartIce).toHaveBeenCalledOnce();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KeptPath, keepPath } from './keep-path.ts';

type Listener = (state: string) => void;

describe('the path of a sender', () => {
  const check = vi.fn<() => Promise<'alive' | 'gone' | 'unknown'>>();
  const restartIce = vi.fn<() => Promise<void>>();
  let tell: Listener = () => undefined;
  let path: KeptPath;
  let isLost = false;

  beforeEach(() => {
    vi.useFakeTimers();
    isLost = false;
    check.mockReset().mockResolvedValue('alive');
    restartIce.mockReset().mockResolvedValue();
    const transport = {
      connectionState: 'connected',
      on: (_event: string, listener: Listener) => {
        tell = listener;
      },
      off: () => undefined,
    };
    path = keepPath(transport as unknown as Parameters<typeof keepPath>[0], { check, restartIce });
    void path.lost.then(() => {
      isLost = true;
    });
  });
  afterEach(() => {
    path.stop();
    vi.useRealTimers();
  });

  it('is looked for anew when it breaks, and kept when it comes back', async () => {
    tell('disconnected');
    await vi.advanceTimersByTimeAsync(2_000);
    tell('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restartIce).toHaveBeenCalledOnce();
    expect(isLost).toBe(false);
  });

  it('is given up after four seconds', async () => {
    tell('disconnected');
    await vi.advanceTimersByTimeAsync(3_900);
    expect(isLost).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(isLost).toBe(true);
  });

  it('is given up at once when the server has lost the connection', async () => {
    check.mockResolvedValue('gone');
    tell('disconnected');
    await vi.advanceTimersByTimeAsync(0);
    expect(isLost).toBe(true);
    expect(restartIce).not.toHaveBeenCalled();
  });
});

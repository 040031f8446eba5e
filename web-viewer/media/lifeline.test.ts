import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { type Connection, createLifeline, type Lifeline, type LifelineState } from './lifeline.ts';

const backoff = { firstMs: 100, longestMs: 1_000 };
const final = new ApiError({ code: 'SHOW_ENDED', message: '', retryable: false });
const passing = new ApiError({ code: 'UNAVAILABLE', message: '', retryable: true });

function openConnection() {
  let lose = (): void => undefined;
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  return { lost, lose: () => lose(), close: vi.fn() } satisfies Connection & { lose(): void };
}

describe('a lifeline', () => {
  const states: LifelineState[] = [];
  let lifeline: Lifeline;
  const start = (connect: (signal: AbortSignal) => Promise<Connection | 'nothing'>): void => {
    const onState = (state: LifelineState): void => {
      states.push(state);
    };
    lifeline = createLifeline({
      connect,
      onState,
      backoff,
      idleRetryMs: 10_000,
      renewSpreadMs: 400,
      random: () => 0.5,
    });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    states.length = 0;
  });
  afterEach(() => {
    lifeline.close();
    vi.useRealTimers();
  });

  it('connects again after a loss and closes what was lost', async () => {
    const first = openConnection();
    const connect = vi.fn().mockResolvedValueOnce(first).mockResolvedValue(openConnection());
    start(connect);
    await vi.advanceTimersByTimeAsync(0);
    first.lose();
    await vi.advanceTimersByTimeAsync(100);
    expect(states).toEqual(['connecting', 'up', 'reconnecting', 'up']);
    expect(first.close).toHaveBeenCalledOnce();
  });

  it('waits longer after each failure, and tries until it works', async () => {
    const connect = vi.fn().mockRejectedValue(passing);
    start(connect);
    await vi.advanceTimersByTimeAsync(80);
    expect(connect).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(151);
    expect(connect).toHaveBeenCalledTimes(3);
    connect.mockResolvedValue(openConnection());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states.at(-1)).toBe('up');
  });

  it('gives up at a final refusal until it is told to renew', async () => {
    const connect = vi.fn().mockRejectedValueOnce(final).mockResolvedValue(openConnection());
    start(connect);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['connecting', 'failed']);
    lifeline.renew();
    await vi.advanceTimersByTimeAsync(400);
    expect(states.at(-1)).toBe('up');
  });

  it('gives up where the browser cannot do it at all', async () => {
    const unsupported = Object.assign(new Error('no WebRTC'), { name: 'UnsupportedError' });
    const connect = vi.fn().mockRejectedValue(unsupported);
    start(connect);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connect).toHaveBeenCalledOnce();
    expect(states.at(-1)).toBe('failed');
  });

  it('looks again now and then while there is nothing to connect to, and at once when told', async () => {
    const connect = vi.fn().mockResolvedValue('nothing');
    start(connect);
    await vi.advanceTimersByTimeAsync(10_001);
    expect(connect).toHaveBeenCalledTimes(2);
    lifeline.renew();
    await vi.advanceTimersByTimeAsync(201);
    expect(connect).toHaveBeenCalledTimes(3);
  });

  it('closes and stays away while it rests', async () => {
    const connection = openConnection();
    const connect = vi.fn().mockResolvedValue(connection);
    start(connect);
    await vi.advanceTimersByTimeAsync(0);
    lifeline.rest();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.close).toHaveBeenCalledOnce();
    expect(connect).toHaveBeenCalledOnce();
    expect(states.at(-1)).toBe('idle');
  });

  it('aborts an attempt that is under way when it is closed', async () => {
    let aborted = false;
    start(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(signal.reason);
          });
        }),
    );
    await vi.advanceTimersByTimeAsync(0);
    lifeline.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(aborted).toBe(true);
    expect(states).toEqual(['connecting']);
  });

  it('closes a connection that arrives after the close', async () => {
    const late = openConnection();
    let arrive = (_connection: Connection): void => undefined;
    start(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    await vi.advanceTimersByTimeAsync(0);
    lifeline.close();
    arrive(late);
    await vi.advanceTimersByTimeAsync(0);
    expect(late.close).toHaveBeenCalledOnce();
  });
});

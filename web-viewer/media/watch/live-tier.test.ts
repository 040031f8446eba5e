import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaApi } from '../media-api.ts';
import { createLiveTier, type LiveTier, type WatchState } from './live-tier.ts';
import type { WatchConnection } from './watch-join.ts';

interface Join {
  signal: AbortSignal;
  arrive(streamId: string): void;
  fail(error: unknown): void;
}

const joins: Join[] = [];
vi.mock('../device-loader.ts', () => ({ createDeviceLoader: () => async () => ({}) }));
vi.mock('./watch-join.ts', () => ({
  joinAsWatcher: (_api: unknown, _device: unknown, _options: unknown, signal: AbortSignal) =>
    new Promise<WatchConnection>((resolve, reject) => {
      const never = new Promise<never>(() => undefined);
      const told = { want: vi.fn(), sample: vi.fn(), noteShown: vi.fn(), close: vi.fn() };
      const parts = { lost: never, flowing: never, ...told };
      const pictureReceiver = undefined;
      const arrive = (streamId: string): void =>
        resolve({ streamId, media: {} as MediaStream, pictureReceiver, ...parts });
      joins.push({ signal, arrive, fail: reject });
    }),
}));

describe('the picture by WebRTC', () => {
  const states: WatchState[] = [];
  let session: LiveTier;
  beforeEach(() => {
    vi.useFakeTimers();
    joins.length = 0;
    states.length = 0;
    session = createLiveTier({
      api: {} as MediaApi,
      wish: () => ({ quality: 'auto', isSeen: true }),
      isSpare: () => false,
      onState: (state) => states.push(state),
    });
  });
  afterEach(() => {
    session.close();
    vi.useRealTimers();
  });
  const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

  it('joins a stream that is named while the join of the one before has not ended yet', async () => {
    await pass();
    session.streamChanged('first');
    session.streamChanged(null);
    session.streamChanged('second');
    joins[0]?.fail(joins[0].signal.reason);
    await pass(1_000);
    expect(joins).toHaveLength(2);
    joins[1]?.arrive('second');
    await pass();
    expect(states.at(-1)).toBe('playing');
  });

  it('joins again when another stream was named while it joined', async () => {
    await pass();
    session.streamChanged('second');
    joins[0]?.arrive('first');
    await pass(1_000);
    expect(joins).toHaveLength(2);
  });

  it('stays with the stream that it has when that is the one that is named', async () => {
    await pass();
    session.streamChanged('first');
    joins[0]?.arrive('first');
    await pass(60_000);
    expect(joins).toHaveLength(1);
    expect(states.at(-1)).toBe('playing');
  });

  it('waits for the host while nothing is on', async () => {
    await pass();
    session.streamChanged(null);
    joins[0]?.fail(joins[0].signal.reason);
    await pass(60_000);
    expect(joins).toHaveLength(1);
    expect(states.at(-1)).toBe('waiting-for-host');
  });
});

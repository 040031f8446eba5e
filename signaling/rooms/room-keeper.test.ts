import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry, type NewEntry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import type { LevelsStore, LevelsSubscriber } from '@souk/timeline/levels';
import type { OnEntries } from '@souk/timeline/tail';
import { describe, expect, it, vi } from 'vitest';
import { createFakeConnection } from '../testing/fake-connection.ts';
import { IDLE_ROOM_MS, RoomKeeper } from './room-keeper.ts';

const logger = createLogger({ name: 'rooms-test', level: 'silent' });

interface Levelling {
  readonly levels?: LevelsStore;
  readonly levelsSubscriber?: LevelsSubscriber;
}

function createKeeper(
  epochs: readonly (string | undefined)[] = ['one'],
  { levels, levelsSubscriber }: Levelling = {},
) {
  const clock = { at: 0, now: () => clock.at };
  const unfollowEntries = vi.fn();
  const unfollowLevels = vi.fn(async () => undefined);
  const listeners: OnEntries[] = [];
  const broadcast = vi.fn();
  const report = vi.fn(async () => undefined);
  const keeper = new RoomKeeper({
    timeline: {
      epoch: vi.fn(async () => epochs[0]),
      async *readAll() {},
      append: vi.fn(),
      begin: vi.fn(),
      read: vi.fn(),
      close: vi.fn(),
    },
    tail: {
      follow: (_showId, _after, onEntries) => {
        listeners.push(onEntries);
        return unfollowEntries;
      },
    },
    levels: levels ?? { get: async () => ({}), set: async () => undefined },
    levelsSubscriber: levelsSubscriber ?? { follow: async () => unfollowLevels },
    viewerReports: { report },
    broadcast,
    metrics: { entries: { inc: vi.fn() }, frames: { inc: vi.fn() } } as never,
    clock,
    logger,
  });
  let sequence = 0;
  const tell = (...entries: NewEntry[]): void => {
    const withIds = entries.map((entry) => {
      sequence += 1;
      return { ...entry, id: `${sequence}-0` } as Entry;
    });
    for (const listener of listeners) listener(withIds, 'one');
  };
  return { keeper, clock, tell, broadcast, report, unfollowEntries, unfollowLevels };
}

describe('room keeper', () => {
  it('opens a room once, however many ask for it at the same time', async () => {
    const { keeper } = createKeeper();
    const showId = createId('show');
    const [first, second] = await Promise.all([keeper.open(showId), keeper.open(showId)]);
    expect(first).toBe(second);
    expect(keeper.size).toBe(1);
  });

  it('has no room for a show without a timeline', async () => {
    const { keeper } = createKeeper([undefined]);
    await expect(keeper.open(createId('show'))).rejects.toMatchObject({ code: 'SHOW_NOT_FOUND' });
    expect(keeper.size).toBe(0);
  });

  it('misses no level that changes while the room is opened', async () => {
    let change = (_left: number): void => undefined;
    const { keeper } = createKeeper(['one'], {
      levelsSubscriber: {
        follow: async (_showId, onLevels) => {
          change = (left) => onLevels({ unitsLeft: { sale: left } });
          return async () => undefined;
        },
      },
      levels: {
        get: async () => {
          change(4);
          return { unitsLeft: { sale: 5 } };
        },
        set: async () => undefined,
      },
    });
    const room = await keeper.open(createId('show'));
    expect(room.levels.current.unitsLeft).toEqual({ sale: 4 });
    change(3);
    expect(room.levels.current.unitsLeft).toEqual({ sale: 3 });
  });

  it('stops following the levels of a room that cannot be opened', async () => {
    const unfollow = vi.fn(async () => undefined);
    const { keeper } = createKeeper(['one'], {
      levelsSubscriber: { follow: async () => unfollow },
      levels: { get: () => Promise.reject(new Error('Redis is away')), set: async () => undefined },
    });
    await expect(keeper.open(createId('show'))).rejects.toThrow('Redis is away');
    expect(unfollow).toHaveBeenCalledOnce();
  });

  it('closes a room that nobody has been in for a while, and nothing stays behind', async () => {
    const { keeper, clock, unfollowEntries, unfollowLevels } = createKeeper();
    const room = await keeper.open(createId('show'));
    const connection = createFakeConnection(createId('user'));
    room.join(connection);
    clock.at = IDLE_ROOM_MS * 2;
    keeper.closeIdle();
    expect(keeper.size).toBe(1);
    keeper.leaveAll(connection);
    clock.at += IDLE_ROOM_MS - 1;
    keeper.closeIdle();
    expect(keeper.size).toBe(1);
    clock.at += 1;
    keeper.closeIdle();
    expect(keeper.size).toBe(0);
    expect([unfollowEntries, unfollowLevels].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
  });

  it('sends one frame per show and tick, however many entries came', async () => {
    const { keeper, tell, broadcast } = createKeeper();
    const room = await keeper.open(createId('show'));
    room.join(createFakeConnection(createId('user')));
    tell(createEntry('show:went-live', 1, {}));
    tell(createEntry('product:pinned', 2, { productId: createId('product') }));
    keeper.tick();
    keeper.tick();
    expect(broadcast).toHaveBeenCalledTimes(1);
    expect(broadcast.mock.calls[0]?.[1]).toMatchObject({
      upTo: '2-0',
      entries: [{ id: '1-0' }, { id: '2-0' }],
    });
  });

  it('takes its viewers off the counts when it closes', async () => {
    const { keeper, report } = createKeeper();
    const showId = createId('show');
    const room = await keeper.open(showId);
    room.join(createFakeConnection(createId('user')));
    keeper.tick();
    await keeper.close();
    expect(report.mock.calls).toEqual([
      [showId, 1, [expect.stringMatching(/^usr_/)]],
      [showId, 0, []],
    ]);
  });
});

import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry, type NewEntry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState } from '@souk/protocol/timeline/state';
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
  const publish = vi.fn();
  const report = vi.fn(async () => undefined);
  const inc = { inc: vi.fn() };
  const keeper = new RoomKeeper({
    timeline: {
      loadState: async () => {
        const [epoch] = epochs;
        return epoch === undefined ? undefined : { epoch, state: emptyShowState };
      },
      readMissed: async () => undefined,
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
    publish,
    metrics: { entries: inc, frames: inc, resyncs: inc, removals: inc } as never,
    clock,
    logger,
  });
  let sequence = 0;
  const tellOf = (epoch: string, ...entries: NewEntry[]): void => {
    const withIds = entries.map((entry) => {
      sequence += 1;
      return { ...entry, id: `${sequence}-0` } as Entry;
    });
    for (const listener of listeners) listener(withIds, epoch);
  };
  const tell = (...entries: NewEntry[]): void => tellOf('one', ...entries);
  return { keeper, clock, tell, tellOf, publish, report, unfollowEntries, unfollowLevels };
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
    await room.join(connection);
    clock.at = IDLE_ROOM_MS * 2;
    keeper.sweep();
    expect(keeper.size).toBe(1);
    keeper.leaveAll(connection);
    clock.at += IDLE_ROOM_MS - 1;
    keeper.sweep();
    expect(keeper.size).toBe(1);
    clock.at += 1;
    keeper.sweep();
    expect(keeper.size).toBe(0);
    expect([unfollowEntries, unfollowLevels].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
  });

  it('sends one frame per show and tick, however many entries came', async () => {
    const { keeper, tell, publish } = createKeeper();
    const room = await keeper.open(createId('show'));
    await room.join(createFakeConnection(createId('user')));
    tell(createEntry('show:went-live', 1, {}));
    tell(createEntry('product:pinned', 2, { productId: createId('product') }));
    keeper.tick();
    keeper.tick();
    expect(publish).toHaveBeenCalledTimes(1);
    expect(publish.mock.calls[0]?.[2]).toMatchObject({
      upTo: '2-0',
      entries: [{ id: '1-0' }, { id: '2-0' }],
    });
  });

  it('costs nothing per show in which nothing happens, with a thousand of them', async () => {
    const { keeper, clock } = createKeeper();
    const rooms = await Promise.all(Array.from({ length: 1_000 }, () => keeper.open(createId('show'))));
    await Promise.all(rooms.map((room) => room.join(createFakeConnection(createId('user')))));
    clock.at += 1_000;
    keeper.tick();
    const flushes = rooms.map((room) => vi.spyOn(room, 'flush'));
    for (let tick = 0; tick < 20; tick += 1) {
      clock.at += 50;
      keeper.tick();
    }
    const busy = rooms[7];
    busy?.reactions.count('🔥');
    keeper.tick();
    expect(flushes.filter((flush) => flush.mock.calls.length > 0)).toHaveLength(1);
  });

  it('sends the whole state to everybody when the timeline begins anew, and shows nobody what is not theirs', async () => {
    const { keeper, tellOf, publish } = createKeeper();
    const room = await keeper.open(createId('show'));
    const [muted, other] = [createFakeConnection(createId('user')), createFakeConnection(createId('user'))];
    for (const each of [muted, other]) await room.join(each);
    const { userId } = muted.session;
    const mute = createEntry('user:muted', 1, { userId, until: 99, reason: '' }, userId);
    tellOf('two', createEntry('show:went-live', 1, {}), mute);
    keeper.tick();
    const crowd = publish.mock.calls.find(([, event]) => event === 'resync');
    expect(JSON.parse(JSON.stringify(crowd?.[2]))).toMatchObject({
      reason: 'new-epoch',
      epoch: 'two',
      state: { status: 'live', mutes: {} },
    });
    expect(other.sent).toEqual([]);
    expect(muted.sent.map(([event]) => event)).toEqual(['resync']);
    expect(JSON.parse(JSON.stringify(muted.sent[0]?.[1]))).toMatchObject({
      state: { mutes: { [userId]: 99 } },
    });
    expect(muted.channels.size).toBe(1);
  });

  it('sends nothing to a client that is behind, and the state when it has caught up', async () => {
    const { keeper, tell, publish } = createKeeper();
    const room = await keeper.open(createId('show'));
    const slow = createFakeConnection(createId('user'));
    await room.join(slow);
    keeper.pause(slow);
    expect(slow.channels.size).toBe(0);
    tell(createEntry('show:went-live', 1, {}));
    const { userId } = slow.session;
    tell(createEntry('user:muted', 2, { userId, until: 99, reason: '' }, userId));
    keeper.tick();
    expect([slow.sent, slow.channels.size]).toEqual([[], 0]);
    publish.mockClear();
    keeper.resume(slow);
    expect(slow.sent.map(([event]) => event)).toEqual(['resync']);
    expect(JSON.parse(JSON.stringify(slow.sent[0]?.[1]))).toMatchObject({
      reason: 'too-slow',
      state: { status: 'live', lastId: '2-0', mutes: { [userId]: 99 } },
    });
    expect(slow.channels.size).toBe(1);
  });

  it('encodes the state once for however many join, and never sends them what is in it twice', async () => {
    const { keeper, tell, publish } = createKeeper();
    const room = await keeper.open(createId('show'));
    await room.join(createFakeConnection(createId('user')));
    tell(createEntry('show:went-live', 1, {}));
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => room.join(createFakeConnection(createId('user')))),
    );
    const states = answers.map((answer) => (answer.kind === 'snapshot' ? answer.state : undefined));
    expect(new Set(states).size).toBe(1);
    expect(JSON.parse(JSON.stringify(states[0]))).toEqual(
      foldShow([{ ...createEntry('show:went-live', 1, {}), id: '1-0' } as Entry]),
    );
    keeper.tick();
    // The one frame went out before they came in.
    expect(publish).toHaveBeenCalledTimes(1);
  });

  it('takes its viewers off the counts when it closes', async () => {
    const { keeper, report } = createKeeper();
    const showId = createId('show');
    const room = await keeper.open(showId);
    await room.join(createFakeConnection(createId('user')));
    keeper.tick();
    await keeper.close();
    expect(report.mock.calls).toEqual([
      [showId, 1, [expect.stringMatching(/^usr_/)]],
      [showId, 0, []],
    ]);
  });
});

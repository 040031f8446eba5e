import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { createLogger } from '@souk/runtime/logger';
import { createRedis } from '@souk/runtime/redis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { timelineKeys } from './keys.ts';
import { createStateReader } from './load-state.ts';
import { createTimelineRetention } from './retention.ts';
import { sampleChat, sampleShowCreated } from './testing/sample-entries.ts';
import { createTimeline } from './timeline.ts';

const logger = createLogger({ name: 'retention-test', level: 'silent' });
const redis = createRedis({ url: inject('redisUrl'), name: 'retention-test', logger });
const timeline = createTimeline({ redis, logger });
const retention = createTimelineRetention({ redis });
afterAll(() => timeline.close());

/** A show that was created and in which so many have spoken. */
async function createTalk(messages: number) {
  const showId = createId('show');
  const { epoch } = await timeline.append(showId, sampleShowCreated(1));
  for (let index = 1; index <= messages; index += 1)
    await timeline.append(showId, sampleChat(index, `${index}`));
  const entries = await timeline.read(showId, { after: BEGINNING, limit: 1_000 });
  return { showId, epoch, entries, idOf: (index: number) => entries.at(index)?.id ?? '' };
}
type Talk = Awaited<ReturnType<typeof createTalk>>;

const snapshotAt = ({ showId, epoch, entries }: Talk, count: number) =>
  retention.saveSnapshot(showId, { epoch, state: foldShow(entries.slice(0, count)) });
const trim = ({ showId, epoch, idOf }: Talk, options = {}) =>
  retention.trim(
    showId,
    { epoch, entryId: idOf(-1) },
    { keepMs: -1, keepEntries: 3, maxEntries: 100, ...options },
  );
const lengthOf = (showId: ShowId) => redis.xlen(timelineKeys.timeline(showId));

describe('trimming', () => {
  it('removes what is old, archived and in the snapshot, and the state stays the same', async () => {
    const talk = await createTalk(9);
    const whole = await timeline.loadState(talk.showId);
    await snapshotAt(talk, 6);
    expect(await trim(talk)).toBe(6);
    expect(await timeline.loadState(talk.showId)).toEqual(whole);
    expect(whole?.state).toEqual(foldShow(talk.entries));
  });

  it('keeps the newest, the young, and what is not archived or not in the snapshot', async () => {
    const talk = await createTalk(9);
    const { showId, epoch, idOf } = talk;
    expect(await trim(talk)).toBe(0);
    await snapshotAt(talk, 4);
    expect(await trim(talk, { keepMs: 60_000 })).toBe(0);
    expect(await trim(talk, { maxEntries: 1 })).toBe(1);
    const options = { keepMs: -1, keepEntries: 3, maxEntries: 100 };
    expect(await retention.trim(showId, { epoch, entryId: idOf(2) }, options)).toBe(2);
    expect(await trim(talk)).toBe(1);
    await snapshotAt(talk, 10);
    expect(await trim(talk)).toBe(3);
    expect(await lengthOf(showId)).toBe(3);
  });

  it('does nothing to a timeline that has begun anew, nor for a snapshot of another epoch', async () => {
    const talk = await createTalk(9);
    await snapshotAt(talk, 9);
    await redis.set(timelineKeys.epoch(talk.showId), 'another');
    expect(await trim(talk)).toBe(0);
    await snapshotAt(talk, 9);
    expect(await trim({ ...talk, epoch: 'another' })).toBe(0);
    expect(await timeline.loadState(talk.showId)).toEqual({
      epoch: 'another',
      state: foldShow(talk.entries),
    });
  });
});

describe('the state of a show', () => {
  it('is undefined without a timeline', async () => {
    expect(await timeline.loadState(createId('show'))).toBeUndefined();
  });

  it('is whole although the stream is trimmed in the middle of the reading', async () => {
    const talk = await createTalk(9);
    const { showId } = talk;
    let reads = 0;
    const interrupted = createStateReader({
      redis,
      logger,
      read: timeline.read,
      async *readAll(...args) {
        reads += 1;
        if (reads === 1) {
          await snapshotAt(talk, 8);
          await trim(talk, { keepEntries: 2 });
        }
        yield* timeline.readAll(...args);
      },
    });
    expect((await interrupted.loadState(showId))?.state).toEqual(foldShow(talk.entries));
    expect([reads, await lengthOf(showId)]).toEqual([2, 2]);
  });

  it('fills what a former version did not know, and leaves orders out', async () => {
    const { showId, epoch, entries, idOf } = await createTalk(1);
    const { reports: _, ...former } = foldShow(entries);
    const state = { ...former, orders: { [createId('order')]: 'paid' } };
    await retention.saveSnapshot(showId, { epoch, state: state as never });
    expect((await timeline.loadState(showId))?.state).toEqual({
      ...emptyShowState,
      ...former,
      lastId: idOf(-1),
    });
  });

  it('does not begin with an older snapshot than the one that is there', async () => {
    const talk = await createTalk(3);
    await snapshotAt(talk, 4);
    await snapshotAt(talk, 2);
    expect(await redis.hget(timelineKeys.snapshot(talk.showId), 'upTo')).toBe(talk.idOf(3));
  });

  it('does without a snapshot that is malformed', async () => {
    const { showId, entries } = await createTalk(1);
    const kept = { epoch: await timeline.epoch(showId), upTo: '1-1', state: '{"chat":' };
    await redis.hset(timelineKeys.snapshot(showId), kept);
    expect((await timeline.loadState(showId))?.state).toEqual(foldShow(entries));
  });
});

describe('what a reader has missed', () => {
  it('is told exactly, or not at all when it was trimmed, is too much, or is of another epoch', async () => {
    const talk = await createTalk(9);
    const { showId, epoch, entries, idOf } = talk;
    await snapshotAt(talk, 5);
    await trim(talk);
    const since = (after: string, limit = 10) => timeline.readMissed(showId, { epoch, after, limit });
    expect(await since(idOf(4))).toEqual(entries.slice(5));
    expect(await since(idOf(7), 2)).toEqual(entries.slice(8));
    expect(await since(idOf(-1))).toEqual([]);
    expect(await since(idOf(3))).toBeUndefined();
    expect(await since(BEGINNING)).toBeUndefined();
    expect(await since(idOf(6), 2)).toBeUndefined();
    expect(await timeline.readMissed(showId, { epoch: 'another', after: idOf(7), limit: 9 })).toBeUndefined();
  });
});

describe('removing a timeline', () => {
  it('waits until all of it is archived, and leaves nothing of it', async () => {
    const talk = await createTalk(3);
    const { showId, epoch, idOf } = talk;
    await snapshotAt(talk, 2);
    expect(await retention.remove(showId, { epoch, entryId: idOf(-2) })).toBe(false);
    expect(await retention.remove(showId, { epoch: 'another', entryId: idOf(-1) })).toBe(false);
    expect(await lengthOf(showId)).toBe(4);
    expect(await retention.remove(showId, { epoch, entryId: idOf(-1) })).toBe(true);
    expect(await redis.keys(`souk:{${showId}}:*`)).toEqual([]);
  });
});

import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, type Entry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { followShow } from './follow-show.ts';
import { timelineKeys } from './keys.ts';
import { createTimelineRetention } from './retention.ts';
import { createTimelineTail, type TimelineTail } from './tail.ts';
import { sampleChat, sampleShowCreated } from './testing/sample-entries.ts';
import { createTimeline } from './timeline.ts';

const logger = createLogger({ name: 'follow-test', level: 'silent' });
const connect = (name: string) => createRedis({ url: inject('redisUrl'), name, logger });
const redis = connect('follow-test');
const tailRedis = connect('follow-test-tail');
const timeline = createTimeline({ redis, logger });
const retention = createTimelineRetention({ redis });
let tail: TimelineTail;
beforeEach(() => {
  tail = createTimelineTail({ redis: tailRedis, logger, intervalMs: 5 });
});
afterEach(() => tail.stop());
afterAll(() => Promise.all([timeline.close(), closeRedis(tailRedis)]));

const say = (showId: ShowId, text: string) => timeline.append(showId, sampleChat(1, text));
const begin = async (): Promise<ShowId> => {
  const showId = createId('show');
  await timeline.append(showId, sampleShowCreated(1));
  return showId;
};
/** As the archiving job does it: everything but the newest entry goes. */
const trimAll = async (showId: ShowId): Promise<void> => {
  const loaded = await timeline.loadState(showId);
  if (loaded === undefined) throw new Error('no timeline');
  const { epoch, state } = loaded;
  await retention.saveSnapshot(showId, loaded);
  await retention.trim(
    showId,
    { epoch, entryId: state.lastId },
    { keepMs: -1, keepEntries: 1, maxEntries: 1_000 },
  );
};
const follow = async (showId: ShowId) => {
  const told: string[] = [];
  const replaced: (string | undefined)[] = [];
  const show = await followShow({
    timeline,
    tail,
    logger,
    showId,
    onEntries: (entries) => told.push(...entries.map(({ type }) => type)),
    onReplaced: ({ state }) => replaced.push(state.chat.at(-1)?.text),
  });
  if (show === undefined) throw new Error('no timeline');
  return { show, told, replaced, chat: () => show.state.chat.map(({ text }) => text) };
};

describe('following a show', () => {
  it('begins with the state, and keeps it up to date', async () => {
    const showId = await begin();
    await say(showId, 'before');
    await say(showId, 'also before');
    await trimAll(showId);
    const followed = await follow(showId);
    expect(followed.chat()).toEqual(['before', 'also before']);
    tail.start();
    await say(showId, 'after');
    await eventually(() => expect(followed.chat()).toEqual(['before', 'also before', 'after']));
    expect(followed).toMatchObject({ told: ['chat:sent'], replaced: [] });
    followed.show.stop();
  });

  it('is told of the whole state when the stream was trimmed in front of it', async () => {
    const showId = await begin();
    const followed = await follow(showId);
    // The tail does not read meanwhile, as if this process had stood still.
    for (const text of ['one', 'two', 'three']) await say(showId, text);
    await trimAll(showId);
    tail.start();
    await eventually(() => expect(followed.replaced).toEqual(['three']));
    await say(showId, 'four');
    await eventually(() => expect(followed.told).toEqual(['chat:sent']));
    expect(followed.chat()).toEqual(['one', 'two', 'three', 'four']);
    followed.show.stop();
  });

  it('goes on without a hole when it has just what was trimmed', async () => {
    const showId = await begin();
    await say(showId, 'one');
    const followed = await follow(showId);
    await say(showId, 'two');
    await trimAll(showId);
    tail.start();
    await eventually(() => expect(followed.told).toEqual(['chat:sent']));
    expect(followed).toMatchObject({ replaced: [] });
    followed.show.stop();
  });

  it('is told of the whole state when the timeline begins anew', async () => {
    const showId = await begin();
    await say(showId, 'lost');
    const followed = await follow(showId);
    tail.start();
    await redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    await timeline.begin(showId, [sampleShowCreated(1), sampleChat(2, 'anew')]);
    await eventually(() => expect(followed.replaced).toEqual(['anew']));
    expect(followed.chat()).toEqual(['anew']);
    expect(followed.show.epoch).toBe(await timeline.epoch(showId));
    followed.show.stop();
  });

  it('finds no show without a timeline', async () => {
    const showId = createId('show');
    const options = {
      timeline,
      tail,
      logger,
      showId,
      onEntries: () => undefined,
      onReplaced: () => undefined,
    };
    expect(await followShow(options)).toBeUndefined();
  });
});

it('a tail tells a follower of a hole once, and nothing further, while others go on', async () => {
  const showId = await begin();
  for (const text of ['one', 'two']) await say(showId, text);
  await trimAll(showId);
  const holes: string[] = [];
  const heard: Entry[] = [];
  const behind = tail.follow(
    showId,
    BEGINNING,
    (entries) => heard.push(...entries),
    await timeline.epoch(showId),
    (trimmedTo) => holes.push(trimmedTo),
  );
  tail.start();
  await eventually(() => expect(holes).toHaveLength(1));
  const followed = await follow(showId);
  await say(showId, 'three');
  await eventually(() => expect(followed.chat()).toEqual(['one', 'two', 'three']));
  expect([holes.length, heard]).toEqual([1, []]);
  behind();
  followed.show.stop();
  expect(foldShow(heard).chat).toEqual([]);
});

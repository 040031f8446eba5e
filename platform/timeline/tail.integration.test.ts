import { EventEmitter, once } from 'node:events';
import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, type Entry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { timelineKeys } from './keys.ts';
import { createTimelineTail, type TimelineTail } from './tail.ts';
import { sampleChat, sampleShowCreated } from './testing/sample-entries.ts';
import { createTimeline } from './timeline.ts';

const logger = createLogger({ name: 'tail-test', level: 'silent' });
const connect = (name: string) => createRedis({ url: inject('redisUrl'), name, logger });
const redis = connect('tail-test');
const timeline = createTimeline({ redis, logger });
afterAll(() => timeline.close());

describe('timeline tail', () => {
  const tailRedis = connect('tail-under-test');
  const ticks = new EventEmitter();
  let tail: TimelineTail;
  beforeEach(() => {
    tail = createTimelineTail({ redis: tailRedis, logger, intervalMs: 5, onTick: () => ticks.emit('tick') });
    tail.start();
  });
  afterEach(() => tail.stop());
  afterAll(() => closeRedis(tailRedis));

  /** Collects what a follower is told. */
  function collect(showId: ShowId, after = BEGINNING, knownEpoch?: string) {
    const heard: { entry: Entry; epoch: string }[] = [];
    const unfollow = tail.follow(
      showId,
      after,
      (entries, epoch) => heard.push(...entries.map((entry) => ({ entry, epoch }))),
      knownEpoch,
    );
    return { heard, unfollow, instants: () => heard.map(({ entry }) => entry.at) };
  }

  it('tells each follower of its own show only, in order', async () => {
    const [one, other] = [createId('show'), createId('show')];
    const first = collect(one);
    const second = collect(other);
    for (const at of [1, 2, 3]) await timeline.append(one, sampleChat(at, 'x'));
    await timeline.append(other, sampleChat(9, 'y'));
    await eventually(() => expect(first.instants()).toEqual([1, 2, 3]));
    await eventually(() => expect(second.instants()).toEqual([9]));
  });

  it('tells followers of one show from the place where each stands', async () => {
    const showId = createId('show');
    const { id } = await timeline.append(showId, sampleChat(1, 'x'));
    await timeline.append(showId, sampleChat(2, 'x'));
    const late = collect(showId, id);
    const whole = collect(showId);
    await eventually(() => expect(whole.instants()).toEqual([1, 2]));
    await eventually(() => expect(late.instants()).toEqual([2]));
  });

  it('does not wait for the next tick when it is woken for a show that somebody follows', async () => {
    const [showId, other] = [createId('show'), createId('show')];
    const ticked = new EventEmitter();
    const seldom = createTimelineTail({
      redis: tailRedis,
      logger,
      intervalMs: 3_600_000,
      onTick: () => ticked.emit('tick'),
    });
    const heard: number[] = [];
    seldom.follow(showId, BEGINNING, (entries) => heard.push(...entries.map(({ at }) => at)));
    const begun = once(ticked, 'tick');
    seldom.start();
    await begun;
    for (const at of [1, 2, 3]) {
      const next = once(ticked, 'tick');
      await timeline.append(showId, sampleChat(at, 'x'));
      seldom.wake(other);
      seldom.wake(showId);
      seldom.wake(showId);
      await next;
    }
    expect(heard).toEqual([1, 2, 3]);
    await seldom.stop();
    seldom.wake(showId);
  });

  it('tells nothing more after unfollowing', async () => {
    const showId = createId('show');
    const { heard, unfollow } = collect(showId);
    unfollow();
    await timeline.append(showId, sampleChat(1, 'x'));
    await once(ticks, 'tick');
    await once(ticks, 'tick');
    expect(heard).toEqual([]);
  });

  it('goes on where it stood when its connection was cut', async () => {
    const showId = createId('show');
    const { instants } = collect(showId);
    await timeline.append(showId, sampleChat(1, 'x'));
    await eventually(() => expect(instants()).toEqual([1]));
    await redis.client('KILL', 'ID', await tailRedis.client('ID'));
    await timeline.append(showId, sampleChat(2, 'x'));
    await eventually(() => expect(instants()).toEqual([1, 2]));
  });

  it('begins again when the timeline was lost and has a new epoch', async () => {
    const showId = createId('show');
    const { heard } = collect(showId);
    const { epoch } = await timeline.append(showId, sampleShowCreated(1));
    await eventually(() => expect(heard).toHaveLength(1));
    await redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    await timeline.append(showId, sampleShowCreated(1));
    await timeline.append(showId, sampleChat(2, 'new'));
    await eventually(() => expect(heard.map(({ entry }) => entry.at)).toEqual([1, 1, 2]));
    expect(heard.map((each) => each.epoch === epoch)).toEqual([true, false, false]);
  });

  it('begins at the beginning when the follower knew another epoch', async () => {
    const showId = createId('show');
    const { id } = await timeline.append(showId, sampleChat(1, 'x'));
    const { instants } = collect(showId, id, 'an epoch that is gone');
    await timeline.append(showId, sampleChat(2, 'x'));
    await eventually(() => expect(instants()).toEqual([1, 2]));
  });

  it('passes by a malformed message and a follower that throws', async () => {
    const showId = createId('show');
    tail.follow(showId, BEGINNING, () => {
      throw new Error('this follower is broken');
    });
    const { instants } = collect(showId);
    await redis.xadd(timelineKeys.timeline(showId), '*', 'type', 'no:such-type');
    await timeline.append(showId, sampleChat(1, 'x'));
    await eventually(() => expect(instants()).toEqual([1]));
  });
});

import { createId } from '@souk/protocol/ids';
import type { Levels } from '@souk/protocol/timeline/levels';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { levelsChannel, timelineKeys } from './keys.ts';
import { createLevels, createLevelsSubscriber } from './levels.ts';

const logger = createLogger({ name: 'levels-test', level: 'silent' });
const redis = createRedis({ url: inject('redisUrl'), name: 'levels-test', logger });
const subscriberRedis = createRedis({ url: inject('redisUrl'), name: 'levels-subscriber-test', logger });
const levels = createLevels({ redis });
const subscriber = createLevelsSubscriber({ redis: subscriberRedis, levels, logger });
afterAll(() => Promise.all([closeRedis(redis), closeRedis(subscriberRedis)]));

describe('levels', () => {
  it('keeps the last value of each level and no reactions', async () => {
    const showId = createId('show');
    const [sale, variant] = [createId('sale'), createId('variant')];
    await levels.set(showId, { viewers: 2, unitsLeft: { [sale]: 5 } });
    await levels.set(showId, { unitsLeft: { [sale]: 4 }, stock: { [variant]: 7 }, reactions: { '🔥': 3 } });
    expect(await levels.get(showId)).toEqual({
      viewers: 2,
      unitsLeft: { [sale]: 4 },
      stock: { [variant]: 7 },
    });
  });

  it('tells followers what changed, reactions included, and passes by malformed messages', async () => {
    const showId = createId('show');
    const heard: Levels[] = [];
    const unfollow = await subscriber.follow(showId, (changed) => heard.push(changed));
    await redis.publish(levelsChannel(showId), 'not json');
    await levels.set(showId, { reactions: { '🔥': 3 } });
    await eventually(() => expect(heard).toEqual([{ reactions: { '🔥': 3 } }]));
    await unfollow();
    const [, subscribers] = (await redis.pubsub('NUMSUB', levelsChannel(showId))) as [string, number];
    expect(Number(subscribers)).toBe(0);
  });

  it('tells followers what is kept after their connection was lost', async () => {
    const [showId, sale] = [createId('show'), createId('sale')];
    const heard: Levels[] = [];
    const unfollow = await subscriber.follow(showId, (changed) => heard.push(changed));
    const lost = new Promise((resolve) => subscriberRedis.once('close', resolve));
    const found = new Promise((resolve) => subscriberRedis.once('ready', resolve));
    // Kept without being told, as a change during the loss.
    await redis.hset(timelineKeys.levels(showId), `unitsLeft:${sale}`, 3);
    subscriberRedis.disconnect(true);
    await lost;
    await found;
    await eventually(() => expect(heard.at(-1)).toMatchObject({ unitsLeft: { [sale]: 3 } }));
    await unfollow();
  });

  it('refuses a negative level', async () => {
    await expect(levels.set(createId('show'), { viewers: -1 })).rejects.toThrow();
  });
});

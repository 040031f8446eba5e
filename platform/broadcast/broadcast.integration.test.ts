import type { AiredStream } from '@souk/protocol/http/internal';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { eventually } from '@souk/runtime/testing/eventually';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createStreamBoard } from './board.ts';
import { createHlsDemand } from './demand.ts';
import { broadcastKeys } from './keys.ts';
import { createPackagingLeases } from './lease.ts';

const logger = createLogger({ name: 'broadcast-test', level: 'silent' });
let redis: Redis;
beforeAll(async () => {
  redis = createRedis({
    url: (await createTestRedis(inject('redisUrl'))).url,
    name: 'broadcast-test',
    logger,
  });
});
afterAll(() => closeRedis(redis));

const aired = (mediaUrl: string): AiredStream => ({
  streamId: createId('stream'),
  showId: createId('show'),
  mediaUrl,
  startedAt: 1_800_000_000_000,
  clockOffsetMs: -40,
  tracks: [{ kind: 'video', mimeType: 'video/H264', spatialLayers: 3 }],
});

describe('the board of streams', () => {
  it('shows what was written last of each stream, until it is removed', async () => {
    const board = createStreamBoard({ redis });
    const stream = aired('http://127.0.0.1:1');
    await board.put({ ...stream, tracks: [] });
    await board.put(stream);
    expect(await board.list()).toEqual([stream]);
    await board.remove(stream.streamId);
    expect(await board.list()).toEqual([]);
  });

  it('forgets the streams of a media server that starts, and no others', async () => {
    const board = createStreamBoard({ redis });
    const [own, other] = [aired('http://127.0.0.1:1'), aired('http://127.0.0.1:2')];
    await Promise.all([board.put(own), board.put(other)]);
    await board.clearOf('http://127.0.0.1:1');
    expect(await board.list()).toEqual([other]);
    await board.clearOf('http://127.0.0.1:2');
  });

  it('leaves out what it cannot read', async () => {
    await redis.hset(broadcastKeys.board, 'a', 'not json', 'b', '{"showId":1}');
    expect(await createStreamBoard({ redis }).list()).toEqual([]);
    await redis.del(broadcastKeys.board);
  });
});

describe('the demand for HLS', () => {
  it('stands for seconds after somebody asked', async () => {
    const demand = createHlsDemand({ redis });
    const [wanted, unwanted] = [createId('show'), createId('show')];
    await demand.note(wanted);
    expect([...(await demand.among([wanted, unwanted]))]).toEqual([wanted]);
    const leftMs = await redis.pttl(broadcastKeys.demand(wanted));
    expect(leftMs).toBeGreaterThan(10_000);
    expect(leftMs).toBeLessThanOrEqual(15_000);
  });
});

describe('a lease', () => {
  it('belongs to one worker at a time, which renews it and gives it back', async () => {
    const streamId = createId('stream');
    const [first, second] = ['one', 'two'].map((token) => createPackagingLeases({ redis, token }));
    if (first === undefined || second === undefined) throw new TypeError('both are made');
    expect(await first.take(streamId)).toBe(true);
    expect(await second.take(streamId)).toBe(false);
    expect(await second.renew(streamId)).toBe(false);
    await second.release(streamId);
    expect(await first.renew(streamId)).toBe(true);
    await first.release(streamId);
    expect(await second.take(streamId)).toBe(true);
    expect(await first.renew(streamId)).toBe(false);
  });

  it('goes to another worker when its holder is gone', async () => {
    const streamId = createId('stream');
    await createPackagingLeases({ redis, token: 'gone', leaseMs: 50 }).take(streamId);
    const heir = createPackagingLeases({ redis, token: 'heir' });
    await eventually(async () => expect(await heir.take(streamId)).toBe(true));
  });
});

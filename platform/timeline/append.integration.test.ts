import { createId } from '@souk/protocol/ids';
import { BEGINNING, createEntry } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { timelineKeys } from './keys.ts';
import { sampleChat, sampleShowCreated } from './testing/sample-entries.ts';
import { createTimeline } from './timeline.ts';

const logger = createLogger({ name: 'append-test', level: 'silent' });
/** Two nodes: what an append promises holds over both. */
const redis = [1, 2].map(() => createRedis({ url: inject('redisUrl'), name: 'append-test', logger }));
const timelines = redis.map((connection) => createTimeline({ redis: connection, logger }));
const [first, second] = timelines;
if (first === undefined || second === undefined) throw new Error('two timelines were made');
afterAll(() => Promise.all(redis.map(closeRedis)));

async function begin() {
  const showId = createId('show');
  await first?.append(showId, sampleShowCreated(1));
  return showId;
}
const typesOf = async (showId: Awaited<ReturnType<typeof begin>>) =>
  (await first.read(showId, { after: BEGINNING, limit: 100 })).map(({ type }) => type).slice(1);

describe('a pace', () => {
  const pace = { key: 'vera', everyMs: 60_000 };

  it('lets one append through, however many come at once from several nodes', async () => {
    const showId = await begin();
    const appends = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? first : second).append(showId, sampleChat(index, `${index}`), { pace }),
    );
    const answers = await Promise.allSettled(appends);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'SLOW_MODE' } });
    const { retryAfterMs } = refused?.status === 'rejected' ? refused.reason : { retryAfterMs: 0 };
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(await typesOf(showId)).toEqual(['chat:sent']);
  });

  it('is its own for each key and show, and over when its time is', async () => {
    const showId = await begin();
    await first.append(showId, sampleChat(1, 'a'), { pace });
    await second.append(showId, sampleChat(2, 'b'), { pace: { ...pace, key: 'ola' } });
    await second.append(await begin(), sampleChat(3, 'c'), { pace });
    await expect(second.append(showId, sampleChat(4, 'd'), { pace })).rejects.toMatchObject({
      code: 'SLOW_MODE',
    });
    // A shorter pace counts from the same message on.
    await redis[0]?.set(timelineKeys.pace(showId, 'vera'), Date.now() - 5_000);
    await second.append(showId, sampleChat(5, 'e'), { pace: { ...pace, everyMs: 5_000 } });
    expect(await typesOf(showId)).toHaveLength(3);
  });

  it('does not stop what comes again, and is not begun by what was refused', async () => {
    const showId = await begin();
    const once = { pace, dedupeKey: 'cmd_1', note: 'sent' };
    const { id } = await first.append(showId, sampleChat(1, 'a'), once);
    const again = await second.append(showId, sampleChat(1, 'a'), once);
    expect(again).toMatchObject({ id, duplicate: true, note: 'sent' });
    const late = { pace, dedupeKey: 'cmd_2' };
    await expect(first.append(showId, sampleChat(2, 'b'), late)).rejects.toMatchObject({ code: 'SLOW_MODE' });
    expect(await first.findAppended(showId, 'cmd_2')).toBeUndefined();
  });
});

describe('an echo', () => {
  const say = (name: string, keys: readonly string[], dedupeKey?: string) => ({
    ...(dedupeKey === undefined ? {} : { dedupeKey, note: `said ${name}` }),
    echo: {
      keys: keys.map((key) => ({ key, windowMs: 60_000 })),
      name,
      entry: createEntry('chat:repeated', 1, { messageId: createId('message'), userId: createId('user') }),
      field: 'messageId',
    },
  });

  it('is appended in the place of what says the same, and names the first', async () => {
    const showId = await begin();
    const [one, other] = [createId('message'), createId('message')];
    const said = await first.append(showId, sampleChat(1, 'hello'), say(one, ['vera hello']));
    expect(said.echoOf).toBeUndefined();
    const echoed = await second.append(showId, sampleChat(2, 'hello'), say(other, ['vera hello']));
    expect(echoed).toMatchObject({ echoOf: one, duplicate: false });
    const [, , repeated] = await first.read(showId, { after: BEGINNING, limit: 10 });
    expect(repeated).toMatchObject({ id: echoed.id, at: 2, type: 'chat:repeated', data: { messageId: one } });
    expect(JSON.stringify(repeated)).not.toContain('hello');
  });

  it('is known by any of its keys, from then on by all of them', async () => {
    const showId = await begin();
    const names = ['a', 'b', 'c'].map(() => createId('message'));
    const [one = '', two = '', three = ''] = names;
    await first.append(showId, sampleChat(1, 'x'), say(one, ['vera', 'crowd']));
    expect(await first.append(showId, sampleChat(2, 'x'), say(two, ['ola', 'crowd']))).toMatchObject({
      echoOf: one,
    });
    expect(await first.append(showId, sampleChat(3, 'x'), say(three, ['ola']))).toMatchObject({
      echoOf: one,
    });
  });

  it('has the same answer when its command comes again, told apart from the answer of others', async () => {
    const showId = await begin();
    const [one, other] = [createId('message'), createId('message')];
    await first.append(showId, sampleChat(1, 'x'), say(one, ['vera'], 'cmd_1'));
    const echoed = await first.append(showId, sampleChat(2, 'x'), say(other, ['vera'], 'cmd_2'));
    const again = await second.append(showId, sampleChat(2, 'x'), say(other, ['vera'], 'cmd_2'));
    expect(again).toEqual({ ...echoed, duplicate: true });
    expect(await second.findAppended(showId, 'cmd_2')).toEqual(again);
    expect(await second.findAppended(showId, 'cmd_1')).toMatchObject({
      duplicate: true,
      note: `said ${one}`,
    });
    expect(await typesOf(showId)).toEqual(['chat:sent', 'chat:repeated']);
  });

  it('is one of twenty that say the same at once', async () => {
    const showId = await begin();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? first : second).append(
          showId,
          sampleChat(index, 'same'),
          say(createId('message'), ['k']),
        ),
      ),
    );
    expect(answers.filter(({ echoOf }) => echoOf === undefined)).toHaveLength(1);
    expect((await typesOf(showId)).filter((type) => type === 'chat:sent')).toHaveLength(1);
  });
});

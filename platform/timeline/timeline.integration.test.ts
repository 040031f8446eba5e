import { createId } from '@souk/protocol/ids';
import { BEGINNING, compareEntryIds } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { createRedis } from '@souk/runtime/redis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { ZodError } from 'zod';
import { timelineKeys } from './keys.ts';
import { createShowDirectory } from './show-directory.ts';
import { sampleChat, sampleShowCreated } from './testing/sample-entries.ts';
import { createTimeline } from './timeline.ts';

const logger = createLogger({ name: 'timeline-test', level: 'silent' });
const redis = createRedis({ url: inject('redisUrl'), name: 'timeline-test', logger });
const timeline = createTimeline({ redis, logger });
afterAll(() => timeline.close());

describe('timeline', () => {
  it('gives back what was appended, in order, with strictly rising ids', async () => {
    const showId = createId('show');
    const entries = [sampleShowCreated(1), sampleChat(2, 'hello'), sampleChat(3, 'again')];
    for (const entry of entries) await timeline.append(showId, entry);
    const read = await timeline.read(showId, { after: BEGINNING, limit: 10 });
    expect(read.map(({ id: _, ...entry }) => entry)).toEqual(entries);
    expect(read.map((entry) => entry.id)).toEqual(read.map((entry) => entry.id).sort(compareEntryIds));
  });

  it('reads only what comes after an id, and at most the limit', async () => {
    const showId = createId('show');
    const first = await timeline.append(showId, sampleChat(1, 'one'));
    const second = await timeline.append(showId, sampleChat(2, 'two'));
    await timeline.append(showId, sampleChat(3, 'three'));
    const read = await timeline.read(showId, { after: first.id, limit: 1 });
    expect(read.map((entry) => entry.id)).toEqual([second.id]);
  });

  it('reads a long timeline in pages', async () => {
    const showId = createId('show');
    await Promise.all(
      Array.from({ length: 1_100 }, (_, index) => timeline.append(showId, sampleChat(index, `${index}`))),
    );
    const pages: number[] = [];
    for await (const page of timeline.readAll(showId, BEGINNING)) pages.push(page.length);
    expect(pages).toEqual([1_000, 100]);
  });

  it('appends once per dedupe key, even when it is called at the same time', async () => {
    const showId = createId('show');
    const append = () => timeline.append(showId, sampleChat(1, 'once'), { dedupeKey: 'evt_1' });
    const answers = await Promise.all([append(), append(), append()]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, true, true]);
    expect(await redis.xlen(timelineKeys.timeline(showId))).toBe(1);
  });

  it('is begun with several entries at once, and only once', async () => {
    const showId = createId('show');
    const entries = [sampleShowCreated(1), sampleChat(2, 'first')];
    const begun = await Promise.all([timeline.begin(showId, entries), timeline.begin(showId, entries)]);
    expect(begun.toSorted()).toEqual([false, true]);
    const read = await timeline.read(showId, { after: BEGINNING, limit: 10 });
    expect(read.map(({ id: _, ...entry }) => entry)).toEqual(entries);
    const { id } = await timeline.append(showId, sampleChat(3, 'later'), { mustExist: true });
    expect(compareEntryIds(read.at(-1)?.id ?? '', id)).toBeLessThan(0);
  });

  it('keeps its epoch, and begins a new one when its keys were lost', async () => {
    const showId = createId('show');
    expect(await timeline.epoch(showId)).toBeUndefined();
    const { epoch } = await timeline.append(showId, sampleShowCreated(1));
    expect((await timeline.append(showId, sampleChat(2, 'same'))).epoch).toBe(epoch);
    await redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    const { epoch: later } = await timeline.append(showId, sampleShowCreated(1));
    expect(later).not.toBe(epoch);
    expect(await timeline.epoch(showId)).toBe(later);
  });

  it('is begun only by those who may begin it', async () => {
    const showId = createId('show');
    const append = () => timeline.append(showId, sampleChat(1, 'x'), { mustExist: true });
    await expect(append()).rejects.toMatchObject({ code: 'SHOW_NOT_FOUND' });
    await timeline.append(showId, sampleShowCreated(1));
    await expect(append()).resolves.toMatchObject({ duplicate: false });
  });

  it('refuses an entry that does not fit its type, and stores nothing', async () => {
    const showId = createId('show');
    const faulty = { ...sampleChat(1, 'x'), data: { text: 'x' } } as unknown as ReturnType<typeof sampleChat>;
    await expect(timeline.append(showId, faulty)).rejects.toBeInstanceOf(ZodError);
    expect(await timeline.epoch(showId)).toBeUndefined();
  });

  it('leaves a malformed message out and reads on', async () => {
    const showId = createId('show');
    const key = timelineKeys.timeline(showId);
    await timeline.append(showId, sampleChat(1, 'before'));
    await redis.xadd(key, '*', 'type', 'chat:sent', 'at', 'noon', 'audience', 'all', 'data', '{');
    await timeline.append(showId, sampleChat(3, 'after'));
    const read = await timeline.read(showId, { after: BEGINNING, limit: 10 });
    expect(read.map((entry) => entry.at)).toEqual([1, 3]);
  });
});

describe('show directory', () => {
  it('lists the shows that were added and not removed', async () => {
    const directory = createShowDirectory({ redis });
    const [kept, removed] = [createId('show'), createId('show')];
    await directory.add(kept);
    await directory.add(removed);
    await directory.remove(removed);
    const listed = await directory.list();
    expect(listed).toContain(kept);
    expect(listed).not.toContain(removed);
    await directory.remove(kept);
  });
});

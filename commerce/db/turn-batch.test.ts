import { describe, expect, it, vi } from 'vitest';
import { createTurnBatch } from './turn-batch.ts';

const createLoad = () =>
  vi.fn(async (keys: readonly string[]) => new Map(keys.map((key) => [key, key.toUpperCase()])));

describe('a batch of one turn', () => {
  it('reads by one statement what is asked for in one turn, each thing once', async () => {
    const load = createLoad();
    const find = createTurnBatch(load, { most: 10 });
    expect(await Promise.all(['a', 'b', 'a'].map(find))).toEqual(['A', 'B', 'A']);
    expect(load.mock.calls).toEqual([[['a', 'b']]]);
  });

  it('remembers nothing', async () => {
    const load = createLoad();
    const find = createTurnBatch(load, { most: 10 });
    await find('a');
    await find('a');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('begins another statement when one has enough', async () => {
    const load = createLoad();
    const find = createTurnBatch(load, { most: 2 });
    expect(await Promise.all(['a', 'b', 'c'].map(find))).toEqual(['A', 'B', 'C']);
    expect(load.mock.calls).toEqual([[['a', 'b']], [['c']]]);
  });

  it('finds nothing for what is unknown', async () => {
    const find = createTurnBatch(async () => new Map<string, string>(), { most: 2 });
    expect(await find('a')).toBeUndefined();
  });

  it('fails only those whose statement failed', async () => {
    const load = createLoad().mockRejectedValueOnce(new Error('gone'));
    const find = createTurnBatch(load, { most: 1 });
    const found = await Promise.allSettled(['a', 'b'].map(find));
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await find('a')).toBe('A');
  });
});

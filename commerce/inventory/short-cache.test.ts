import { describe, expect, it, vi } from 'vitest';
import { createShortCache } from './short-cache.ts';

const createSubject = (load: (key: string) => Promise<number>) => {
  const time = { now: 0 };
  const cache = createShortCache({ load, ttlMs: 100, clock: { now: () => time.now }, maxKeys: 2 });
  return { cache, time };
};

describe('a short cache', () => {
  it('loads once for all who ask within its time', async () => {
    const load = vi.fn(async () => 1);
    const { cache, time } = createSubject(load);
    await Promise.all([cache.get('a'), cache.get('a')]);
    time.now = 99;
    await cache.get('a');
    expect(load).toHaveBeenCalledTimes(1);
    time.now = 100;
    await cache.get('a');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('does not keep failures, nor more keys than it may', async () => {
    const load = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new Error('down')).mockResolvedValue(2);
    const { cache } = createSubject(load);
    await expect(cache.get('a')).rejects.toThrow('down');
    expect(await cache.get('a')).toBe(2);
    await cache.get('b');
    await cache.get('c');
    await cache.get('a');
    expect(load).toHaveBeenCalledTimes(5);
  });
});

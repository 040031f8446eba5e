import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from './object-store.ts';

export interface StoreUnderTest {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

const options = { contentType: 'text/plain', cacheControl: 'no-cache' };

/** What every store of the port `ObjectStore` does. */
export function describeObjectStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an ObjectStore`, () => {
    let tested: StoreUnderTest;
    let store: ObjectStore;
    beforeEach(async () => {
      tested = await create();
      store = tested.store;
    });
    afterEach(() => tested.close());

    const put = (key: string, text: string): Promise<void> => store.put(key, Buffer.from(text), options);
    const read = async (
      key: string,
      range?: { start: number; end?: number },
    ): Promise<string | undefined> => {
      const found = await store.get(key, range);
      if (found === undefined) return undefined;
      const parts: Buffer[] = [];
      for await (const part of found.body) parts.push(Buffer.from(part));
      return Buffer.concat(parts).toString();
    };

    it('gives back what was put, and what was put last', async () => {
      await put('shows/one/a.txt', 'first');
      await put('shows/one/a.txt', 'second');
      expect(await read('shows/one/a.txt')).toBe('second');
      expect(await store.head('shows/one/a.txt')).toEqual({ sizeBytes: 6 });
    });

    it('gives a part of an object, and tells the size of the whole', async () => {
      await put('a.txt', '0123456789');
      expect(await read('a.txt', { start: 2, end: 4 })).toBe('234');
      expect(await read('a.txt', { start: 7 })).toBe('789');
      expect(await read('a.txt', { start: 8, end: 99 })).toBe('89');
      const part = await store.get('a.txt', { start: 2, end: 4 });
      part?.body.destroy();
      expect(part?.sizeBytes).toBe(10);
      expect(await store.get('a.txt', { start: 10 })).toBeUndefined();
    });

    it('has nothing where nothing was put', async () => {
      expect(await store.get('none')).toBeUndefined();
      expect(await store.head('none')).toBeUndefined();
      expect(await store.list('none/')).toEqual([]);
      await put('folder/file', 'x');
      expect(await store.get('folder')).toBeUndefined();
      expect(await store.head('folder')).toBeUndefined();
    });

    it('lists what lies under a prefix, in order, with sizes', async () => {
      const keys = ['s/b/2', 's/a/10', 's/a/1', 'st/x'];
      for (const key of keys) await put(key, key);
      expect(await store.list('s/')).toEqual([
        { key: 's/a/1', sizeBytes: 5 },
        { key: 's/a/10', sizeBytes: 6 },
        { key: 's/b/2', sizeBytes: 5 },
      ]);
    });

    it('lists more than a page holds', async () => {
      const keys = Array.from({ length: 25 }, (_, index) => `many/${100 + index}`);
      await Promise.all(keys.map((key) => put(key, 'x')));
      expect((await store.list('many/')).map(({ key }) => key)).toEqual(keys);
    });

    it('removes an object, or all under a prefix, and nothing else', async () => {
      for (const key of ['s/a/1', 's/a/2', 's/b/1', 'sa/1']) await put(key, 'x');
      await store.remove('s/b/1');
      await store.remove('s/b/1');
      expect((await store.list('s/')).map(({ key }) => key)).toEqual(['s/a/1', 's/a/2']);
      await store.remove('s/');
      expect(await store.list('s/')).toEqual([]);
      expect(await read('sa/1')).toBe('x');
    });

    it('refuses names that lead elsewhere', async () => {
      const strange = [
        '../a',
        'a/../../b',
        '/etc/passwd',
        'a//b',
        '.hidden',
        'a/.b',
        'a\\b',
        'a\0b',
        '',
        'ä',
        'a b',
      ];
      for (const key of strange) {
        await expect(put(key, 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
        await expect(store.get(key)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
        await expect(store.head(key)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
        await expect(store.remove(key)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      }
      for (const prefix of ['', '/', '../', 'a/../', 'a'])
        await expect(store.list(prefix)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      for (const prefix of ['/', '../', 'a/../'])
        await expect(store.remove(prefix)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });
  });
}

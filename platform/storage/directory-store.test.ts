import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectoryStore } from './directory-store.ts';
import { describeObjectStore } from './object-store.contract.ts';

const options = { contentType: 'text/plain', cacheControl: 'no-cache' };

async function openFolder() {
  const directory = await mkdtemp(join(tmpdir(), 'souk-store-'));
  const close = (): Promise<void> => rm(directory, { recursive: true, force: true });
  return { directory, store: createDirectoryStore({ directory }), close };
}

describeObjectStore('the directory', openFolder);

describe('the directory', () => {
  it('keeps no unfinished files, and makes its folders anew', async () => {
    const { directory, store, close } = await openFolder();
    await store.put('a/b', Buffer.from('1'), options);
    await rm(directory, { recursive: true });
    await store.put('a/b', Buffer.from('2'), options);
    expect(await readdir(join(directory, '.unfinished'))).toEqual([]);
    await close();
  });

  it('gives a whole object to a reader that began before it was removed', async () => {
    const { store, close } = await openFolder();
    await store.put('a', Buffer.alloc(1_000_000, 1), options);
    const found = await store.get('a');
    await store.remove('a');
    let length = 0;
    for await (const part of found?.body ?? []) length += part.length;
    expect(length).toBe(1_000_000);
    await close();
  });
});

import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '@souk/runtime/app-error';
import { assertKey, assertPrefix, type ObjectEntry, type ObjectStore } from './object-store.ts';

/** Names of files that are being written; no key begins with a dot. */
const UNFINISHED = '.unfinished';

/** Keeps objects as files under one directory. Writes go beside the file and are moved onto it at the end. */
export function createDirectoryStore({ directory }: { readonly directory: string }): ObjectStore {
  const root = resolve(directory);
  const pathOf = (key: string): string => {
    assertKey(key);
    return join(root, key);
  };
  return {
    put: (key, body) =>
      orUnavailable(async () => {
        const path = pathOf(key);
        const draft = join(root, UNFINISHED, crypto.randomUUID());
        await writeInto(dirname(draft), () => writeFile(draft, body));
        await writeInto(dirname(path), () => rename(draft, path));
      }),
    get: (key, range) =>
      orUnavailable(async () => {
        const file = await orUndefined(() => open(pathOf(key)));
        if (file === undefined) return undefined;
        const facts = await file.stat();
        const { size } = facts;
        if (!facts.isFile() || (range !== undefined && range.start >= size)) {
          await file.close();
          return undefined;
        }
        // The file stays open until it was read, even when it is removed meanwhile.
        const body = createReadStream('', { fd: file, ...(range ?? {}) });
        return { body, sizeBytes: size };
      }),
    head: (key) =>
      orUnavailable(async () => {
        const found = await orUndefined(() => stat(pathOf(key)));
        return found?.isFile() === true ? { sizeBytes: found.size } : undefined;
      }),
    list: (prefix) =>
      orUnavailable(async () => {
        assertPrefix(prefix);
        const entries = await listFiles(join(root, prefix), prefix);
        return entries.sort((left, right) => (left.key < right.key ? -1 : 1));
      }),
    remove: (keyOrPrefix) =>
      orUnavailable(async () => {
        const isPrefix = keyOrPrefix.endsWith('/');
        if (isPrefix) assertPrefix(keyOrPrefix);
        else assertKey(keyOrPrefix);
        await rm(join(root, keyOrPrefix), { force: true, recursive: isPrefix });
      }),
  };
}

async function listFiles(path: string, prefix: string): Promise<ObjectEntry[]> {
  const found = (await orUndefined(() => readdir(path, { withFileTypes: true }))) ?? [];
  const lists = await Promise.all(
    found.map(async (entry) => {
      if (entry.isDirectory()) return listFiles(join(path, entry.name), `${prefix}${entry.name}/`);
      const facts = await orUndefined(() => stat(join(path, entry.name)));
      return facts === undefined ? [] : [{ key: `${prefix}${entry.name}`, sizeBytes: facts.size }];
    }),
  );
  return lists.flat();
}

/** Folders are made when the first file goes into them, and anew when somebody removed them meanwhile. */
async function writeInto(directory: string, write: () => Promise<void>): Promise<void> {
  const isDone = await orUndefined(async () => {
    await write();
    return true;
  });
  if (isDone === true) return;
  await mkdir(directory, { recursive: true });
  await write();
}

/** Undefined for what is not there. */
async function orUndefined<Value>(look: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await look();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

async function orUnavailable<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('UNAVAILABLE', { cause, detail: 'the storage directory does not answer' });
  }
}

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One hash of the names and contents of files, and of all files in folders. What is left out is told by name. */
export async function hashFiles(
  entries: readonly string[],
  isLeftOut: (name: string) => boolean,
): Promise<string> {
  const hash = createHash('sha256');
  for (const entry of entries) {
    for (const file of await listFiles(entry, isLeftOut)) {
      hash
        .update(file)
        .update('\0')
        .update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/** A file itself, or all files in a folder and below, sorted by name. */
export async function listFiles(entry: string, isLeftOut: (name: string) => boolean): Promise<string[]> {
  const found = await readdir(entry, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (!found) return [entry];
  const nested = await Promise.all(
    found
      .filter((item) => !isLeftOut(item.name))
      .map((item) => {
        const full = path.join(entry, item.name);
        return item.isDirectory() ? listFiles(full, isLeftOut) : Promise.resolve([full]);
      }),
  );
  return nested.flat().sort();
}

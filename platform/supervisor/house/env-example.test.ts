import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fromRoot } from '../paths.ts';
import { secretNames } from './service-table.ts';

const configFiles = [
  'commerce/config.ts',
  'signaling/config.ts',
  'media-server/config.ts',
  'workers/config.ts',
  'platform/supervisor/edge/config.ts',
];

/** The keys of the schema that a service's config.ts exports. */
async function listKeys(file: string): Promise<string[]> {
  const exports: Record<string, unknown> = await import(pathToFileURL(fromRoot(file)).href);
  const schemas = Object.values(exports).filter((value) => value instanceof z.ZodObject);
  expect(schemas, `${file} exports one schema`).toHaveLength(1);
  return schemas.flatMap((schema) => Object.keys(schema.shape));
}

const listExampleKeys = () =>
  [...readFileSync(fromRoot('.env.example'), 'utf8').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(
    ([, key]) => key,
  );

test('.env.example names every variable that a service reads, and no other', {
  timeout: 30_000,
}, async () => {
  const keys = new Set((await Promise.all(configFiles.map(listKeys))).flat());
  expect(listExampleKeys().sort()).toEqual([...keys].sort());
});

test('each variable stands in .env.example once', () => {
  const keys = listExampleKeys();
  expect(keys).toEqual([...new Set(keys)]);
});

test('what is withheld as a secret is a variable of some service', () => {
  expect(listExampleKeys()).toEqual(expect.arrayContaining([...secretNames]));
});

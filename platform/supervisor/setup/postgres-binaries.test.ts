import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createPostgresBinariesStep } from './postgres-binaries.ts';

test('the links that the package lists are made relative, and then the step is done', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'souk-pg-'));
  mkdirSync(path.join(dir, 'native/lib'), { recursive: true });
  writeFileSync(path.join(dir, 'native/lib/libx.so.1.2'), 'library');
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so' }];
  writeFileSync(path.join(dir, 'native/pg-symlinks.json'), JSON.stringify(links));

  const step = createPostgresBinariesStep(dir);
  expect((await step.check()).state).toBe('needed');
  await step.run({ update() {}, say() {} });

  expect(readlinkSync(path.join(dir, 'native/lib/libx.so'))).toBe('libx.so.1.2');
  expect(readFileSync(path.join(dir, 'native/lib/libx.so'), 'utf8')).toBe('library');
  expect(await step.check()).toEqual({ state: 'done' });
});

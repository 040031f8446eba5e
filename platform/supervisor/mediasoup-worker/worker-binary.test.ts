import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { prebuiltWorkerUrl } from './download-worker.ts';
import { isUsableWorker, workerBinaryPath } from './worker-binary.ts';

function createProgram(text: string): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'souk-worker-')), 'mediasoup-worker');
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

test('the worker is kept by version and system, outside the checkout', () => {
  const file = workerBinaryPath('3.27.1', { XDG_CACHE_HOME: '/cache' });
  expect(file).toBe(
    `/cache/souk/mediasoup-worker/3.27.1-${process.platform}-${process.arch}/mediasoup-worker`,
  );
});

test('a worker of the own choice is taken from the environment', () => {
  expect(workerBinaryPath('3.27.1', { MEDIASOUP_WORKER_BIN: '/opt/worker' })).toBe('/opt/worker');
});

test('the download has the authors’ naming and can be redirected to a mirror', () => {
  const url = prebuiltWorkerUrl('3.27.1', {
    MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: 'https://mirror.example',
  });
  expect(url).toContain(
    `https://mirror.example/3.27.1/mediasoup-worker-3.27.1-${process.platform}-${process.arch}`,
  );
  expect(url).toMatch(/\.tgz$/);
});

test('only a program that answers as a worker does is usable', async () => {
  expect(await isUsableWorker(createProgram('#!/bin/sh\nexit 41\n'))).toBe(true);
  expect(await isUsableWorker(createProgram('#!/bin/sh\nexit 127\n'))).toBe(false);
  expect(await isUsableWorker('/no/such/file')).toBe(false);
});

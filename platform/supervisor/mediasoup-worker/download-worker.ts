import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Progress } from '../setup/progress.ts';
import { runCommand } from '../setup/run-command.ts';
import { isUsableWorker } from './worker-binary.ts';

const RELEASES_URL = 'https://github.com/versatica/mediasoup/releases/download';
const FIRST_ANSWER_TIMEOUT_MS = 8_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;

/** The address of the worker that the authors built for this system; the naming is theirs. */
export function prebuiltWorkerUrl(version: string, env: NodeJS.ProcessEnv = process.env): string {
  const kernel = process.platform === 'linux' ? `-kernel${os.release().split('.')[0]}` : '';
  const base = env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] || RELEASES_URL;
  return `${base}/${version}/mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`;
}

/**
 * Downloads the prebuilt worker to `target`. Answers undefined when it works, else the reason why not:
 * the site is out of reach, has none for this system, or what came does not run here. Never throws for these.
 */
export async function downloadWorker(
  url: string,
  target: string,
  progress: Progress,
): Promise<string | undefined> {
  const response = await requestWorker(url);
  if (typeof response === 'string') return response;
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(target), 'download-'));
  try {
    return await unpackWorker(response, folder, target, progress);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function requestWorker(url: string): Promise<Response | string> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), FIRST_ANSWER_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    return response.ok ? response : `${new URL(url).host} answered ${response.status}`;
  } catch {
    return `${new URL(url).host} is out of reach`;
  } finally {
    clearTimeout(timer);
  }
}

async function unpackWorker(response: Response, folder: string, target: string, progress: Progress) {
  const archive = path.join(folder, 'worker.tgz');
  await saveBody(response, archive, progress);
  const unpacked = await runCommand('tar', ['-xzf', archive, '-C', folder]);
  const binary = path.join(folder, 'mediasoup-worker');
  if (unpacked.code !== 0) return 'the downloaded archive is damaged';
  await chmod(binary, 0o755);
  if (!(await isUsableWorker(binary))) return 'the downloaded worker does not run on this system';
  await rename(binary, target);
  return undefined;
}

async function saveBody(response: Response, file: string, progress: Progress): Promise<void> {
  if (!response.body) throw new Error('the answer was empty');
  const totalBytes = Number(response.headers.get('content-length') ?? 0);
  let receivedBytes = 0;
  const source = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  source.on('data', (chunk: Buffer) => {
    receivedBytes += chunk.length;
    progress.update('downloading', totalBytes > 0 ? receivedBytes / totalBytes : undefined);
  });
  await pipeline(source, createWriteStream(file), { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
}

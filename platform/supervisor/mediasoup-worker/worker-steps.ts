import path from 'node:path';
import { cacheDir, fromRoot } from '../paths.ts';
import type { Progress } from '../setup/progress.ts';
import { lastLines, runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import { done, needed, type SetupStep } from '../setup/setup-step.ts';
import { downloadWorker, prebuiltWorkerUrl } from './download-worker.ts';
import { getMediasoupVersion, isUsableWorker, mediasoupDir, workerBinaryPath } from './worker-binary.ts';

export async function hasUsableWorker(): Promise<boolean> {
  return await isUsableWorker(workerBinaryPath());
}

/** First way to the media worker: the authors' own build. That it is out of reach is no failure; the next step compiles. */
export function createWorkerDownloadStep(): SetupStep {
  return {
    name: 'media worker, download',
    async check() {
      return (await hasUsableWorker()) ? done : needed(`mediasoup ${getMediasoupVersion()}`);
    },
    async run(progress) {
      assertNotPinnedElsewhere();
      const version = getMediasoupVersion();
      const refusal = await downloadWorker(prebuiltWorkerUrl(version), workerBinaryPath(version), progress);
      if (refusal !== undefined) progress.say(`${refusal}: it will be compiled instead`);
    },
  };
}

/** Second way: compile it from the sources in the npm package and the system's libraries. */
export function createWorkerCompileStep(): SetupStep {
  return {
    name: 'media worker, compiling',
    async check() {
      return (await hasUsableWorker()) ? done : needed('about 90 s on two cores, kept for later');
    },
    run: compileWorker,
  };
}

async function compileWorker(progress: Progress): Promise<void> {
  const script = fromRoot('platform/supervisor/mediasoup-worker/build-worker.sh');
  const buildDir = path.join(cacheDir(), 'mediasoup-worker-build', getMediasoupVersion());
  const result = await runCommand('bash', [script, mediasoupDir(), workerBinaryPath(), buildDir], {
    onLine: (line) => showCompileProgress(line, progress),
  });
  if (result.code === 0 && (await hasUsableWorker())) return;
  throw new SetupError(
    'The media worker could not be compiled.',
    lastLines(result.output),
    'Fix what the lines above name and run `npm run setup` again, or point MEDIASOUP_WORKER_BIN at a worker of the same version.',
  );
}

/** The script prints `[done/total] file` for each source. */
function showCompileProgress(line: string, progress: Progress): void {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line);
  if (match) progress.update(`${match[1]} of ${match[2]} sources`, Number(match[1]) / Number(match[2]));
}

function assertNotPinnedElsewhere(): void {
  const pinned = process.env['MEDIASOUP_WORKER_BIN'];
  if (!pinned) return;
  throw new SetupError(
    `MEDIASOUP_WORKER_BIN (${pinned}) is not a usable media worker.`,
    'The file is missing, or it does not run on this system.',
    'Correct the path, or unset the variable to have the worker downloaded or compiled.',
  );
}

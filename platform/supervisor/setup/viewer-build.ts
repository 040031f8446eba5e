import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { fromRoot } from '../paths.ts';
import { hashFiles, listFiles } from './hash-files.ts';
import { lastLines, runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';
import { done, needed, type SetupStep } from './setup-step.ts';

const viewerDir = fromRoot('web-viewer');
const distDir = fromRoot('web-viewer/dist');
const stampName = '.souk-source-hash';
/** What the page is made of; a change in any of these means a new build. */
const sources = [viewerDir, fromRoot('platform/protocol'), fromRoot('package-lock.json')];
const isLeftOut = (name: string) =>
  /^(node_modules|dist|dist\.part-.*|e2e|test-results)$|\.test\./.test(name);

/** The step that builds the page when its sources have changed since the last build. */
export function createViewerBuildStep(): SetupStep {
  return {
    name: 'the page',
    async check() {
      const stamp = await readFile(path.join(distDir, stampName), 'utf8').catch(() => undefined);
      if (stamp === undefined) return needed('not built yet');
      return stamp === (await hashFiles(sources, isLeftOut)) ? done : needed('its sources have changed');
    },
    async run(progress) {
      const hash = await hashFiles(sources, isLeftOut);
      const part = `${distDir}.part-${process.pid}`; // several test runs may build at the same time
      const vite = fromRoot('node_modules/vite/bin/vite.js');
      const args = [vite, 'build', '--outDir', part, '--emptyOutDir', '--logLevel', 'warn'];
      const result = await runCommand(process.execPath, args, { cwd: viewerDir });
      if (result.code !== 0) throw buildFailed(result.output);
      progress.update('compressing');
      await compressFiles(part);
      await writeFile(path.join(part, stampName), hash);
      await replaceFolder(part, distDir);
    },
  };
}

/** Another run may put its own build in place in between; then the next one looks again. */
async function replaceFolder(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await rm(to, { recursive: true, force: true });
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

function buildFailed(output: string): SetupError {
  return new SetupError(
    'The page could not be built.',
    lastLines(output, 15),
    'Correct what the lines above name.',
  );
}

/** Compressed once here, so that nobody compresses on each request. */
async function compressFiles(folder: string): Promise<void> {
  const files = (await listFiles(path.join(folder, 'assets'), () => false)).filter((file) =>
    /\.(js|css|svg|json)$/.test(file),
  );
  for (const file of files) {
    const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    await pipeline(createReadStream(file), brotli, createWriteStream(`${file}.br`));
  }
}

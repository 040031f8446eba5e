import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { fromRoot } from '../paths.ts';
import { lastLines, runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';
import { done, needed, type SetupStep } from './setup-step.ts';

const viewerDir = fromRoot('web-viewer');
const distDir = fromRoot('web-viewer/dist');
const stampName = '.souk-source-hash';
/** What the page is made of; a change in any of these means a new build. */
const sources = [viewerDir, fromRoot('platform/protocol'), fromRoot('package-lock.json')];
const leftOut = /^(node_modules|dist|dist\.part-.*|e2e|test-results)$/;

/** The step that builds the page when its sources have changed since the last build. */
export function createViewerBuildStep(): SetupStep {
  return {
    name: 'the page',
    async check() {
      const stamp = await readFile(path.join(distDir, stampName), 'utf8').catch(() => undefined);
      if (stamp === undefined) return needed('not built yet');
      return stamp === (await hashSources()) ? done : needed('its sources have changed');
    },
    async run(progress) {
      const hash = await hashSources();
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

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await listFiles(source))
      hash
        .update(file)
        .update('\0')
        .update(await readFile(file));
  }
  return hash.digest('hex');
}

async function listFiles(entry: string): Promise<string[]> {
  if (!existsSync(entry)) return [];
  const found = await readdir(entry, { withFileTypes: true }).catch(() => undefined);
  if (!found) return [entry]; // a file, not a folder
  const kept = found.filter((item) => !leftOut.test(item.name) && !item.name.includes('.test.'));
  const nested = await Promise.all(
    kept.map((item) => {
      const full = path.join(entry, item.name);
      return item.isDirectory() ? listFiles(full) : Promise.resolve([full]);
    }),
  );
  return nested.flat().sort();
}

/** Compressed once here, so that nobody compresses on each request. */
async function compressFiles(folder: string): Promise<void> {
  const files = (await listFiles(path.join(folder, 'assets'))).filter((file) =>
    /\.(js|css|svg|json)$/.test(file),
  );
  for (const file of files) {
    const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    await pipeline(createReadStream(file), brotli, createWriteStream(`${file}.br`));
  }
}

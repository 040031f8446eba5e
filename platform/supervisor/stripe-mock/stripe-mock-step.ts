import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { lastLines, runCommand } from '../setup/run-command.ts';
import { done, needed, type SetupStep } from '../setup/setup-step.ts';
import {
  findGo,
  findStripeMock,
  STRIPE_MOCK_MODULE,
  STRIPE_MOCK_VERSION,
  stripeMockDir,
} from './stripe-mock.ts';

/** Go compiles it in about a minute. */
const BUILD_TIMEOUT_MS = 300_000;

/**
 * Builds stripe-mock once, for tests and only where Go is present. The tests that use it are left out without it, so a
 * build that fails is told of and does not stop the set-up.
 */
export function createStripeMockStep(): SetupStep {
  return {
    name: 'stripe-mock',
    async check() {
      if (findStripeMock() !== undefined || findGo() === undefined) return done;
      return needed('not built yet; about a minute, once');
    },
    async run(progress) {
      const target = stripeMockDir();
      const part = `${target}.part-${process.pid}`; // several test runs may build at the same time
      await mkdir(part, { recursive: true });
      const result = await runCommand(
        findGo() ?? 'go',
        ['install', `${STRIPE_MOCK_MODULE}@${STRIPE_MOCK_VERSION}`],
        { cwd: part, env: { ...process.env, GOBIN: part, GOFLAGS: '' }, timeoutMs: BUILD_TIMEOUT_MS },
      );
      if (result.code !== 0) {
        await rm(part, { recursive: true, force: true });
        progress.say(`stripe-mock is left out, and with it its tests: ${lastLines(result.output, 1)}`);
        return;
      }
      await mkdir(path.dirname(target), { recursive: true });
      // Another run may have been quicker; its build is the same.
      await rename(part, target).catch(() => rm(part, { recursive: true, force: true }));
    },
  };
}

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createHouse, type House } from './house/house.ts';
import type { DemoExtent, HouseAddress } from './house/options.ts';
import { runSteps } from './setup/run-steps.ts';
import { createViewerBuildStep } from './setup/viewer-build.ts';

export interface TestHouse extends HouseAddress {
  findPid: House['findPid'];
  /** Folder of the logs, one file for each service. */
  logsDir: string;
  stop(): Promise<void>;
}

export interface TestHouseOptions {
  /** The demo shop with its show on air unless told otherwise. */
  demo?: DemoExtent;
  /** Variables for the services, e.g. lifted limits. */
  env?: NodeJS.ProcessEnv;
  report?: (line: string) => void;
}

/**
 * Starts a whole house of its own (databases, services, edge) on free ports with throw-away data, the same way as
 * `npm start` does. The page is built first when its sources have changed. Throws when anything does not come up.
 */
export async function startTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  await runSteps([createViewerBuildStep()]);
  const stateDir = await mkdtemp(path.join(os.tmpdir(), 'souk-house-'));
  await chmod(stateDir, 0o711); // PostgreSQL may run as another user; what is inside stays private
  const { DATABASE_URL: _, REDIS_URL: __, LOG_LEVEL: ___, ...env } = process.env;
  const house = createHouse({
    stateDir,
    port: 0,
    host: '127.0.0.1',
    publicName: 'localhost',
    demo: options.demo ?? 'show',
    disposable: true,
    env: { ...env, NODE_ENV: 'development', ...options.env },
    report: options.report ?? (() => {}),
  });
  const stop = async () => {
    await house.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    const address = await house.start();
    return { ...address, findPid: house.findPid, logsDir: path.join(stateDir, 'logs'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

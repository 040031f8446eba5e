import { defineConfig } from 'vitest/config';
import {
  getMediasoupVersion,
  workerBinaryPath,
} from './platform/supervisor/mediasoup-worker/worker-binary.ts';

const ignored = ['**/node_modules/**', '**/dist/**'];
const env = {
  MEDIASOUP_WORKER_BIN: workerBinaryPath(getMediasoupVersion()),
  LOG_LEVEL: 'silent',
  NODE_ENV: 'test',
};

/** Tests against a real PostgreSQL, Redis and media worker. */
const onServices = {
  globalSetup: ['./platform/supervisor/testing/global-setup.ts'],
  env,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // How long a condition is waited for, not how long it takes: other tests use the machine too.
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  test: {
    // Two cores are the measure of this project; more workers only make waiting tests wait longer.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...ignored, '**/*.integration.test.ts', '**/*.contract.test.ts'],
          env,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['**/*.contract.test.ts'],
          exclude: ignored,
          ...onServices,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: ignored,
          ...onServices,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['web-viewer/e2e/*.e2e.ts'],
          exclude: ignored,
          fileParallelism: false,
          env,
          testTimeout: 240_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

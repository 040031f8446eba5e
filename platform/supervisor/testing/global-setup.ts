import type { TestProject } from 'vitest/node';
import { startTestServices } from '../test-services.ts';

/** Starts PostgreSQL and Redis once for the run; a run that has no integration test file does not pay for them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startTestServices();
  project.provide('databaseUrl', services.databaseUrl);
  project.provide('redisUrl', services.redisUrl);
  return () => services.stop();
}

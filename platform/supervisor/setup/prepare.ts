import {
  createWorkerCompileStep,
  createWorkerDownloadStep,
  hasUsableWorker,
} from '../mediasoup-worker/worker-steps.ts';
import { createStripeMockStep } from '../stripe-mock/stripe-mock-step.ts';
import { runtimePackages, testPackages, workerBuildPackages } from './package-table.ts';
import { createPostgresBinariesStep } from './postgres-binaries.ts';
import type { SetupStep } from './setup-step.ts';
import { createSystemPackagesStep } from './system-packages.ts';
import { createViewerBuildStep } from './viewer-build.ts';

/** What the machine is prepared for: `tests` needs a browser as well. */
export type SetupGoal = 'run' | 'tests';

/** The steps of the set-up in their order. The download comes first, because it decides whether a compiler is needed. */
export function listSetupSteps(goal: SetupGoal): SetupStep[] {
  return [
    createPostgresBinariesStep(),
    createWorkerDownloadStep(),
    createSystemPackagesStep(() => listWantedPackages(goal)),
    createWorkerCompileStep(),
    createViewerBuildStep(),
    ...(goal === 'tests' ? [createStripeMockStep()] : []),
  ];
}

async function listWantedPackages(goal: SetupGoal) {
  const forWorker = (await hasUsableWorker()) ? [] : workerBuildPackages;
  return [...runtimePackages, ...(goal === 'tests' ? testPackages : []), ...forWorker];
}

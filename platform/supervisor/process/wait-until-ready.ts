import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessSpec } from './process-spec.ts';
import type { RunningProcess } from './spawn-process.ts';

const PROBE_PERIOD_MS = 75;

/**
 * Waits until a started process answers its readiness probe.
 * Throws when it ends before that, or is not ready within `timeoutMs`; the caller adds the log.
 */
export async function waitUntilReady(
  spec: ProcessSpec,
  running: RunningProcess,
  timeoutMs = 60_000,
): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  let hasExited = false;
  void running.exited.then(() => {
    hasExited = true;
  });
  while (!(await probe(spec))) {
    if (hasExited) throw new Error(`${spec.name} ended before it was ready`);
    if (Date.now() > deadlineMs) throw new Error(`${spec.name} was not ready within ${timeoutMs / 1000} s`);
    await delay(PROBE_PERIOD_MS);
  }
}

async function probe(spec: ProcessSpec): Promise<boolean> {
  try {
    return await spec.isReady();
  } catch {
    return false; // not ready yet is the expected answer here; the deadline tells a lasting failure
  }
}

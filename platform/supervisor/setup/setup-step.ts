import type { Progress } from './progress.ts';

/** What a step's check found: nothing to do, or why there is something to do. */
export type StepCheck = { state: 'done' } | { state: 'needed'; reason: string };

/**
 * One step of the set-up. `check` is quick and changes nothing; `run` does the work and reports its progress.
 * A step that cannot do its work throws a SetupError.
 */
export interface SetupStep {
  readonly name: string;
  check(): Promise<StepCheck>;
  run(progress: Progress): Promise<void>;
}

export const done: StepCheck = { state: 'done' };

export function needed(reason: string): StepCheck {
  return { state: 'needed', reason };
}

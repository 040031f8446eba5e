import { expect, test } from 'vitest';
import type { ProgressLine } from './progress.ts';
import { runSteps } from './run-steps.ts';
import { describeFailure, SetupError } from './setup-error.ts';
import { done, needed, type SetupStep, type StepCheck } from './setup-step.ts';

const silentLine = (): ProgressLine => ({ update() {}, say() {}, succeed() {}, fail() {} });

function fakeStep(name: string, verdict: StepCheck, log: string[], error?: Error): SetupStep {
  return {
    name,
    check: async () => verdict,
    run: async () => {
      log.push(name);
      if (error) throw error;
    },
  };
}

test('only steps that are needed run, in their order', async () => {
  const log: string[] = [];
  const steps = [
    fakeStep('a', needed('missing'), log),
    fakeStep('b', done, log),
    fakeStep('c', needed('old'), log),
  ];
  expect(await runSteps(steps, silentLine)).toEqual(['a', 'c']);
  expect(log).toEqual(['a', 'c']);
});

test('the first failure ends the set-up', async () => {
  const log: string[] = [];
  const failure = new SetupError('It broke.', 'no disk', 'make room');
  const steps = [fakeStep('a', needed('missing'), log, failure), fakeStep('b', needed('missing'), log)];
  await expect(runSteps(steps, silentLine)).rejects.toBe(failure);
  expect(log).toEqual(['a']);
});

test('a failure is told with its reason and with what to do', () => {
  const text = describeFailure(new SetupError('It broke.', 'no disk\nno luck', 'make room'));
  expect(text).toContain('✗ It broke.');
  expect(text).toContain('no disk\n        no luck');
  expect(text).toContain('make room');
});

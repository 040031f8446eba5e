import { expect, test } from 'vitest';
import type { SystemPackage } from './package-table.ts';
import { createSystemPackagesStep, findMissingPackages } from './system-packages.ts';

const present: SystemPackage = { apt: 'shell', purpose: 'test', programs: ['no-such-program', 'sh'] };
const absent: SystemPackage = { apt: 'nothing', purpose: 'test', programs: ['no-such-program'] };
const absentLibrary: SystemPackage = { apt: 'libnothing-dev', purpose: 'test', library: 'no-such-library' };

test('a package counts as present when any of its programs is on the path', async () => {
  expect(await findMissingPackages([present, absent, absentLibrary])).toEqual([absent, absentLibrary]);
});

test('only what is missing is installed, and each is named first', async () => {
  const installed: string[] = [];
  const said: string[] = [];
  const step = createSystemPackagesStep(async () => [present, absent], {
    install: async (names) => {
      installed.push(...names);
    },
  });
  expect(await step.check()).toEqual({ state: 'needed', reason: 'nothing' });
  await step.run({ update() {}, say: (line) => said.push(line) });
  expect(installed).toEqual(['nothing']);
  expect(said).toEqual(['nothing: test']);
});

test('nothing is to be done when all is there', async () => {
  const step = createSystemPackagesStep(async () => [present], {
    install: () => Promise.reject(new Error('never')),
  });
  expect(await step.check()).toEqual({ state: 'done' });
});

import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from './command-line.ts';
import { scenarios } from './scenarios/all.ts';

describe('command line of the bench', () => {
  it('names a scenario, a file and settings', () => {
    expect(parseCommandLine(['smoke', '--json', 'out.json', '--clients', '5'], scenarios)).toEqual({
      scenario: 'smoke',
      jsonFile: 'out.json',
      settings: { clients: '5' },
    });
  });

  it('does without a file', () => {
    expect(parseCommandLine(['smoke'], scenarios).jsonFile).toBeUndefined();
  });

  it('may name the scenario by a setting, wherever that stands', () => {
    expect(parseCommandLine(['--clients', '5', '--scenario', 'smoke'], scenarios)).toEqual({
      scenario: 'smoke',
      jsonFile: undefined,
      settings: { clients: '5' },
    });
  });

  it.each([
    ['no scenario', []],
    ['an unknown scenario', ['nothing']],
    ['an unknown setting', ['smoke', '--colour', 'blue']],
    ['a setting without a value', ['smoke', '--clients']],
    ['a value without a setting', ['smoke', 'out.json']],
  ])('is refused with %s', (_name, args) => {
    expect(() => parseCommandLine(args, scenarios)).toThrow(UsageError);
  });

  it('shows every scenario with its settings when it is refused', () => {
    expect(() => parseCommandLine([], scenarios)).toThrow(/smoke: .*\n.*--clients 200/);
  });
});

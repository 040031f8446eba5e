import type { Scenario } from './scenarios/scenario.ts';

export interface CommandLine {
  readonly scenario: string;
  /** Where the report goes; undefined prints the table only. */
  readonly jsonFile: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/** The command line is not one that can be run; the message says how it is written. */
export class UsageError extends Error {}

const COMMAND = 'npm run load --';

/**
 * Reads `<scenario> [--json FILE] [--setting value …]`; the scenario may also be named by `--scenario`.
 * Throws UsageError, which names the `command` that was used.
 */
export function parseCommandLine(
  args: readonly string[],
  scenarios: readonly Scenario[],
  command = COMMAND,
): CommandLine {
  const [name, ...rest] = nameFirst(args);
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new UsageError(usage(scenarios, name, command));
  const options = readOptions(rest);
  const { json: jsonFile, ...settings } = options;
  for (const setting of Object.keys(settings)) {
    if (!(setting in scenario.defaults))
      throw new UsageError(`There is no --${setting}.\n${describe(scenario)}`);
  }
  return { scenario: scenario.name, jsonFile, settings };
}

function nameFirst(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--scenario');
  return at < 0 ? args : [...args.slice(at + 1, at + 2), ...args.slice(0, at), ...args.slice(at + 2)];
}

function readOptions(args: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 2) {
    const [key, value] = [args[index] ?? '', args[index + 1]];
    if (!key.startsWith('--') || value === undefined)
      throw new UsageError(`Write settings as --key value, not "${key}".`);
    options[key.slice(2)] = value;
  }
  return options;
}

function usage(scenarios: readonly Scenario[], name: string | undefined, command: string): string {
  const fault = name === undefined ? 'Name a scenario.' : `There is no scenario "${name}".`;
  return [fault, `${command} <scenario> --json FILE [--setting value]`, ...scenarios.map(describe)].join(
    '\n',
  );
}

function describe({ name, summary, defaults }: Scenario): string {
  const settings = Object.entries(defaults).map(([key, value]) => `--${key} ${String(value)}`);
  return `  ${name}: ${summary}\n    ${settings.join(' ')}`;
}

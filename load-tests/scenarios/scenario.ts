import type { z } from 'zod';
import type { Check } from '../report/check.ts';
import type { PeerResult, Results } from '../report/report.ts';
import type { Progress } from '../world/progress.ts';

/** What a scenario has found out. */
export interface Outcome {
  readonly results: Results;
  readonly checks: readonly Check[];
  readonly peers?: readonly PeerResult[];
}

export interface ScenarioContext {
  readonly progress: Progress;
  /** Aborted when the run shall end early. */
  readonly signal: AbortSignal;
}

/** A load that can be run by name. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Names and defaults of the settings, for the help text. */
  readonly defaults: Results;
  /** Parses the settings. Throws ZodError naming those that do not fit. */
  parse(settings: Readonly<Record<string, string>>): PreparedScenario;
}

export interface PreparedScenario {
  readonly params: Results;
  run(context: ScenarioContext): Promise<Outcome>;
}

interface Definition<Schema extends z.ZodType<Results>> {
  readonly name: string;
  readonly summary: string;
  /** All settings have defaults. */
  readonly params: Schema;
  run(params: z.output<Schema>, context: ScenarioContext): Promise<Outcome>;
}

/** Makes a scenario of its settings' schema and the function that runs it. */
export function createScenario<Schema extends z.ZodType<Results>>({
  name,
  summary,
  params: schema,
  run,
}: Definition<Schema>): Scenario {
  return {
    name,
    summary,
    defaults: schema.parse({}),
    parse(settings) {
      const params = schema.parse(settings);
      return { params, run: (context) => run(params, context) };
    },
  };
}

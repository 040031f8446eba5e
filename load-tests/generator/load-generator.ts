import { percentiles } from '../report/percentiles.ts';
import type { Results } from '../report/report.ts';
import { startHelper } from '../world/helper-process.ts';
import { type LoadResult, loadResultSchema, type PlannedRequest } from './plan.ts';

export interface Load {
  /** Base URL of the server. */
  readonly url: string;
  readonly connections: number;
  readonly durationMs: number;
  readonly requests: readonly PlannedRequest[];
}

export interface LoadGenerator {
  /** Puts a load on a server and waits for the last answer. */
  run(load: Load): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** A slow machine shall show as slow, not as silent. */
const PATIENCE_MS = 120_000;

/** Room for young objects, MiB: while the generator collects them it takes in no answers, and the server looks slow. */
const YOUNG_MIB = 64;

/** Starts a load generator in a process of its own. */
export async function startLoadGenerator(): Promise<LoadGenerator> {
  const script = new URL('./generator-process.ts', import.meta.url);
  const helper = await startHelper(script, loadResultSchema, [`--max-semi-space-size=${YOUNG_MIB}`]);
  return {
    run({ url, ...load }) {
      const { hostname: host, port } = new URL(url);
      return helper.ask({ ...load, host, port: Number(port), patienceMs: PATIENCE_MS });
    },
    stop: () => helper.stop(),
  };
}

/** How many answers had this outcome. */
export function countOutcome({ samples }: LoadResult, outcome: string): number {
  return samples.reduce(
    (sum, sample) => sum + (sample.outcome === outcome ? sample.latenciesMs.length : 0),
    0,
  );
}

/** Answers per second, from the first scheduled instant to the last answer. */
export function throughputOf({ samples, elapsedMs }: LoadResult): number {
  const answers = samples.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0);
  return Math.round((answers / Math.max(1, elapsedMs)) * 1_000);
}

/** All latencies of these kinds; of every kind when none is named. */
export function latenciesOf({ samples }: LoadResult, kind?: string): number[] {
  return samples.flatMap((sample) => (kind === undefined || sample.kind === kind ? sample.latenciesMs : []));
}

/** Outcomes with their counts, and what the generator itself took: its share of one core, and its lag. */
export function describeLoad(result: LoadResult): Results {
  const outcomes = result.samples.map(({ kind, outcome, latenciesMs }) => ({
    kind,
    outcome,
    latencyMs: { ...percentiles(latenciesMs) },
  }));
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    outcomes,
    perSecond: throughputOf(result),
    generator: {
      coreShare: round((result.cpuSeconds * 1_000) / Math.max(1, result.elapsedMs)),
      lagP99Ms: result.lagP99Ms,
    },
  };
}

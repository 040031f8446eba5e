import { countOutcome, describeLoad, latenciesOf, throughputOf } from '../../generator/load-generator.ts';
import type { LoadResult } from '../../generator/plan.ts';
import type { Violation } from '../../invariants/check-invariants.ts';
import { atLeast, atMost, type Check, exactly } from '../../report/check.ts';
import { percentiles } from '../../report/percentiles.ts';
import type { Results } from '../../report/report.ts';
import { cpuMsPerRequest } from '../../world/process-usage.ts';
import type { Outcome } from '../scenario.ts';
import type { Ceiling } from './ceiling.ts';
import type { FlashSaleParams } from './flash-sale.ts';

export interface FlashSaleFindings {
  readonly params: FlashSaleParams;
  readonly sale: LoadResult;
  /** Before and after the sale: others may be at work on the machine, so the better one counts. */
  readonly ceilings: readonly Ceiling[];
  readonly redisCeiling: number | null;
  /** Of the services, before and after the sale. */
  readonly usage: { readonly before: Results; readonly after: Results };
  /** What the machine had to do when the run began: the load average of the last minute. */
  readonly loadAverage: number;
  readonly violations: readonly Violation[];
}

const BOUNDS = { holdP99Ms: 1_500, ratioToCeiling: 0.6 } as const;

/** Turns what was measured into figures and checks. */
export function reportFlashSale(findings: FlashSaleFindings): Outcome {
  const { params, sale, ceilings, redisCeiling, usage, loadAverage, violations } = findings;
  const sameLoad = ceilings.map((ceiling) => ceiling.sameLoad);
  const allAtOnce = ceilings.map((ceiling) => ceiling.allAtOnce);
  const granted = countOutcome(sale, '200');
  const soldOut = countOutcome(sale, '409 SOLD_OUT');
  const oversold = Math.max(0, granted - params.units);
  const holdMs = percentiles(latenciesOf(sale));
  const results = {
    granted,
    soldOut,
    oversold,
    unanswered: sale.unanswered,
    holdMs: { ...holdMs },
    throughput: throughputOf(sale),
    ratioToCeiling: ratio(sale, sameLoad),
    ratioToBareAtOnce: ratio(sale, allAtOnce),
    redisCeiling,
    load: describeLoad(sale),
    commerceCpuMsPerHold: cpuMsPerRequest('commerce', usage, holdMs.count),
    processes: usage,
    machineLoadAtStart: loadAverage,
    violations: violations.map(({ invariant, subject, detail }) => ({ invariant, subject, detail })),
  };
  const peers = ceilings.flatMap((ceiling, turn) => {
    const when = turn === 0 ? 'before' : 'after';
    return [
      { name: `bare route ${when}, same load`, results: describeLoad(ceiling.sameLoad) },
      { name: `bare route ${when}, all at once`, results: describeLoad(ceiling.allAtOnce) },
    ];
  });
  const checks: Check[] = [
    exactly('oversold', oversold, 0),
    exactly('unanswered', sale.unanswered, 0),
    exactly('units held', granted, Math.min(params.buyers, params.units)),
    exactly('held or told that it is sold out', granted + soldOut, params.buyers),
    atMost('holdMs p99', holdMs.p99, BOUNDS.holdP99Ms),
    atLeast('ratioToCeiling', results.ratioToCeiling, BOUNDS.ratioToCeiling),
    exactly('violated invariants', violations.length, 0),
  ];
  return { results, peers, checks };
}

/** Our throughput by the best of theirs. */
function ratio(ours: LoadResult, theirs: readonly LoadResult[]): number {
  const best = Math.max(1, ...theirs.map(throughputOf));
  return Math.round((throughputOf(ours) / best) * 100) / 100;
}

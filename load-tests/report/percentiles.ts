/** What a set of samples looks like; all figures in the samples' own unit. */
export interface Percentiles {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentiles, rounded to a tenth. Of no samples: all zero. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = (share: number): number => {
    const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
    return Math.round((sorted[index] ?? 0) * 10) / 10;
  };
  return {
    count: sorted.length,
    min: rank(0),
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
    max: rank(1),
  };
}

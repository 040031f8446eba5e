/** Counts of durations by whole milliseconds, which add up over processes. */
export class Histogram {
  readonly #counts = new Map<number, number>();

  add(durationMs: number, times = 1): void {
    const bucket = Math.max(0, Math.round(durationMs));
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times);
  }

  clear(): void {
    this.#counts.clear();
  }

  toPairs(): [durationMs: number, times: number][] {
    return [...this.#counts];
  }
}

export type HistogramPairs = readonly (readonly [durationMs: number, times: number])[];

/** Percentiles of counted durations, milliseconds; of none: all zero. */
export function percentilesOf(parts: readonly HistogramPairs[]) {
  const counts = new Map<number, number>();
  for (const [durationMs, times] of parts.flat())
    counts.set(durationMs, (counts.get(durationMs) ?? 0) + times);
  const sorted = [...counts].sort(([one], [other]) => one - other);
  const count = sorted.reduce((sum, [, times]) => sum + times, 0);
  const rank = (share: number): number => {
    let seen = 0;
    for (const [durationMs, times] of sorted) {
      seen += times;
      if (seen >= share * count) return durationMs;
    }
    return 0;
  };
  return {
    count,
    min: sorted[0]?.[0] ?? 0,
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
    max: sorted.at(-1)?.[0] ?? 0,
  };
}

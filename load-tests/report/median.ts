/** The middle one; of none: 0. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The smallest and the largest, in words. */
export function spread(values: readonly number[]): string {
  return `${round2(Math.min(...values))} to ${round2(Math.max(...values))}`;
}

export const round2 = (value: number): number => Math.round(value * 100) / 100;

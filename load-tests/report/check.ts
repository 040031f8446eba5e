/** A bound that a run must keep. */
export interface Check {
  readonly name: string;
  readonly value: number;
  /** The bound in words, for example `<= 200`. */
  readonly bound: string;
  readonly pass: boolean;
}

/** Passes when `value` is not above `max`. */
export function atMost(name: string, value: number, max: number): Check {
  return { name, value, bound: `<= ${max}`, pass: value <= max };
}

/** Passes when `value` is not below `min`. */
export function atLeast(name: string, value: number, min: number): Check {
  return { name, value, bound: `>= ${min}`, pass: value >= min };
}

/** Passes when `value` is `wanted`. */
export function exactly(name: string, value: number, wanted: number): Check {
  return { name, value, bound: `= ${wanted}`, pass: value === wanted };
}

import type { Clock } from '@souk/runtime/clock';

/** Lanes that wait after a delivery that failed, so that the relay goes on with those behind them. */
export interface LanePauses {
  /** Lets the lane wait. True when its last delivery had worked. */
  pause(lane: string): boolean;
  /** A delivery has worked. */
  forget(lane: string): void;
  /** Lanes that still wait. */
  waiting(): string[];
  /** Lets none wait any more. */
  clear(): void;
}

const PAUSE_MS = 1_000;
/** More than any fault of single shows makes. Beyond it the one that has waited longest is tried again. */
const MAX_LANES = 5_000;

/** Kept by each relay for itself: what another one does with a lane is its own affair. */
export function createLanePauses(clock: Clock): LanePauses {
  /** Lane → instant at which it may be tried again; in this order. */
  const until = new Map<string, number>();
  return {
    pause(lane) {
      const isNew = !until.delete(lane);
      until.set(lane, clock.now() + PAUSE_MS);
      const oldest = until.keys().next();
      if (until.size > MAX_LANES && oldest.done !== true) until.delete(oldest.value);
      return isNew;
    },
    forget(lane) {
      until.delete(lane);
    },
    waiting() {
      const now = clock.now();
      return [...until].flatMap(([lane, at]) => (at > now ? [lane] : []));
    },
    clear: () => until.clear(),
  };
}

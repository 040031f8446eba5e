/** How long the page takes from learning something to showing it, as it went lately. */
export interface DrawMeter {
  /** Milliseconds. */
  lagMs(): number;
  /** Called right after something was put into a store: notes how long its drawing takes. */
  note(): void;
}

/** A page that hangs for longer shall not show things before their time from then on. */
const MAX_LAG_MS = 60;
const USUAL_LAG_MS = 15;
const SMOOTHING = 0.2;

/** `now` is in milliseconds, and never goes back. */
export function createDrawMeter(now: () => number = () => performance.now()): DrawMeter {
  let lagMs = USUAL_LAG_MS;
  return {
    lagMs: () => lagMs,
    note: () => {
      const since = now();
      // React draws what a store tells it in a microtask: a task of its own comes after that.
      setTimeout(() => {
        lagMs += (Math.min(MAX_LAG_MS, now() - since) - lagMs) * SMOOTHING;
      });
    },
  };
}

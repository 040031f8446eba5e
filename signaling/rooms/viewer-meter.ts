import { LEVEL_INTERVAL_MS } from '@souk/protocol/timeline/levels';

/** A report is repeated after this time though nothing changed, for it would expire otherwise. */
const REPEAT_MS = 3_000;

export interface ViewerReport {
  readonly viewers: number;
  readonly arrivals: readonly string[];
}

/** Decides when a room reports its viewers: when they changed, at most four times a second, and once in a while. */
export class ViewerMeter {
  #reported = 0;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #arrivals: string[] = [];

  arrived(userId: string): void {
    this.#arrivals.push(userId);
  }

  /** True when the number has changed, or somebody has come, since the last report. */
  hasNews(viewers: number): boolean {
    return viewers !== this.#reported || this.#arrivals.length > 0;
  }

  /** The report that is due now, if one is. */
  takeDue(viewers: number, now: number): ViewerReport | undefined {
    const elapsedMs = now - this.#reportedAt;
    const isDue = this.hasNews(viewers)
      ? elapsedMs >= LEVEL_INTERVAL_MS
      : viewers > 0 && elapsedMs >= REPEAT_MS;
    if (!isDue) return undefined;
    const arrivals = this.#arrivals;
    this.#arrivals = [];
    this.#reported = viewers;
    this.#reportedAt = now;
    return { viewers, arrivals };
  }
}

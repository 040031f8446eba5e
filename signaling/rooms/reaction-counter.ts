import { LEVEL_INTERVAL_MS } from '@souk/protocol/timeline/levels';

/** Counts the reactions that came to this node, and hands the sums over at most four times a second. */
export class ReactionCounter {
  #counts: Record<string, number> = {};
  #takenAt = Number.NEGATIVE_INFINITY;

  /** True when there are counts that have not been handed over. */
  get hasNews(): boolean {
    return Object.keys(this.#counts).length > 0;
  }

  count(emoji: string): void {
    this.#counts[emoji] = (this.#counts[emoji] ?? 0) + 1;
  }

  /** The counts since the last call, or undefined when there are none or the last call is too short ago. */
  takeDue(now: number): Record<string, number> | undefined {
    if (!this.hasNews || now - this.#takenAt < LEVEL_INTERVAL_MS) return undefined;
    const taken = this.#counts;
    this.#counts = {};
    this.#takenAt = now;
    return taken;
  }
}

import { Histogram, type HistogramPairs } from './histogram.ts';

export interface CrowdCounts {
  readonly viewers: number;
  /** Of these, how many follow the show at this moment. */
  readonly following: number;
  /** Entries that came in frames, added up over the viewers. */
  readonly deliveries: number;
  readonly deliveryMs: HistogramPairs;
  readonly backInSyncMs: HistogramPairs;
  /** What befell the viewers, by name: refusals by code, snapshots, resyncs, cuts. */
  readonly events: Readonly<Record<string, number>>;
}

/** What the viewers of one process have seen. */
export class CrowdStats {
  deliveries = 0;
  readonly deliveryMs = new Histogram();
  readonly backInSyncMs = new Histogram();
  readonly #events = new Map<string, number>();

  count(event: string): void {
    this.#events.set(event, (this.#events.get(event) ?? 0) + 1);
  }

  clear(): void {
    this.deliveries = 0;
    for (const part of [this.deliveryMs, this.backInSyncMs, this.#events]) part.clear();
  }

  read(): Omit<CrowdCounts, 'viewers' | 'following'> {
    return {
      deliveries: this.deliveries,
      deliveryMs: this.deliveryMs.toPairs(),
      backInSyncMs: this.backInSyncMs.toPairs(),
      events: Object.fromEntries(this.#events),
    };
  }
}

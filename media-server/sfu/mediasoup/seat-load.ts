export interface SeatLoad {
  /** Tracks that the worker sends, pipes among them, and those that are on their way. */
  readonly consumers: number;
  /** All that it carries; the least loaded worker gets the next show. */
  readonly total: number;
  /** Counts that many until the returned function is called; calling it again does nothing. */
  take(what: 'routers' | 'producers' | 'consumers', count: number): () => void;
}

/** Counts what a worker carries. */
export function createSeatLoad(): SeatLoad {
  const counts = { routers: 0, producers: 0, consumers: 0 };
  return {
    get consumers() {
      return counts.consumers;
    },
    get total() {
      return counts.routers + counts.producers + counts.consumers;
    },
    take(what, count) {
      let taken = count;
      counts[what] += taken;
      return () => {
        counts[what] -= taken;
        taken = 0;
      };
    },
  };
}

import { AppError } from '@souk/runtime/app-error';

export interface SessionLimits {
  readonly perShow: number;
  readonly perAddress: number;
}

export interface SessionBounds {
  /** Takes a place for one session and returns what gives it back. Throws AppError OVERLOADED, RATE_LIMITED. */
  take(showId: string, address: string): () => void;
  /**
   * The same for the one who publishes: viewers who fill a show must not keep its host out. Throws AppError RATE_LIMITED.
   */
  takeForPublisher(address: string): () => void;
  inShow(showId: string): number;
}

const RETRY_AFTER_MS = 5_000;

/** Counts sessions by show and by address, so that neither can use up the server. */
export function createSessionBounds({ perShow, perAddress }: SessionLimits): SessionBounds {
  const shows = new Map<string, number>();
  const addresses = new Map<string, number>();
  const takeFrom = (places: readonly [counts: Map<string, number>, key: string][]): (() => void) => {
    for (const [counts, key] of places) add(counts, key, 1);
    let taken = true;
    return () => {
      if (taken) for (const [counts, key] of places) add(counts, key, -1);
      taken = false;
    };
  };
  const assertAddress = (address: string): void => {
    if ((addresses.get(address) ?? 0) >= perAddress)
      throw new AppError('RATE_LIMITED', { retryAfterMs: RETRY_AFTER_MS, detail: 'sessions per address' });
  };
  return {
    take(showId, address) {
      if ((shows.get(showId) ?? 0) >= perShow)
        throw new AppError('OVERLOADED', { retryAfterMs: RETRY_AFTER_MS, detail: 'the show is full' });
      assertAddress(address);
      return takeFrom([
        [shows, showId],
        [addresses, address],
      ]);
    },
    takeForPublisher(address) {
      assertAddress(address);
      return takeFrom([[addresses, address]]);
    },
    inShow: (showId) => shows.get(showId) ?? 0,
  };
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

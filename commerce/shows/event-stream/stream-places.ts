import { AppError } from '@souk/runtime/app-error';
import { networkOf } from '../../http/network-of.ts';

export interface StreamLimits {
  /** Streams of this process together. */
  readonly total: number;
  readonly perAddress: number;
}

const RETRY_AFTER_MS = 5_000;

/** Counts open streams. `take` gives back what frees the place. Throws AppError OVERLOADED, TOO_MANY_CONNECTIONS. */
export function createStreamPlaces({ total, perAddress }: StreamLimits) {
  const byNetwork = new Map<string, number>();
  let open = 0;
  return {
    get open() {
      return open;
    },
    take(address: string): () => void {
      const network = networkOf(address);
      const ofNetwork = byNetwork.get(network) ?? 0;
      if (open >= total)
        throw new AppError('OVERLOADED', { retryAfterMs: RETRY_AFTER_MS, detail: 'streams' });
      if (ofNetwork >= perAddress)
        throw new AppError('TOO_MANY_CONNECTIONS', { retryAfterMs: RETRY_AFTER_MS, detail: 'streams' });
      open += 1;
      byNetwork.set(network, ofNetwork + 1);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        open -= 1;
        const rest = (byNetwork.get(network) ?? 1) - 1;
        if (rest === 0) byNetwork.delete(network);
        else byNetwork.set(network, rest);
      };
    },
  };
}

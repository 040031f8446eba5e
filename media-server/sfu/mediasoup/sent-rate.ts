import type { types } from 'mediasoup';
import { needsWorker } from './faults.ts';

/** An answer is good that long: however many ask, the workers are asked once. */
const FRESH_MS = 2_000;

export interface SentRate {
  /** Counts what a transport sends, until it closes. */
  add(transport: types.WebRtcTransport): void;
  /** Bits per second over all of them, as of the last two seconds. Throws AppError UNAVAILABLE. */
  read(): Promise<number>;
}

/** Adds up what is sent to the watchers of a room. */
export function createSentRate(): SentRate {
  const transports = new Set<types.WebRtcTransport>();
  let known: { readonly at: number; readonly bps: Promise<number> } | undefined;
  return {
    add(transport) {
      transports.add(transport);
      transport.observer.once('close', () => transports.delete(transport));
    },
    read() {
      const now = performance.now();
      if (known === undefined || now - known.at > FRESH_MS) known = { at: now, bps: sum([...transports]) };
      return known.bps;
    },
  };
}

async function sum(transports: readonly types.WebRtcTransport[]): Promise<number> {
  const rates = await Promise.all(transports.map(readRate));
  return rates.reduce((total, bps) => total + bps, 0);
}

async function readRate(transport: types.WebRtcTransport): Promise<number> {
  try {
    return (await needsWorker(() => transport.getStats()))[0]?.sendBitrate ?? 0;
  } catch (error) {
    if (transport.closed) return 0;
    throw error;
  }
}

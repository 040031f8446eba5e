import type { types } from 'mediasoup';
import type { ConsumerCount, SfuLoad } from '../sfu-backend.ts';
import type { Census } from './census.ts';
import { needsWorker } from './faults.ts';
import type { Seat, WorkerPool } from './worker-pool.ts';

/** An answer is good that long: however many ask, the workers are asked once. */
const FRESH_MS = 5_000;

/** Reads what the workers carry, at most once in five seconds. */
export function createLoadReader(parts: {
  readonly pool: WorkerPool;
  readonly census: Census;
}): () => Promise<SfuLoad> {
  const { pool, census } = parts;
  let known: { readonly at: number; readonly load: Promise<SfuLoad> } | undefined;
  const read = async (): Promise<SfuLoad> => {
    const [rates, workers] = await Promise.all([
      Promise.all([...census.list('transports')].map(readRates)),
      Promise.all(pool.seats().map(readWorker)),
    ]);
    return {
      incomingBps: rates.reduce((sum, { incomingBps }) => sum + incomingBps, 0),
      outgoingBps: rates.reduce((sum, { outgoingBps }) => sum + outgoingBps, 0),
      consumers: countConsumers(census.list('consumers')),
      workers: workers.flat(),
      workerDeaths: pool.deaths(),
    };
  };
  return () => {
    const now = performance.now();
    if (known === undefined || now - known.at > FRESH_MS) known = { at: now, load: read() };
    return known.load;
  };
}

async function readRates(transport: types.WebRtcTransport | types.PlainTransport) {
  try {
    const [stat] = await needsWorker<readonly types.BaseTransportStats[]>(() => transport.getStats());
    return { incomingBps: stat?.recvBitrate ?? 0, outgoingBps: stat?.sendBitrate ?? 0 };
  } catch (error) {
    if (transport.closed) return { incomingBps: 0, outgoingBps: 0 };
    throw error;
  }
}

/** Nothing of a worker that dies meanwhile. */
async function readWorker({ index, worker, load }: Seat): Promise<SfuLoad['workers'][number][]> {
  try {
    const { ru_utime, ru_stime } = await worker.getResourceUsage();
    return [{ index, cpuSeconds: (ru_utime + ru_stime) / 1_000, consumers: load.consumers }];
  } catch (error) {
    if (worker.closed || worker.died) return [];
    throw error;
  }
}

function countConsumers(consumers: ReadonlySet<types.Consumer>): ConsumerCount[] {
  const counts = new Map<string, ConsumerCount>();
  for (const consumer of consumers) {
    const { kind } = consumer;
    const layer = layerOf(consumer);
    const key = `${kind} ${layer}`;
    counts.set(key, { kind, layer, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function layerOf(consumer: types.Consumer): ConsumerCount['layer'] {
  if (consumer.paused) return 'paused';
  if (consumer.type !== 'simulcast') return 'only';
  const layer = consumer.currentLayers?.spatialLayer;
  return layer === undefined ? 'none' : (layerNames[layer] ?? 'high');
}

const layerNames = ['low', 'middle', 'high'] as const;

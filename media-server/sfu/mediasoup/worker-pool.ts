import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import { createWorker, type types } from 'mediasoup';
import { type RtcAddress, toListenInfos } from './rtc-addresses.ts';
import { createSeatLoad, type SeatLoad } from './seat-load.ts';
import { watchWorker } from './worker-watch.ts';

export interface WorkerPoolOptions {
  /** How many workers; one per core is the measure. */
  readonly size: number;
  /** Port of the first worker, over UDP and TCP; the others follow. 0 lets each worker choose. */
  readonly basePort: number;
  readonly addresses: readonly RtcAddress[];
  /** The worker's binary; undefined for the one in the mediasoup package. */
  readonly workerBin: string | undefined;
  readonly logger: Logger;
  /** How often it is looked whether a worker still answers; one that does not is killed, and replaced. */
  readonly lookEveryMs?: number | undefined;
}

/** One running worker process and its listening port. */
export interface Seat {
  readonly index: number;
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
  readonly load: SeatLoad;
  /** Calls the listener when the worker has died. Returns a function that forgets it. */
  onDeath(listener: () => void): () => void;
}

export interface WorkerPool {
  start(): Promise<void>;
  /** Throws AppError UNAVAILABLE while no worker runs. */
  getLeastLoaded(): Seat;
  /** The least loaded of the other workers, if there is one. */
  findLeastLoaded(except: ReadonlySet<Seat>): Seat | undefined;
  /** Those that run. */
  seats(): Seat[];
  /** How many have died since the start. */
  deaths(): number;
  stop(): void;
}

const RESPAWN_DELAY_MS = 1_000;
/** The workers of a process that was killed may hold their ports a moment longer. */
const START_ATTEMPTS = 15;
const START_RETRY_MS = 200;

/** Keeps one mediasoup worker process per core; a dead one, and one that hangs, is replaced at its port. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { logger, lookEveryMs } = options;
  const seats = new Map<number, Seat>();
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  let deaths = 0;

  const findLeastLoaded: WorkerPool['findLeastLoaded'] = (except) => {
    const others = [...seats.values()].filter((seat) => !except.has(seat));
    const [first, ...rest] = others;
    return rest.reduce((least, seat) => (seat.load.total < (least?.load.total ?? 0) ? seat : least), first);
  };
  const fill = async (index: number): Promise<void> => {
    const seat = await createSeat(index, options);
    if (stopped) {
      seat.worker.close();
      return;
    }
    seats.set(index, seat);
    seat.onDeath(() => replace(index, seat));
    watchWorker(seat.worker, { lookEveryMs, onHang: () => killHung(seat) });
  };
  /** Its death does the rest. */
  const killHung = ({ index, worker: { pid } }: Seat): void => {
    logger.error({ event: 'sfu-worker-hangs', worker: index, pid });
    process.kill(pid, 'SIGKILL');
  };
  const replace = (index: number, dead: Seat): void => {
    deaths += 1;
    if (seats.get(index) === dead) seats.delete(index);
    logger.error({ event: 'sfu-worker-died', worker: index, pid: dead.worker.pid });
    refill(index);
  };
  const refill = (index: number): void => {
    if (stopped) return;
    fill(index).then(
      () => logger.info({ event: 'sfu-worker-replaced', worker: index }),
      (err: unknown) => {
        logger.error({ event: 'sfu-worker-not-replaced', worker: index, err });
        retryLater(index);
      },
    );
  };
  const retryLater = (index: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      refill(index);
    }, RESPAWN_DELAY_MS);
    timers.add(timer);
  };

  return {
    async start() {
      await Promise.all(Array.from({ length: options.size }, (_, index) => insist(() => fill(index))));
    },
    getLeastLoaded() {
      const seat = findLeastLoaded(new Set());
      if (seat === undefined) throw new AppError('UNAVAILABLE', { detail: 'no SFU worker runs' });
      return seat;
    },
    findLeastLoaded,
    seats: () => [...seats.values()],
    deaths: () => deaths,
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const seat of seats.values()) seat.worker.close();
      seats.clear();
    },
  };
}

async function insist(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      await delay(START_RETRY_MS);
    }
  }
}

async function createSeat(index: number, options: WorkerPoolOptions): Promise<Seat> {
  const { workerBin, basePort, addresses, logger } = options;
  const worker = await createWorker({ logLevel: 'error', ...(workerBin === undefined ? {} : { workerBin }) });
  try {
    const port = basePort === 0 ? 0 : basePort + index;
    const webRtcServer = await listen(worker, addresses, port, logger);
    const listeners = new Set<() => void>();
    worker.once('died', () => {
      for (const listener of [...listeners]) listener();
    });
    const onDeath = (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    logger.info({ event: 'sfu-worker-started', worker: index, pid: worker.pid, port, addresses });
    return { index, worker, webRtcServer, load: createSeatLoad(), onDeath };
  } catch (error) {
    worker.close();
    throw error;
  }
}

/** Listens on all addresses; on those that were asked for where one that was only found cannot be had. */
async function listen(
  worker: types.Worker,
  addresses: readonly RtcAddress[],
  port: number,
  logger: Logger,
): Promise<types.WebRtcServer> {
  try {
    return await worker.createWebRtcServer({ listenInfos: toListenInfos(addresses, port) });
  } catch (err) {
    const needed = addresses.filter(({ isOptional }) => isOptional !== true);
    if (needed.length === addresses.length) throw err;
    const webRtcServer = await worker.createWebRtcServer({ listenInfos: toListenInfos(needed, port) });
    logger.warn({
      event: 'rtc-address-left-out',
      left: addresses.filter(({ isOptional }) => isOptional),
      err,
    });
    return webRtcServer;
  }
}

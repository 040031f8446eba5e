import type { StreamBoard } from '@souk/broadcast/board';
import type { HlsDemand } from '@souk/broadcast/demand';
import type { PackagingLeases } from '@souk/broadcast/lease';
import type { AiredStream } from '@souk/protocol/http/internal';
import type { ShowId, StreamId } from '@souk/protocol/ids';
import { layout } from './layout.ts';
import { finishShow } from './recording/finish-recording.ts';
import type { PackagingPlan } from './recording/recording-keeping.ts';
import { type ShowPackager, type ShowPackagerDeps, startShowPackager } from './show-packager.ts';

export interface PackagingDeps extends ShowPackagerDeps {
  readonly board: StreamBoard;
  readonly demand: HlsDemand;
  readonly leases: PackagingLeases;
}

/** Packages what is wanted: recorded shows that are live, and shows that somebody watches by HLS. */
export interface Packaging {
  start(): Promise<void>;
  /** Ends what runs; another worker takes it over. Idempotent. */
  stop(): Promise<void>;
}

const TICK_MS = 500;
const UNFINISHED_EVERY_MS = 30_000;

interface Job {
  readonly stream: AiredStream;
  /** Undefined until it has begun. */
  packager: ShowPackager | undefined;
  isStopping: boolean;
}

export function createPackaging(deps: PackagingDeps): Packaging {
  const { board, demand, leases, keeping, store, metrics, clock, logger } = deps;
  const jobs = new Map<StreamId, Job>();
  /** Shows that were packaged here, and have not ended yet. */
  const toFinish = new Set<ShowId>();
  const endings = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let lookedForUnfinishedAt = 0;
  let ticking: Promise<void> = Promise.resolve();

  const begin = async (stream: AiredStream, isRecorded: boolean): Promise<void> => {
    if (!(await leases.take(stream.streamId))) return;
    const job: Job = { stream, packager: undefined, isStopping: false };
    jobs.set(stream.streamId, job);
    toFinish.add(stream.showId);
    try {
      job.packager = await startShowPackager(stream, isRecorded, deps);
      logger.info({
        event: 'packaging-started',
        showId: stream.showId,
        streamId: stream.streamId,
        isRecorded,
      });
    } catch (err) {
      jobs.delete(stream.streamId);
      await leases.release(stream.streamId);
      throw err;
    }
  };
  const end = (job: Job, reason: string): void => {
    if (job.isStopping) return;
    job.isStopping = true;
    const { streamId, showId } = job.stream;
    const ending = (async () => {
      await job.packager?.stop();
      await leases.release(streamId);
      if (reason === 'not-wanted') await store.remove(layout.show(showId));
      logger.info({ event: 'packaging-stopped', showId, streamId, reason });
    })()
      .catch((err: unknown) => logger.error({ event: 'packaging-not-stopped', showId, streamId, err }))
      .finally(() => {
        jobs.delete(streamId);
        endings.delete(ending);
      });
    endings.add(ending);
  };
  const renew = async (job: Job): Promise<void> => {
    const { streamId } = job.stream;
    if (job.isStopping || (await leases.renew(streamId))) return;
    // Run out while Redis or this process was away; nobody else may have noticed.
    if (!(await leases.take(streamId))) end(job, 'lease-lost');
  };
  const lookAt = async (streams: readonly AiredStream[], plans: ReadonlyMap<ShowId, PackagingPlan>) => {
    const watched = await demand.among([...new Set(streams.map(({ showId }) => showId))]);
    const onAir = new Map(streams.map((stream) => [stream.streamId, stream]));
    for (const job of jobs.values()) {
      if (!onAir.has(job.stream.streamId)) end(job, 'stream-stopped');
    }
    for (const stream of streams) {
      const { showId, streamId } = stream;
      const isRecorded = plans.get(showId)?.isRecorded ?? false;
      // What is sent before the show is for its crew only, and they watch without us.
      const isWanted = isRecorded || (watched.has(showId) && plans.get(showId)?.isLive !== false);
      const job = jobs.get(streamId);
      if (job === undefined && isWanted) await begin(stream, isRecorded);
      else if (job !== undefined && !isWanted)
        end(job, plans.get(showId)?.isLive === false ? 'show-over' : 'not-wanted');
      else job?.packager?.update(stream, isRecorded);
    }
  };
  const finish = async (plans: ReadonlyMap<ShowId, PackagingPlan>): Promise<void> => {
    const busy = new Set([...jobs.values()].map(({ stream }) => stream.showId));
    const isDue = clock.now() - lookedForUnfinishedAt >= UNFINISHED_EVERY_MS;
    if (isDue) {
      lookedForUnfinishedAt = clock.now();
      for (const showId of await keeping.findUnfinishedRecordings()) await finishShow(deps, showId);
    }
    for (const showId of toFinish) {
      if (busy.has(showId) || plans.get(showId)?.isLive === true) continue;
      await finishShow(deps, showId);
      toFinish.delete(showId);
    }
  };
  const tick = async (): Promise<void> => {
    const streams = await board.list();
    const showIds = new Set([...streams.map(({ showId }) => showId), ...toFinish]);
    const plans = new Map(
      (await keeping.findPackagingPlans([...showIds])).map((plan) => [plan.showId, plan]),
    );
    await lookAt(streams, plans);
    metrics.setRunning(jobs.size);
    await finish(plans);
  };
  const round = async (): Promise<void> => {
    await Promise.all([...jobs.values()].map(renew)).catch((err: unknown) => {
      logger.warn({ event: 'leases-not-renewed', err });
    });
    await tick().catch((err: unknown) => logger.warn({ event: 'packaging-round-failed', err }));
  };
  const schedule = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      ticking = round().finally(schedule);
    }, TICK_MS);
  };

  return {
    async start() {
      ticking = round().finally(schedule);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await ticking;
      for (const job of jobs.values()) end(job, 'worker-stopping');
      await Promise.all(endings);
    },
  };
}

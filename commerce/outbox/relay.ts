import { setTimeout as pause } from 'node:timers/promises';
import { type Batch, type DeliveryDeps, deliverBatch } from './deliver-batch.ts';
import { createLanePauses } from './lane-pauses.ts';

export interface Relay {
  start(): void;
  /** Delivers everything that is committed now; for tests and for an orderly stop. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

export interface RelayDeps extends Omit<DeliveryDeps, 'pauses'> {
  readonly pollIntervalMs?: number;
}

const POLL_INTERVAL_MS = 250;
const GATHER_MS = 4;

/**
 * Hands committed facts on: entries to their timeline, jobs to their queue. Woken by each commit of this process,
 * and by a poll for the others'. Several relays may run: each locks the first row of a lane, so a lane is in one
 * hand at a time and keeps its order. A row is removed in the transaction that delivered it; when that is lost
 * after the delivery, the dedupe key makes the second delivery a no-op.
 *
 * `seq` is given before the commit, so of two transactions that do not wait for each other the later number may be
 * committed, and delivered, first. That is sound: a fact that follows from another one is written after the other was
 * committed, or under the lock of the same row, and so has the higher number and cannot be seen without it.
 */
export function createRelay(deps: RelayDeps): Relay {
  const { db, logger, metrics, clock, pollIntervalMs = POLL_INTERVAL_MS } = deps;
  const pauses = createLanePauses(clock);
  const deliver = (): Promise<Batch> => deliverBatch({ ...deps, pauses });
  let running: Promise<void> | undefined;
  let wanted = false;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: () => void = () => undefined;

  const deliverAll = async (): Promise<void> => {
    while ((await deliver()).isFull);
  };
  const work = async (): Promise<void> => {
    while (wanted) {
      // Commits of the same moment are handed on together: each batch costs the database as much as a small order.
      await pause(GATHER_MS);
      wanted = false;
      await deliverAll();
    }
  };
  let failing = false;
  const poke = (): void => {
    wanted = true;
    running ??= work()
      .then(() => {
        if (failing) logger.info({ event: 'outbox-relay-recovered' });
        failing = false;
      })
      .catch((err: unknown) => {
        metrics.failed();
        // Polls go on four times a second; one line tells of a database that is away.
        if (!failing) logger.warn({ event: 'outbox-relay-failed', err });
        failing = true;
      })
      .finally(() => {
        running = undefined;
        // A commit that came just as the work ended must not wait for the next poll.
        if (wanted) poke();
      });
  };
  return {
    start() {
      unsubscribe = db.onCommit(poke);
      timer = setInterval(poke, pollIntervalMs);
      poke();
    },
    async drain() {
      // What a run of this relay has in hand is locked, and looks as if it were delivered.
      while (running !== undefined) await running;
      pauses.clear();
      for (;;) {
        const { delivered, isFull } = await deliver();
        if (delivered === 0 && !isFull) break;
      }
      await running;
    },
    async stop() {
      unsubscribe();
      clearInterval(timer);
      wanted = false;
      await running;
    },
  };
}

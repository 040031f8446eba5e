import type { types } from 'mediasoup';

/** How often it is looked whether a worker has answered. */
const LOOK_EVERY_MS = 1_500;
/**
 * Looks at which a question may stay open. Between two of them this process has read what lay there, so that one that
 * was late itself, or asleep with the whole machine, does not take a worker for hung.
 */
const OPEN_LOOKS = 2;

export interface WorkerWatch {
  readonly lookEveryMs?: number | undefined;
  /** Called once: the worker process is there, and does not answer. */
  readonly onHang: () => void;
}

/** Asks a worker again and again whether it still answers, until it is closed or dead. */
export function watchWorker(
  worker: types.Worker,
  { lookEveryMs = LOOK_EVERY_MS, onHang }: WorkerWatch,
): void {
  let openFor: number | undefined;
  const settle = (): void => {
    openFor = undefined;
  };
  const timer = setInterval(() => {
    if (openFor === undefined) {
      openFor = 0;
      worker.getResourceUsage().then(settle, settle);
      return;
    }
    openFor += 1;
    if (openFor < OPEN_LOOKS) return;
    clearInterval(timer);
    onHang();
  }, lookEveryMs);
  worker.observer.once('close', () => clearInterval(timer));
}

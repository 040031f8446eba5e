import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessSpec } from './process-spec.ts';
import { type ProcessExit, type RunningProcess, spawnProcess } from './spawn-process.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export type KeeperEvent =
  | { type: 'started'; pid: number }
  | { type: 'ready' }
  | { type: 'died'; exit: ProcessExit; restartInMs: number };

export interface KeeperOptions {
  onLine(line: string): void;
  onEvent(event: KeeperEvent): void;
  readyTimeoutMs?: number;
}

/** A child process that is started again whenever it ends without being asked to. */
export interface KeptProcess {
  readonly name: string;
  /** Starts it and waits until it is ready for the first time; throws when it does not get there in three tries. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends it at once, without asking. */
  kill(): void;
  findPid(): number | undefined;
}

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;
/** Who lived this long starts anew with the short delay. */
const STEADY_AFTER_MS = 20_000;
const FIRST_START_TRIES = 3;

/** Keeps one process alive. Delays between restarts double from 200 ms to 5 s while it keeps dying young. */
export function keepProcess(spec: ProcessSpec, options: KeeperOptions): KeptProcess {
  const stopping = new AbortController();
  let running: RunningProcess | undefined;
  let life: Promise<void> | undefined;

  const launch = async (): Promise<RunningProcess> => {
    running = await spawnProcess(spec, options.onLine);
    options.onEvent({ type: 'started', pid: running.pid });
    if (stopping.signal.aborted) await running.stop();
    return running;
  };

  const live = async (onFirstReady: () => void, onGivenUp: (error: unknown) => void): Promise<void> => {
    let delayMs = FIRST_DELAY_MS;
    let hasBeenReady = false;
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      const startedAtMs = Date.now();
      const current = await launch();
      const readiness = waitUntilReady(spec, current, options.readyTimeoutMs).then(
        () => {
          hasBeenReady = true;
          options.onEvent({ type: 'ready' });
          onFirstReady();
        },
        (error: unknown) => {
          if (!hasBeenReady && attempt >= FIRST_START_TRIES) onGivenUp(error);
          return current.stop();
        },
      );
      const exit = await current.exited;
      await readiness;
      running = undefined;
      if (stopping.signal.aborted || (!hasBeenReady && attempt >= FIRST_START_TRIES)) return;
      if (Date.now() - startedAtMs > STEADY_AFTER_MS) delayMs = FIRST_DELAY_MS;
      options.onEvent({ type: 'died', exit, restartInMs: delayMs });
      await delay(delayMs, undefined, { signal: stopping.signal }).catch(() => {}); // aborted: the loop ends
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    }
  };

  return {
    name: spec.name,
    start: () =>
      new Promise((resolve, reject) => {
        life = live(resolve, reject)
          .catch(reject)
          // Stopped before it was ready: whoever waits for it must not wait for ever.
          .finally(() => reject(new Error(`${spec.name} was stopped`)));
      }),
    async stop() {
      stopping.abort();
      await running?.stop();
      await life;
    },
    kill() {
      stopping.abort();
      if (running) process.kill(running.pid, 'SIGKILL');
    },
    findPid: () => running?.pid,
  };
}

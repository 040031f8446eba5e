import { ApiError } from '../api/api-error.ts';
import { type BackoffBounds, backoffMs } from './backoff.ts';

/** A connection that works until `lost` resolves. */
export interface Connection {
  readonly lost: Promise<unknown>;
  close(): void;
}

export type LifelineState = 'connecting' | 'up' | 'idle' | 'reconnecting' | 'failed';

export interface LifelineOptions {
  /** Makes one connection, or finds that there is nothing to connect to at present. */
  connect(signal: AbortSignal): Promise<Connection | 'nothing'>;
  onState(state: LifelineState, error?: unknown): void;
  readonly backoff: BackoffBounds;
  /** How often to look again by ourselves while there is nothing to connect to. */
  readonly idleRetryMs: number;
  /** Pages that are told of the same news come within this span instead of all at once; 0 for one page alone. */
  readonly renewSpreadMs: number;
  readonly random: () => number;
}

export interface Lifeline {
  /** Ends what is there and connects anew, after a short random wait. */
  renew(): void;
  /** Ends what is there and waits until `renew` is called. */
  rest(): void;
  close(): void;
}

type Nudge = 'renew' | 'rest' | 'close';

/** Keeps one connection up: connects, waits for its loss, connects again, until it is closed or refused for good. */
export function createLifeline(options: LifelineOptions): Lifeline {
  let nudge: Nudge | undefined;
  let wake: (() => void) | undefined;
  let abort = new AbortController();
  let failures = 0;
  let resting = false;

  const tell = (next: Nudge): void => {
    if (nudge === 'close') return;
    nudge = next;
    abort.abort();
    wake?.();
  };
  /** Resolves when `event` does, when the time is up, or when somebody nudges. */
  const pause = (timeoutMs: number | null, event?: Promise<unknown>): Promise<void> =>
    new Promise((resolve) => {
      if (nudge !== undefined) return resolve();
      const timer = timeoutMs === null ? undefined : setTimeout(resolve, timeoutMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      event?.then(wake, wake);
    });

  const attempt = async (): Promise<void> => {
    abort = new AbortController();
    const connection = await options.connect(abort.signal);
    if (connection === 'nothing') {
      options.onState('idle');
      return pause(options.idleRetryMs * (0.5 + options.random()));
    }
    failures = 0;
    try {
      if (nudge === undefined) options.onState('up');
      await pause(null, connection.lost);
    } finally {
      connection.close();
    }
    if (nudge === undefined) options.onState('reconnecting');
    if (nudge === undefined) await pause(backoffMs(0, options.backoff, options.random));
  };

  const recover = async (error: unknown): Promise<void> => {
    if (nudge !== undefined) return;
    if (isFinal(error)) {
      options.onState('failed', error);
      return pause(null);
    }
    options.onState(failures === 0 ? 'connecting' : 'reconnecting', error);
    const serverWaitMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    const ownWaitMs = backoffMs(failures, options.backoff, options.random);
    failures += 1;
    await pause(Math.max(serverWaitMs, ownWaitMs));
  };

  const obey = async (): Promise<void> => {
    const told = nudge;
    nudge = undefined;
    if (told === 'rest') {
      resting = true;
      options.onState('idle');
    }
    if (told === 'renew') {
      resting = false;
      options.onState('connecting');
      await pause(options.renewSpreadMs * options.random());
    }
  };

  const run = async (): Promise<void> => {
    options.onState('connecting');
    while (nudge !== 'close') {
      if (nudge !== undefined) await obey();
      else if (resting) await pause(null);
      else await attempt().catch(recover);
    }
  };
  // The first step waits for the caller to hold the lifeline in its hands.
  queueMicrotask(() => void run());

  return { renew: () => tell('renew'), rest: () => tell('rest'), close: () => tell('close') };
}

/** True when trying again cannot help: the refusal stays until something else changes, or the browser has no WebRTC. */
function isFinal(error: unknown): boolean {
  if (error instanceof ApiError) return !error.retryable;
  return error instanceof Error && error.name === 'UnsupportedError';
}

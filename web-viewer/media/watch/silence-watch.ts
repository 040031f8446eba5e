/** Bounds of the watch, in milliseconds. */
export const silenceBounds = {
  everyMs: 250,
  silentAfterMs: 1_000,
  recoverMs: 4_000,
  longestRecoverMs: 30_000,
};

export interface SilenceWatchOptions {
  /** Packets that have arrived since the connection began, of all tracks together. */
  readPackets(): Promise<number>;
  /** False while nothing is meant to arrive, for example while every track is paused. */
  isExpected(): boolean;
  /** Asks the server whether the connection still stands there. */
  check(): Promise<'alive' | 'gone' | 'unknown'>;
  /** Looks for a new path of the same connection. May reject. */
  restartIce(): Promise<void>;
  /** How long a new path may take to bring packets before the connection is given up. */
  readonly recoverMs: number;
  now(): number;
}

export interface SilenceWatch {
  /** Resolves when the connection is to be made anew: the server lost it, or no new path brought packets. */
  readonly lost: Promise<'gone' | 'silent'>;
  /** Resolves with the first packet. */
  readonly flowing: Promise<void>;
  /** Asks at once instead of after a silence: the network has changed. */
  suspect(): void;
  stop(): void;
}

/**
 * Watches a connection by what arrives, because no event tells a page that a server's process died or that the
 * network changed below it. After a short silence it asks the server, then tries a new path, then gives up.
 */
export function createSilenceWatch(options: SilenceWatchOptions): SilenceWatch {
  const { now } = options;
  let tellLost = (_reason: 'gone' | 'silent'): void => undefined;
  let tellFlowing = (): void => undefined;
  const lost = new Promise<'gone' | 'silent'>((resolve) => {
    tellLost = resolve;
  });
  const flowing = new Promise<void>((resolve) => {
    tellFlowing = resolve;
  });
  let packets = 0;
  let flowedAt = now();
  let hasAsked = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (reason: 'gone' | 'silent'): void => {
    stopped = true;
    tellLost(reason);
  };
  const ask = async (): Promise<void> => {
    hasAsked = true;
    const answer = await options.check();
    if (stopped) return;
    if (answer === 'gone') return end('gone');
    // A path that cannot be renewed shows itself: nothing arrives, and the time runs out.
    await options.restartIce().catch(() => undefined);
  };
  const look = async (): Promise<void> => {
    const count = await options.readPackets();
    if (count > packets) {
      packets = count;
      tellFlowing();
    } else if (options.isExpected()) {
      return judge(now() - flowedAt);
    }
    flowedAt = now();
    hasAsked = false;
  };
  const judge = (silentMs: number): void => {
    if (silentMs >= silenceBounds.silentAfterMs + options.recoverMs) end('silent');
    else if (silentMs >= silenceBounds.silentAfterMs && !hasAsked) void ask();
  };
  const run = async (): Promise<void> => {
    // A reading that fails belongs to a connection that is ending.
    await look().catch(() => undefined);
    if (!stopped) timer = setTimeout(() => void run(), silenceBounds.everyMs);
  };
  void run();

  return {
    lost,
    flowing,
    suspect: () => {
      if (!stopped && !hasAsked) void ask();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

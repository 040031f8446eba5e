import type { House } from '../house/house.ts';

export interface Ending {
  /** Resolves when everything has ended. */
  readonly done: Promise<void>;
  hasBegun(): boolean;
}

export interface EndingOptions {
  /** Told once, when the end begins. */
  onBegin(reason: string): void;
}

const FORCE_AFTER_MS = 18_000;
/** npm, the shell and the terminal may each pass one Ctrl-C on; only a later one is a second wish. */
const SAME_WISH_MS = 1_000;

/**
 * Ends the house in order on the first SIGINT, SIGTERM or SIGHUP, or when the command that started this process is
 * gone. A second Ctrl-C ends everything at once, and so does a clock, since an end is promised within 20 seconds.
 */
export function endOnSignal(house: House, { onBegin }: EndingOptions): Ending {
  let hasBegun = false;
  const done = new Promise<void>((resolve, reject) => {
    const force = () => {
      house.kill();
      process.exit(1);
    };
    const begin = (reason: string) => {
      if (hasBegun) return;
      hasBegun = true;
      onBegin(reason);
      setTimeout(force, FORCE_AFTER_MS).unref();
      setTimeout(() => process.on('SIGINT', force), SAME_WISH_MS).unref();
      house.stop().then(resolve, reject);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, begin);
    process.on('disconnect', () => begin('The command is gone'));
    process.channel?.unref(); // listening for its end must not keep this process alive
  });
  return { done, hasBegun: () => hasBegun };
}

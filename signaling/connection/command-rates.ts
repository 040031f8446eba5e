import { type HubCommandName, hubCommands } from '@souk/protocol/commands/hub-commands';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createKeyedBuckets, type KeyedBuckets } from '@souk/runtime/token-bucket';

export interface CommandRates {
  /** Counts one command of that person. Throws AppError RATE_LIMITED, which says when to try again. */
  assertWithin(name: HubCommandName, userId: string): void;
}

/** One token bucket per command and person, however many connections the person has to this node. */
export function createCommandRates(clock: Clock): CommandRates {
  const buckets = new Map<string, KeyedBuckets>(
    Object.entries(hubCommands).map(([name, { rate }]) => [name, createKeyedBuckets({ rate, clock })]),
  );
  return {
    assertWithin(name, userId) {
      const taken = buckets.get(name)?.take(userId);
      if (taken?.ok === false) throw new AppError('RATE_LIMITED', { retryAfterMs: taken.retryAfterMs });
    },
  };
}

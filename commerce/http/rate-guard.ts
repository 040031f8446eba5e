import { type HttpCommandName, httpCommands } from '@souk/protocol/commands/http-commands';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createKeyedBuckets, type KeyedBuckets, type Rate, type Take } from '@souk/runtime/token-bucket';

/** What one address may send of everything together; many homes may share one behind a carrier's NAT. */
const addressRate: Rate = { burst: 1_000, perSecond: 300 };

export interface RateGuard {
  /** Throws AppError RATE_LIMITED. */
  assertAddress(address: string): void;
  /** `who` is the caller's id, or the address for commands without a caller. Throws AppError RATE_LIMITED. */
  assertCommand(name: HttpCommandName, who: string): void;
}

/** Token buckets by address and by person and command. `factor` multiplies every rate, for loads from one address. */
export function createRateGuard({ clock, factor }: { clock: Clock; factor: number }): RateGuard {
  const bucketsOf = (rate: Rate): KeyedBuckets =>
    createKeyedBuckets({ rate: { burst: rate.burst * factor, perSecond: rate.perSecond * factor }, clock });
  const byAddress = bucketsOf(addressRate);
  const byCommand = new Map(
    Object.entries(httpCommands).map(([name, spec]) => [name, bucketsOf(spec.rate)] as const),
  );
  return {
    assertAddress: (address) => assertTaken(byAddress.take(address)),
    assertCommand(name, who) {
      const buckets = byCommand.get(name);
      if (buckets !== undefined) assertTaken(buckets.take(who));
    },
  };
}

function assertTaken(take: Take): void {
  if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
}

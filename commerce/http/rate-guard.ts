import { type HttpCommandName, httpCommands } from '@souk/protocol/commands/http-commands';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createKeyedBuckets, type KeyedBuckets, type Rate, type Take } from '@souk/runtime/token-bucket';
import { networkOf } from './network-of.ts';

/** What one network may send of everything together; many homes may share one behind a carrier's NAT. */
const networkRate: Rate = { burst: 1_000, perSecond: 300 };
/** Guesses at the password of one account, from wherever they come. */
const guessRate: Rate = { burst: 20, perSecond: 0.05 };
/** Guests who come new from one network. Each has a session in the database. */
const newGuestRate: Rate = { burst: 600, perSecond: 5 };
/** Units that the guests of one network take into hold or wait for: a guest costs nothing, so a limit per guest is none. */
const guestUnitRate: Rate = { burst: 60, perSecond: 0.5 };

export interface RateGuard {
  /** Throws AppError RATE_LIMITED. */
  assertAddress(address: string): void;
  /** `who` is the caller's id, or the address for commands without a caller. Throws AppError RATE_LIMITED. */
  assertCommand(name: HttpCommandName, who: string): void;
  /** Before a password is checked; `email` as it is stored. Throws AppError RATE_LIMITED. */
  assertGuess(email: string): void;
  /** Before a guest session begins. Throws AppError RATE_LIMITED. */
  assertNewGuest(address: string): void;
  /** Before a guest takes, or waits for, so many units. Throws AppError RATE_LIMITED. */
  assertGuestUnits(address: string, units: number): void;
}

/** Token buckets by network, person, command and account. `factor` multiplies every rate, for loads from one address. */
export function createRateGuard({ clock, factor }: { clock: Clock; factor: number }): RateGuard {
  const bucketsOf = (rate: Rate): KeyedBuckets =>
    createKeyedBuckets({ rate: { burst: rate.burst * factor, perSecond: rate.perSecond * factor }, clock });
  const byNetwork = bucketsOf(networkRate);
  const guesses = bucketsOf(guessRate);
  const newGuests = bucketsOf(newGuestRate);
  const guestUnits = bucketsOf(guestUnitRate);
  const byCommand = new Map(
    Object.entries(httpCommands).map(([name, spec]) => [name, bucketsOf(spec.rate)] as const),
  );
  return {
    assertAddress: (address) => assertTaken(byNetwork.take(networkOf(address))),
    assertCommand(name, who) {
      const buckets = byCommand.get(name);
      if (buckets === undefined) throw new Error(`no rate for ${name}`);
      assertTaken(buckets.take(networkOf(who)));
    },
    assertGuess: (email) => assertTaken(guesses.take(email)),
    assertNewGuest: (address) => assertTaken(newGuests.take(networkOf(address))),
    assertGuestUnits: (address, units) => assertTaken(guestUnits.take(networkOf(address), units)),
  };
}

function assertTaken(take: Take): void {
  if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
}

import type { HttpCommandName } from '@souk/protocol/commands/http-commands';
import type { RateGuard } from './rate-guard.ts';
import type { CommandInput } from './route-handlers.ts';

/** What a bound looks at: the parsed input, and where it comes from. */
type Bounds = {
  readonly [Name in HttpCommandName]?: (rates: RateGuard, input: CommandInput<Name>, address: string) => void;
};

/** Bounds of single commands beyond how often one person may send them. Each throws AppError RATE_LIMITED. */
const bounds: Bounds = {
  'auth:login': (rates, { body }) => rates.assertGuess(body.email),
  'auth:token': (rates, { session }, address) => {
    if (session.find() === undefined) rates.assertNewGuest(address);
  },
  'hold:take': (rates, { caller, body }, address) => {
    const units = body.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    if (caller.isGuest) rates.assertGuestUnits(address, units);
  },
  'waitlist:join': (rates, { caller }, address) => {
    if (caller.isGuest) rates.assertGuestUnits(address, 1);
  },
};

/** Throws AppError RATE_LIMITED. `input` is what the command's handler gets. */
export function assertBounds(rates: RateGuard, name: HttpCommandName, input: object, address: string): void {
  // The table ties each name to its input; looking one up by a name that varies loses that tie.
  const bound = bounds[name] as ((rates: RateGuard, input: object, address: string) => void) | undefined;
  bound?.(rates, input, address);
}

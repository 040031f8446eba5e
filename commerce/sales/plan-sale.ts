import { limits } from '@souk/protocol/limits';
import type { SaleStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import { boundInstant } from '../shows/pin-product.ts';

/** When a host wants a sale to be. Instants are server wall-clock milliseconds. */
export interface SaleTimes {
  /** Length of the sale. */
  readonly seconds: number;
  /** How long viewers see it coming. */
  readonly countdownSeconds: number;
  /** Schedules the start; left out: as soon as the countdown is over. */
  readonly startsAt?: number | undefined;
  /** The instant that the host meant, for a start without a schedule. */
  readonly at?: number | undefined;
}

export interface SalePlan {
  readonly status: Exclude<SaleStatus, 'ended'>;
  readonly announceAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

const DAY_MS = 86_400_000;

/** When a sale is announced, starts and ends. Throws AppError INVALID_INPUT for a start in the past, or too far ahead. */
export function planSale(times: SaleTimes, now: number): SalePlan {
  const countdownMs = times.countdownSeconds * 1_000;
  const meantAt = boundInstant(times.at, now);
  const startsAt = times.startsAt ?? meantAt + countdownMs;
  if (times.startsAt !== undefined) assertAhead(times.startsAt, now);
  const announceAt = times.startsAt === undefined ? meantAt : Math.max(now, startsAt - countdownMs);
  const endsAt = startsAt + times.seconds * 1_000;
  return { status: statusAt({ announceAt, startsAt }, now), announceAt, startsAt, endsAt };
}

function assertAhead(startsAt: number, now: number): void {
  const path = 'body.startsAt';
  if (startsAt <= now)
    throw new AppError('INVALID_INPUT', { issues: [{ path, message: 'Not in the past.' }] });
  if (startsAt > now + limits.scheduleDaysMax * DAY_MS)
    throw new AppError('INVALID_INPUT', {
      issues: [{ path, message: `At most ${limits.scheduleDaysMax} days ahead.` }],
    });
}

function statusAt({ announceAt, startsAt }: Pick<SalePlan, 'announceAt' | 'startsAt'>, now: number) {
  if (announceAt > now) return 'scheduled';
  return startsAt > now ? 'announced' : 'running';
}

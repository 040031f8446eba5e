import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { defineScript, type Redis } from '@souk/runtime/redis';

/** Payments go first: buyers wait for them. Refunds, cancellations and look-ups go where they leave room. */
export type Priority = 'payment' | 'upkeep';

/** Keeps all nodes of the house together under the request limit of the payment service. */
export interface PaymentPacer {
  /** How many payments are scheduled per second; undefined: no limit. */
  readonly perSecond: number | undefined;
  /** Takes the next slot in which a payment may be made, not before `notBeforeMs` from now. Gives back its instant. */
  reserve(options?: { readonly notBeforeMs?: number }): Promise<number>;
  /** Waits until one request may go out. Throws AppError PAYMENT_UNAVAILABLE when that takes longer than `patienceMs`. */
  pass(priority: Priority, patienceMs: number): Promise<void>;
  /** The service answered that it was asked too fast: all nodes pause. */
  backOff(pauseMs: number): Promise<void>;
}

export const unlimitedPacer: PaymentPacer = {
  perSecond: undefined,
  // Long ago: at once.
  reserve: async () => 0,
  pass: async () => undefined,
  backOff: async () => undefined,
};

export interface PacerDeps {
  readonly redis: Redis;
  readonly clock: Clock;
  /** Name of the gateway: its limit is its own. */
  readonly gateway: string;
  readonly perSecond: number;
}

/** Slots are promised for at most this long ahead; later ones are asked for again then. */
export const SCHEDULE_AHEAD_MS = 1_800_000;
/** What goes out may exceed the schedule by this much: room for all that is no payment. */
const HEADROOM = 1.15;
/** Late payments may catch up by this long at once; upkeep only goes when nothing is due. */
const allowanceMs: Readonly<Record<Priority, number>> = { payment: 80, upkeep: 0 };

const read = (name: string): string =>
  readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');

/**
 * The pacer over Redis. Two buckets per gateway: a schedule, which promises slots to payments, and a gate, which every
 * request passes just before it goes out, so that late ones do not arrive in a heap.
 * Nodes whose clocks differ keep the limit all the same; they wait a little longer.
 */
export function createPaymentPacer({ redis, clock, gateway, perSecond }: PacerDeps): PaymentPacer {
  const next = `souk:{pace:${gateway}}:next`;
  const due = `souk:{pace:${gateway}}:due`;
  const reserveSlot = defineScript(redis, 'reserveSlot', read('reserve-slot'));
  const takePass = defineScript(redis, 'takePass', read('take-pass'));
  const backOff = defineScript(redis, 'backOff', read('back-off'));
  const gateIntervalMs = 1_000 / (perSecond * HEADROOM);
  return {
    perSecond,
    async reserve({ notBeforeMs = 0 } = {}) {
      const interval = 1_000 / perSecond;
      const now = clock.now();
      return now + Number(await reserveSlot([next], [now, interval, notBeforeMs, SCHEDULE_AHEAD_MS]));
    },
    async pass(priority, patienceMs) {
      const giveUpAt = performance.now() + patienceMs;
      for (;;) {
        const waitMs = Number(await takePass([due], [clock.now(), gateIntervalMs, allowanceMs[priority]]));
        if (waitMs === 0) return;
        if (performance.now() + waitMs > giveUpAt)
          throw new AppError('PAYMENT_UNAVAILABLE', { retryAfterMs: waitMs, detail: 'its limit is used up' });
        await sleep(Math.ceil(waitMs));
      }
    },
    async backOff(pauseMs) {
      await backOff([next, due], [clock.now(), Math.ceil(pauseMs)]);
    },
  };
}

import { z } from 'zod';
import {
  anyone,
  type HttpCommandSpec,
  readRate,
  showCrew,
  showStaff,
  writeRate,
} from '../commands/command-spec.ts';
import { holdIdSchema, productIdSchema, saleIdSchema, showIdSchema, variantIdSchema } from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { optionalReasonSchema } from '../reason.ts';
import { saleEndReasonSchema, saleStatusSchema, waitlistStatusSchema } from '../states.ts';

const showParams = z.strictObject({ showId: showIdSchema });
const saleParams = z.strictObject({ showId: showIdSchema, saleId: saleIdSchema });
const nothing = z.strictObject({});
const count = z.int().min(0);

/** A flash sale as its host sees it. */
export const saleSchema = z.strictObject({
  id: saleIdSchema,
  productId: productIdSchema,
  variantId: variantIdSchema,
  status: saleStatusSchema,
  endReason: saleEndReasonSchema.nullable(),
  priceMinor: count,
  units: count,
  claimed: count,
  totalLimit: z.int().min(1).nullable(),
  perBuyerLimit: z.int().min(1),
  /** When viewers are told of it; the countdown runs from here to `startsAt`. */
  announceAt: instantSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** Buyers who wait for a unit to come free. */
  waiting: count,
});
export type Sale = z.infer<typeof saleSchema>;

/** A buyer's place in the waitlist of a sale. */
export const waitlistEntrySchema = z.strictObject({
  saleId: saleIdSchema,
  showId: showIdSchema,
  status: waitlistStatusSchema,
  /** 1 is the next; null once an offer was made, or it is over. */
  place: z.int().min(1).nullable(),
  /** The hold that is offered, and until when. */
  offer: z.strictObject({ holdId: holdIdSchema, expiresAt: instantSchema }).nullable(),
});
export type WaitlistEntry = z.infer<typeof waitlistEntrySchema>;

const saleAnswer = z.strictObject({ sale: saleSchema });
const waitlistAnswer = z.strictObject({ entry: waitlistEntrySchema });

export const salesCommands = {
  'sale:start': {
    via: 'http',
    summary: 'Set units aside for a flash sale, and start it: now, after a countdown, or at an instant.',
    method: 'POST',
    path: '/api/shows/:showId/sales',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({
      variantId: variantIdSchema,
      units: z.int().min(1).max(limits.saleUnits),
      /** Zero or less is answered with INVALID_PRICE. */
      priceMinor: z.int().max(100_000_000_000),
      perBuyerLimit: z.int().min(1).max(limits.lineQuantity),
      /** Most units that the sale ever sells, whatever is set aside; left out: all. */
      totalLimit: z.int().min(1).max(limits.saleUnits).optional(),
      seconds: z.int().min(limits.saleSecondsMin).max(limits.saleSecondsMax),
      /** How long viewers see it coming before it starts. */
      countdownSeconds: z.int().min(0).max(limits.countdownSecondsMax).default(0),
      /** Schedules the start; server wall-clock milliseconds. Left out: as soon as the countdown is over. */
      startsAt: instantSchema.optional(),
      /** The instant that the host meant, for a start without a schedule. */
      at: instantSchema.optional(),
    }),
    response: saleAnswer,
  },
  'sale:list': {
    via: 'http',
    summary: 'The sales of a show: scheduled, running and ended, newest first.',
    method: 'GET',
    path: '/api/shows/:showId/sales',
    roles: showStaff,
    scope: 'show',
    rate: readRate,
    params: showParams,
    response: z.strictObject({ sales: z.array(saleSchema).max(200) }),
  },
  'sale:stop': {
    via: 'http',
    summary: 'Stop a flash sale before its time, or take a scheduled one back.',
    method: 'POST',
    path: '/api/shows/:showId/sales/:saleId/stop',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: saleParams,
    body: optionalReasonSchema,
    response: nothing,
  },
  'sale:extend': {
    via: 'http',
    summary: 'Let a flash sale last longer.',
    method: 'POST',
    path: '/api/shows/:showId/sales/:saleId/extend',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    idempotent: true,
    params: saleParams,
    body: z.strictObject({ seconds: z.int().min(1).max(limits.saleSecondsMax) }),
    response: saleAnswer,
  },
  'sale:restock': {
    via: 'http',
    summary: 'Set more units aside for a flash sale.',
    method: 'POST',
    path: '/api/shows/:showId/sales/:saleId/restock',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    idempotent: true,
    params: saleParams,
    body: z.strictObject({ units: z.int().min(1).max(limits.saleUnits) }),
    response: saleAnswer,
  },
  'waitlist:join': {
    via: 'http',
    summary: 'Wait for a unit of a sale that is sold out. Asked again, it changes nothing.',
    method: 'POST',
    path: '/api/shows/:showId/sales/:saleId/waitlist',
    roles: anyone,
    scope: 'platform',
    rate: writeRate,
    params: saleParams,
    response: waitlistAnswer,
  },
  'waitlist:leave': {
    via: 'http',
    summary: 'Wait no longer; a unit that was offered goes to the next.',
    method: 'DELETE',
    path: '/api/shows/:showId/sales/:saleId/waitlist',
    roles: anyone,
    scope: 'platform',
    rate: writeRate,
    params: saleParams,
    response: nothing,
  },
  'waitlist:list': {
    via: 'http',
    summary: 'Where the caller waits, and what is offered.',
    method: 'GET',
    path: '/api/waitlist',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    response: z.strictObject({ entries: z.array(waitlistEntrySchema).max(50), serverTime: instantSchema }),
  },
} as const satisfies Record<string, HttpCommandSpec>;

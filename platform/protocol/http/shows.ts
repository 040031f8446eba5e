import { z } from 'zod';
import { productCardSchema } from '../catalog.ts';
import {
  anyone,
  type HttpCommandSpec,
  readRate,
  sharedAddressRate,
  showCrew,
  showStaff,
  writeRate,
} from '../commands/command-spec.ts';
import { merchantIdSchema, productIdSchema, showIdSchema, userIdSchema } from '../ids.ts';
import { instantInQuerySchema, instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { currencySchema, moneySchema } from '../money.ts';
import { optionalReasonSchema } from '../reason.ts';
import { showEndReasonSchema, showStatusSchema } from '../states.ts';
import { guestPolicySchema } from '../timeline/entries.ts';
import { replaySchema, replayStatusSchema } from './broadcast.ts';
import { mediaTicketSchema } from './media.ts';

const showParams = z.strictObject({ showId: showIdSchema });
const nothing = z.strictObject({});
const titleSchema = z.string().trim().min(1).max(limits.showTitleLength);

export const showCardSchema = z.strictObject({
  id: showIdSchema,
  title: z.string(),
  status: showStatusSchema,
  merchantId: merchantIdSchema,
  merchantName: z.string(),
  hostId: userIdSchema,
  hostName: z.string(),
  currency: currencySchema,
  policy: guestPolicySchema,
  createdAt: instantSchema,
  liveSince: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  endReason: showEndReasonSchema.nullable(),
  /** Picture of the first product of the line-up, for the lobby. */
  coverUrl: z.string().nullable(),
});
export type ShowCard = z.infer<typeof showCardSchema>;

export const showViewSchema = z.strictObject({
  show: showCardSchema,
  lineup: z.array(productCardSchema),
  /** Null once the show has ended. */
  media: mediaTicketSchema.nullable(),
  isRecorded: z.boolean(),
  replayStatus: replayStatusSchema,
  /** There when `replayStatus` is `ready`. */
  replay: replaySchema.nullable(),
  /** Roles of the caller at this show, for the page's menus; the server checks each command anew. */
  myRoles: z.array(z.string()),
});
export type ShowView = z.infer<typeof showViewSchema>;

export const showSummarySchema = z.strictObject({
  show: showCardSchema,
  durationMs: z.int().min(0),
  /** Different people who joined, and the most at one moment. */
  viewers: z.int().min(0),
  peakViewers: z.int().min(0),
  messages: z.int().min(0),
  orders: z.int().min(0),
  unitsSold: z.int().min(0),
  revenue: moneySchema,
  products: z.array(
    z.strictObject({
      productId: productIdSchema,
      title: z.string(),
      unitsSold: z.int().min(0),
      revenueMinor: z.int().min(0),
    }),
  ),
});
export type ShowSummary = z.infer<typeof showSummarySchema>;

export const showCommands = {
  'show:list': {
    via: 'http',
    summary:
      'Shows on air, newest first; with `mine`, all shows of the caller as host; with `replays`, those that can be watched again.',
    method: 'GET',
    path: '/api/shows',
    roles: 'public',
    scope: 'platform',
    rate: sharedAddressRate,
    query: z.strictObject({ scope: z.enum(['live', 'mine', 'replays']).default('live') }),
    response: z.strictObject({ shows: z.array(showCardSchema) }),
  },
  'show:get': {
    via: 'http',
    summary: 'A show with its line-up and the media ticket of the caller.',
    method: 'GET',
    path: '/api/shows/:showId',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    params: showParams,
    response: showViewSchema,
  },
  'show:create': {
    via: 'http',
    summary: 'Create a show with a line-up.',
    method: 'POST',
    path: '/api/shows',
    roles: showCrew,
    scope: 'merchant',
    rate: writeRate,
    body: z.strictObject({
      merchantId: merchantIdSchema,
      title: titleSchema,
      productIds: z.array(productIdSchema).max(limits.lineupProducts),
    }),
    response: showViewSchema,
  },
  'show:rename': {
    via: 'http',
    summary: 'Give a show another title.',
    method: 'PUT',
    path: '/api/shows/:showId/title',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({ title: titleSchema }),
    response: z.strictObject({ show: showCardSchema }),
  },
  'lineup:set': {
    via: 'http',
    summary: 'Replace the line-up of a show.',
    method: 'PUT',
    path: '/api/shows/:showId/lineup',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({ productIds: z.array(productIdSchema).max(limits.lineupProducts) }),
    response: z.strictObject({ lineup: z.array(productCardSchema) }),
  },
  'show:go-live': {
    via: 'http',
    summary: 'Put a show on air.',
    method: 'POST',
    path: '/api/shows/:showId/go-live',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    response: z.strictObject({ show: showCardSchema }),
  },
  'show:end': {
    via: 'http',
    summary: 'End a show, as its host.',
    method: 'POST',
    path: '/api/shows/:showId/end',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: optionalReasonSchema,
    response: z.strictObject({ show: showCardSchema }),
  },
  'show:stop': {
    via: 'http',
    summary: 'Stop a show, as a moderator.',
    method: 'POST',
    path: '/api/shows/:showId/stop',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({ reason: z.string().trim().min(1).max(limits.reasonLength) }),
    response: z.strictObject({ show: showCardSchema }),
  },
  'show:summary': {
    via: 'http',
    summary: 'What a show brought: viewers, units, revenue.',
    method: 'GET',
    path: '/api/shows/:showId/summary',
    roles: showCrew,
    scope: 'show',
    rate: readRate,
    params: showParams,
    response: showSummarySchema,
  },
  'pin:set': {
    via: 'http',
    summary: 'Pin a product of the line-up.',
    method: 'PUT',
    path: '/api/shows/:showId/pin',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    /** `at`: the instant that the host meant, server wall-clock milliseconds; bounded to the last few seconds. */
    body: z.strictObject({ productId: productIdSchema, at: instantSchema.optional() }),
    response: nothing,
  },
  'pin:clear': {
    via: 'http',
    summary: 'Take the pinned product off.',
    method: 'DELETE',
    path: '/api/shows/:showId/pin',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    /** `at` as with `pin:set`; a DELETE has no body that every client and proxy lets through. */
    query: z.strictObject({ at: instantInQuerySchema.optional() }),
    response: nothing,
  },
} as const satisfies Record<string, HttpCommandSpec>;

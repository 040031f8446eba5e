import {
  catalogImportIdSchema,
  messageIdSchema,
  orderIdSchema,
  paymentIdSchema,
  saleIdSchema,
  showIdSchema,
  streamIdSchema,
} from '@souk/protocol/ids';
import { z } from 'zod';

/** Pause before the next try: `exponential` doubles it each time, starting with `delayMs`. */
interface Backoff {
  readonly type: 'fixed' | 'exponential';
  readonly delayMs: number;
}

interface JobSpec {
  readonly summary: string;
  readonly payload: z.ZodType;
  /** How often the job is tried before it is kept as failed. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** One try is over after this long, and counts as failed. */
  readonly timeoutMs: number;
  /** Set for jobs that run again and again, one at a time over all workers. */
  readonly everyMs?: number;
}

const patiently: Pick<JobSpec, 'attempts' | 'backoff' | 'timeoutMs'> = {
  attempts: 12,
  backoff: { type: 'exponential', delayMs: 500 },
  timeoutMs: 30_000,
};

/** Jobs with a moment that people watch for: tried each second, so that they are late by little. */
const punctually: Pick<JobSpec, 'attempts' | 'backoff' | 'timeoutMs'> = {
  attempts: 300,
  backoff: { type: 'fixed', delayMs: 1_000 },
  timeoutMs: 30_000,
};

/** The table of jobs: name → payload, patience. A queue per job, named after it. Every job may run twice: handlers are idempotent. */
export const jobTable = {
  'show-host-gone': {
    summary: 'End a show whose host has not come back since this stream stopped; null: has never come.',
    payload: z.strictObject({ showId: showIdSchema, streamId: streamIdSchema.nullable() }),
    ...patiently,
  },
  'sale-announce': {
    summary: 'Tell viewers of a scheduled flash sale: its countdown begins.',
    payload: z.strictObject({ saleId: saleIdSchema }),
    ...punctually,
  },
  'sale-begin': {
    summary: 'Let a flash sale run whose start has come.',
    payload: z.strictObject({ saleId: saleIdSchema }),
    ...punctually,
  },
  'sale-end': {
    summary: 'End a flash sale whose time is up.',
    payload: z.strictObject({ saleId: saleIdSchema }),
    ...punctually,
  },
  'sale-settle': {
    summary: 'Give the units of an ended sale back that no hold has claimed.',
    payload: z.strictObject({ saleId: saleIdSchema }),
    ...punctually,
  },
  'order-expire': {
    summary: 'Expire an order that was not paid in time.',
    payload: z.strictObject({ orderId: orderIdSchema }),
    ...punctually,
  },
  'order-dispatch': {
    summary: 'Hand a paid order to the carrier.',
    payload: z.strictObject({ orderId: orderIdSchema }),
    ...patiently,
  },
  'payment-prepare': {
    summary: 'Ask the payment service for the payment of an order whose slot has come.',
    payload: z.strictObject({ orderId: orderIdSchema }),
    ...punctually,
  },
  'payments-reconcile': {
    summary: 'Compare the payment service’s books with the house’s, and mend what differs.',
    payload: z.strictObject({}),
    attempts: 1,
    backoff: { type: 'fixed', delayMs: 1_000 },
    timeoutMs: 120_000,
    everyMs: 60_000,
  },
  'sandbox-webhook': {
    summary: 'Deliver a signed webhook of the payment sandbox.',
    payload: z.strictObject({ paymentId: paymentIdSchema, eventId: z.string().min(1).max(100) }),
    ...patiently,
    timeoutMs: 10_000,
  },
  'holds-sweep': {
    summary: 'End the holds that have run out and that nobody has touched since.',
    payload: z.strictObject({}),
    attempts: 1,
    backoff: { type: 'fixed', delayMs: 1_000 },
    timeoutMs: 10_000,
    everyMs: 1_000,
  },
  'old-rows-remove': {
    summary: 'Remove notes that are older than the house keeps them.',
    payload: z.strictObject({}),
    attempts: 3,
    backoff: { type: 'exponential', delayMs: 5_000 },
    timeoutMs: 120_000,
    everyMs: 3_600_000,
  },
  'recordings-sweep': {
    summary: 'Remove the files of recordings whose time is over, or that somebody removed.',
    payload: z.strictObject({}),
    attempts: 1,
    backoff: { type: 'fixed', delayMs: 1_000 },
    timeoutMs: 300_000,
    everyMs: 60_000,
  },
  'catalog-import': {
    summary:
      'Work off the rows of a CSV that a merchant handed in; a try goes on where the one before ended.',
    payload: z.strictObject({ importId: catalogImportIdSchema }),
    ...patiently,
    timeoutMs: 120_000,
  },
  'chat-review': {
    summary: "Ask the merchant's review hook about a held message, and do what it says.",
    payload: z.strictObject({ showId: showIdSchema, messageId: messageIdSchema }),
    ...patiently,
  },
  'timelines-archive': {
    summary:
      'Copy what is new in the timelines of open shows into the archive, and trim what is old in Redis.',
    payload: z.strictObject({}),
    attempts: 1,
    backoff: { type: 'fixed', delayMs: 1_000 },
    timeoutMs: 60_000,
    everyMs: 2_000,
  },
  'show-archive': {
    summary: 'Copy the timeline of an ended show into the archive.',
    payload: z.strictObject({ showId: showIdSchema }),
    ...patiently,
    timeoutMs: 120_000,
  },
} as const satisfies Record<string, JobSpec>;

export type JobTable = typeof jobTable;
export type JobName = keyof JobTable;
export type JobPayload<Name extends JobName> = z.output<JobTable[Name]['payload']>;

export const jobNames = Object.keys(jobTable) as [JobName, ...JobName[]];
export const jobNameSchema = z.enum(jobNames);

/** What the table says of a job. */
export function getJobSpec(name: JobName): JobSpec {
  return jobTable[name];
}

/** Parses the payload of a job. Throws ZodError when it does not fit. */
export function parseJobPayload<Name extends JobName>(name: Name, value: unknown): JobPayload<Name> {
  return jobTable[name].payload.parse(value) as JobPayload<Name>;
}

import { z } from 'zod';

/** A table of states: from each state, the states it may go to. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

export const showStatuses = ['draft', 'live', 'ended'] as const;
export const showStatusSchema = z.enum(showStatuses);
export type ShowStatus = z.infer<typeof showStatusSchema>;
export const showTransitions: Transitions<ShowStatus> = {
  draft: ['live', 'ended'],
  live: ['ended'],
  ended: [],
};
export const showEndReasonSchema = z.enum(['ended-by-host', 'ended-by-moderator', 'host-gone']);
export type ShowEndReason = z.infer<typeof showEndReasonSchema>;

/**
 * `scheduled`: units are set aside, viewers know nothing yet. `announced`: the countdown runs. `running`: it can be
 * bought from. The instants `startsAt` and `endsAt` decide what buyers may do; a state may follow them by a moment.
 */
export const saleStatuses = ['scheduled', 'announced', 'running', 'ended'] as const;
export const saleStatusSchema = z.enum(saleStatuses);
export type SaleStatus = z.infer<typeof saleStatusSchema>;
export const saleTransitions: Transitions<SaleStatus> = {
  scheduled: ['announced', 'running', 'ended'],
  announced: ['running', 'ended'],
  running: ['ended'],
  ended: [],
};
export const saleEndReasonSchema = z.enum(['time-up', 'stopped', 'show-ended', 'show-not-live']);
export type SaleEndReason = z.infer<typeof saleEndReasonSchema>;

/** `offered`: a unit is held for this buyer for a while. `accepted`: that hold went into an order. */
export const waitlistStatuses = ['waiting', 'offered', 'accepted', 'passed', 'left', 'sale-ended'] as const;
export const waitlistStatusSchema = z.enum(waitlistStatuses);
export type WaitlistStatus = z.infer<typeof waitlistStatusSchema>;
export const waitlistTransitions: Transitions<WaitlistStatus> = {
  waiting: ['offered', 'left', 'sale-ended'],
  offered: ['accepted', 'passed', 'left', 'sale-ended'],
  accepted: [],
  passed: [],
  left: [],
  'sale-ended': [],
};

export const holdStatusSchema = z.enum(['active', 'claimed', 'released', 'expired']);
export type HoldStatus = z.infer<typeof holdStatusSchema>;
export const holdTransitions: Transitions<HoldStatus> = {
  active: ['claimed', 'released', 'expired'],
  claimed: [],
  released: [],
  expired: [],
};
export const holdEndReasonSchema = z.enum(['claimed', 'released', 'expired']);
export type HoldEndReason = z.infer<typeof holdEndReasonSchema>;

export const orderStatuses = [
  'pending_payment',
  'paid',
  'allocated',
  'dispatched',
  'in_transit',
  'delivered',
  'expired',
  'cancelled',
  'refunded',
  'returned',
] as const;
export const orderStatusSchema = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof orderStatusSchema>;
export const orderTransitions: Transitions<OrderStatus> = {
  pending_payment: ['paid', 'expired', 'cancelled'],
  paid: ['allocated', 'refunded', 'cancelled'],
  allocated: ['dispatched', 'refunded', 'cancelled'],
  dispatched: ['in_transit', 'delivered', 'refunded', 'returned'],
  in_transit: ['delivered', 'refunded', 'returned'],
  delivered: ['returned', 'refunded'],
  expired: [],
  cancelled: ['refunded'],
  refunded: [],
  returned: ['refunded'],
};

export const paymentStatusSchema = z.enum([
  'requires_confirmation',
  'processing',
  'succeeded',
  'failed',
  'cancelled',
  'refunded',
]);
export type PaymentStatus = z.infer<typeof paymentStatusSchema>;
export const paymentTransitions: Transitions<PaymentStatus> = {
  requires_confirmation: ['processing', 'succeeded', 'failed', 'cancelled'],
  processing: ['succeeded', 'failed', 'cancelled'],
  // `cancelled`: it was reported as charged, and the gateway's books say that it never was.
  succeeded: ['refunded', 'cancelled'],
  failed: ['processing', 'succeeded', 'cancelled'],
  cancelled: ['succeeded'],
  refunded: [],
};

export const shipmentStatusSchema = z.enum([
  'label_created',
  'dispatched',
  'in_transit',
  'delivered',
  'returned',
]);
export type ShipmentStatus = z.infer<typeof shipmentStatusSchema>;
export const shipmentTransitions: Transitions<ShipmentStatus> = {
  label_created: ['dispatched'],
  dispatched: ['in_transit', 'delivered', 'returned'],
  in_transit: ['delivered', 'returned'],
  delivered: ['returned'],
  returned: [],
};

/** An import of a catalogue: rows are worked off in the background. */
export const importStatuses = ['queued', 'running', 'done', 'failed'] as const;
export const importStatusSchema = z.enum(importStatuses);
export type ImportStatus = z.infer<typeof importStatusSchema>;
export const importTransitions: Transitions<ImportStatus> = {
  queued: ['running', 'failed'],
  running: ['done', 'failed'],
  done: [],
  failed: [],
};

/** `active`: the show is on and is being recorded. `ready`: it can be watched from start to end. */
export const recordingStatuses = ['active', 'ready', 'removed'] as const;
export const recordingStatusSchema = z.enum(recordingStatuses);
export type RecordingStatus = z.infer<typeof recordingStatusSchema>;
export const recordingTransitions: Transitions<RecordingStatus> = {
  // `removed`: nothing of it was kept, or somebody removed it before its last file was written.
  active: ['ready', 'removed'],
  ready: ['removed'],
  removed: [],
};

/** A buyer's bank takes the payment back until the dispute is decided. */
export const disputeStatuses = ['open', 'won', 'lost'] as const;
export const disputeStatusSchema = z.enum(disputeStatuses);
export type DisputeStatus = z.infer<typeof disputeStatusSchema>;

export const allTransitions = {
  show: showTransitions,
  sale: saleTransitions,
  waitlist: waitlistTransitions,
  import: importTransitions,
  hold: holdTransitions,
  order: orderTransitions,
  payment: paymentTransitions,
  shipment: shipmentTransitions,
  recording: recordingTransitions,
} as const;

/** True when the table lets `from` become `to`. */
export function canBecome<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}

/**
 * Checks a table of states when a service starts: every target is a state, and no state leads to itself.
 * Throws Error naming the fault.
 */
export function assertTransitions(name: string, table: Transitions<string>): void {
  for (const [from, targets] of Object.entries(table)) {
    for (const to of targets) {
      if (!(to in table)) throw new Error(`${name}: ${from} leads to the unknown state ${to}`);
      if (to === from) throw new Error(`${name}: ${from} leads to itself`);
    }
  }
}

import { paymentIdSchema, refundIdSchema } from '@souk/protocol/ids';
import { z } from 'zod';
import { sandboxEventTypes } from '../../db/schema/sandbox.ts';
import type { PaymentEvent } from '../payment-gateway.ts';

/** The body of a webhook. */
export const webhookSchema = z.strictObject({
  id: z.string(),
  type: z.enum(sandboxEventTypes),
  createdAt: z.int(),
  data: z.strictObject({
    paymentId: paymentIdSchema,
    declineCode: z.string().nullable(),
    refundId: refundIdSchema.nullable(),
    /** Of a dispute. */
    disputedMinor: z.int().min(0).optional(),
  }),
});
export type SandboxWebhook = z.infer<typeof webhookSchema>;

const ANSWER_WITHIN_MS = 7 * 86_400_000;

const disputeStatusOf = {
  'payment.disputed': 'open',
  'payment.dispute-won': 'won',
  'payment.dispute-lost': 'lost',
} as const;

/** What a webhook of the sandbox says, in the words of the port. */
export function toPaymentEvent({ id, type, createdAt, data }: SandboxWebhook): PaymentEvent {
  const base = { eventId: id, gatewayRef: data.paymentId, paymentId: data.paymentId };
  switch (type) {
    case 'payment.processing':
      return { ...base, kind: 'processing' };
    case 'payment.succeeded':
      return { ...base, kind: 'succeeded' };
    case 'payment.failed':
      return { ...base, kind: 'failed', declineCode: data.declineCode ?? 'unknown' };
    case 'payment.canceled':
      return { ...base, kind: 'cancelled' };
    case 'payment.refunded':
      return { ...base, kind: 'refunded', refundId: data.refundId ?? undefined };
    case 'payment.disputed':
    case 'payment.dispute-won':
    case 'payment.dispute-lost': {
      const status = disputeStatusOf[type];
      const dispute = {
        ...{ disputeId: `dp_${data.paymentId}`, status, reason: 'fraudulent' },
        amountMinor: data.disputedMinor ?? 0,
        respondBefore: status === 'open' ? createdAt + ANSWER_WITHIN_MS : null,
        toldAt: createdAt,
      };
      return { kind: 'disputed', eventId: id, gatewayRef: data.paymentId, dispute };
    }
  }
}

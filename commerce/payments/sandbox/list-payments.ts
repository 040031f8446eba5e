import { paymentIdSchema } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import type { PaymentStatus } from '@souk/protocol/states';
import { and, desc, gte, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { type SandboxStatus, sandboxPayments } from '../../db/schema/sandbox.ts';
import type { ListedPayment, ListRequest, PaymentPage, PaymentSnapshot } from '../payment-gateway.ts';
import type { SandboxPayment } from './sandbox-books.ts';

const PAGE_SIZE = 100;

const statusOf: Readonly<Record<SandboxStatus, PaymentStatus>> = {
  requires_payment_method: 'requires_confirmation',
  processing: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};

/** A payment of the sandbox in the words of the port. */
export function toSnapshot({
  status,
  amountMinor,
  currency,
  refundedMinor,
}: SandboxPayment): PaymentSnapshot {
  const isRefunded = status === 'succeeded' && refundedMinor === amountMinor;
  const amount = { amountMinor, currency: currency as Currency };
  return { status: isRefunded ? 'refunded' : statusOf[status], amount, refundedMinor };
}

/** One page of the sandbox's payments, newest first; the cursor is the last payment of the page before. */
export async function listSandboxPayments(
  { orm }: Database,
  { createdAfter, cursor }: ListRequest,
): Promise<PaymentPage> {
  const after =
    cursor === undefined
      ? undefined
      : sql`(${sandboxPayments.createdAt}, ${sandboxPayments.id})
          < (select p.created_at, p.id from sandbox_payments p where p.id = ${cursor})`;
  const rows = await orm
    .select()
    .from(sandboxPayments)
    .where(and(gte(sandboxPayments.createdAt, createdAfter), after))
    .orderBy(desc(sandboxPayments.createdAt), desc(sandboxPayments.id))
    .limit(PAGE_SIZE);
  const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;
  return { payments: rows.map(toListed), nextCursor: last?.id ?? null };
}

function toListed(row: SandboxPayment): ListedPayment {
  return {
    ...toSnapshot(row),
    gatewayRef: row.id,
    paymentId: paymentIdSchema.safeParse(row.copyOf ?? row.id).data,
    createdAt: row.createdAt,
    chargedAt: row.settledAt ?? undefined,
  };
}

import type { Finding } from '@souk/protocol/http/desk-payments';
import { createId, type MerchantId, type OrderId, type PaymentId } from '@souk/protocol/ids';
import type { Money } from '@souk/protocol/money';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../db/database.ts';
import { paymentFindings } from '../../db/schema/disputes.ts';

/** What the reconciliation has found, before it has an id. */
export interface NewFinding extends Pick<Finding, 'kind' | 'gatewayRef' | 'status' | 'detail'> {
  readonly merchantId: MerchantId;
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  readonly amount: Money;
}

/** Stores a finding, once per kind and payment; one that a person must look at may turn out to be mended later. */
export async function saveFinding(db: Executor, finding: NewFinding, now: number): Promise<void> {
  const { amount, ...facts } = finding;
  const { status, detail } = finding;
  await db
    .insert(paymentFindings)
    .values({ ...facts, ...amount, id: createId('finding'), foundAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [paymentFindings.kind, paymentFindings.gatewayRef],
      set: { status, detail, ...amount, updatedAt: now },
      setWhere: sql`${paymentFindings.status} = 'open' and ${paymentFindings.detail} <> excluded.detail`,
    });
}

/** True when there is such a finding that waits for a person. */
export async function hasOpenFinding(
  db: Executor,
  kind: Finding['kind'],
  gatewayRef: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: paymentFindings.id })
    .from(paymentFindings)
    .where(
      and(
        eq(paymentFindings.kind, kind),
        eq(paymentFindings.gatewayRef, gatewayRef),
        eq(paymentFindings.status, 'open'),
      ),
    );
  return rows.length > 0;
}

/** The findings of a shop, newest first. */
export type ListFindings = (merchantId: MerchantId) => Promise<Finding[]>;

const LIST_LIMIT = 200;

export function createListFindings({ orm }: Database): ListFindings {
  const { id, kind, orderId, gatewayRef, amountMinor, currency, status, detail, foundAt } = paymentFindings;
  return (merchantId) =>
    orm
      .select({ id, kind, orderId, gatewayRef, amountMinor, currency, status, detail, foundAt })
      .from(paymentFindings)
      .where(eq(paymentFindings.merchantId, merchantId))
      .orderBy(desc(foundAt), desc(id))
      .limit(LIST_LIMIT);
}

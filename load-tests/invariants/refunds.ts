import { createSqlInvariant } from './invariant.ts';

/** No more is paid back than was paid, and the payment knows how much that is. */
export const refunds = createSqlInvariant({
  name: 'refunds <= payments',
  sql: `
    SELECT payments.id AS subject,
           format('%s paid (%s), %s refunded by the payment, %s by the refunds',
                  amount_minor, status, refunded_minor, back.amount) AS detail
    FROM payments
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(refunds.amount_minor), 0) AS amount
      FROM refunds WHERE refunds.payment_id = payments.id AND refunds.status <> 'failed'
    ) AS back
    WHERE back.amount > amount_minor OR refunded_minor <> back.amount
          OR (back.amount > 0 AND status NOT IN ('succeeded', 'refunded'))`,
});

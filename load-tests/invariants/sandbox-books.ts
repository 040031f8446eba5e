import { createSqlInvariant } from './invariant.ts';

/** What the payment sandbox has charged and paid back is what commerce believes, once the webhooks have arrived. */
export const sandboxBooks = createSqlInvariant({
  name: 'sandbox books = payments',
  sql: `
    SELECT sandbox_payments.id AS subject,
           format('sandbox %s (%s back), commerce %s (%s back)', sandbox_payments.status,
                  sandbox_payments.refunded_minor, coalesce(payments.status, 'missing'), settled.amount) AS detail
    FROM sandbox_payments
    LEFT JOIN payments ON payments.id = sandbox_payments.id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(amount_minor), 0) AS amount FROM refunds
      WHERE refunds.payment_id = payments.id AND refunds.status = 'succeeded'
    ) AS settled
    WHERE NOT EXISTS (
            SELECT FROM sandbox_events
            WHERE sandbox_events.payment_id = sandbox_payments.id
                  AND (NOT delivered OR sandbox_events.created_at > $1)
          )
          -- Of a second charge for the same order the house keeps nothing.
          AND CASE WHEN sandbox_payments.copy_of IS NOT NULL
            THEN sandbox_payments.status = 'succeeded' AND sandbox_payments.refunded_minor < sandbox_payments.amount_minor
            ELSE (sandbox_payments.status = 'succeeded') IS DISTINCT FROM (payments.status IN ('succeeded', 'refunded'))
               OR sandbox_payments.refunded_minor <> settled.amount
            END`,
});

import { SANDBOX_SIGNATURE_HEADER, signWebhook } from '@souk/commerce/sandbox-signature';
import type { Random } from '@souk/protocol/testing/random';
import { Pool } from 'pg';
import { z } from 'zod';
import type { World } from '../world/world.ts';
import type { FuzzRequest } from './request.ts';

/** Share of the webhooks that the payment service could have sent; the others nobody has signed. */
const SIGNED = 0.6;
/** Of these, the share with a signature of long ago. */
const STALE = 0.2;
const LONG_AGO_MS = 3_600_000;
const CONNECTIONS = 2;

/** What the payment service has told already, to be told once more. */
export interface WebhookMailbag {
  /** Puts a true webhook with its signature in the place of a made-up one, most of the time. */
  fill(request: FuzzRequest, chance: Random): Promise<FuzzRequest>;
  close(): Promise<void>;
}

/**
 * Webhooks from the books of the payment sandbox, which arrive again, out of order, some with a signature that is no
 * longer good. `fill` rejects when the database cannot be read.
 */
export function createWebhookMailbag({
  databaseUrl,
  webhookSecret,
}: Pick<World, 'databaseUrl' | 'webhookSecret'>): WebhookMailbag {
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  return {
    async fill(request, chance) {
      if (!chance.maybe(SIGNED)) return request;
      const webhook = await drawWebhook(pool);
      if (webhook === undefined) return request;
      const signedAt = Date.now() - (chance.maybe(STALE) ? LONG_AGO_MS : 0);
      const signature = signWebhook(webhookSecret, JSON.stringify(webhook), signedAt);
      return {
        ...request,
        path: request.operation.path.replace('{gateway}', 'sandbox'),
        headers: { ...request.headers, [SANDBOX_SIGNATURE_HEADER]: signature },
        body: webhook,
      };
    },
    close: () => pool.end(),
  };
}

const drawnSchema = z.object({ webhook: z.record(z.string(), z.unknown()) });

/** What was not delivered yet may not be true yet. */
async function drawWebhook(pool: Pool): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query(`
    SELECT json_build_object(
      'id', event.id, 'type', event.type,
      'createdAt', round(extract(epoch FROM event.created_at) * 1000),
      'data', json_build_object(
        'paymentId', payment.id, 'declineCode', payment.decline_code,
        'refundId', event.refund_id, 'disputedMinor', payment.amount_minor)) AS webhook
    FROM sandbox_events event JOIN sandbox_payments payment ON payment.id = event.payment_id
    WHERE event.delivered AND payment.copy_of IS NULL
    ORDER BY random() LIMIT 1`);
  return rows[0] === undefined ? undefined : drawnSchema.parse(rows[0]).webhook;
}

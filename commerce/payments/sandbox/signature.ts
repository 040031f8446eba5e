import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@souk/runtime/app-error';

export const SANDBOX_SIGNATURE_HEADER = 'souk-sandbox-signature';
/** A signature older or newer than this is refused, so that a stolen webhook cannot be sent again later. */
const TOLERANCE_MS = 300_000;

/** The signature header of a body: `t=<Unix seconds>,v1=<HMAC-SHA256 of "t.body", hex>`. */
export function signWebhook(secret: string, body: string | Buffer, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  return `t=${seconds},v1=${digest(secret, seconds, body).toString('hex')}`;
}

/** Throws AppError INVALID_WEBHOOK_SIGNATURE when the header does not fit the body, or is not of these minutes. */
export function assertWebhookSignature(secret: string, body: Buffer, header: unknown, nowMs: number): void {
  const parts = typeof header === 'string' ? /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) : null;
  const [, seconds, signature] = parts ?? [];
  if (seconds === undefined || signature === undefined) throw new AppError('INVALID_WEBHOOK_SIGNATURE');
  const expected = digest(secret, Number(seconds), body);
  const isFresh = Math.abs(nowMs - Number(seconds) * 1_000) <= TOLERANCE_MS;
  if (!isFresh || !timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    throw new AppError('INVALID_WEBHOOK_SIGNATURE');
}

function digest(secret: string, seconds: number, body: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}

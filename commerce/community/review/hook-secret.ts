import { createHmac, randomBytes } from 'node:crypto';
import type { MerchantId } from '@souk/protocol/ids';

/** Tells whoever finds such a secret what it is for. */
const PREFIX = 'souk_hook_';

/** A new salt; with it the secret is another one. */
export function createSecretSalt(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * The secret of a shop's review hook: made of the house's webhook secret and the salt, so that it stands nowhere. Whoever
 * changes the house's secret must have every shop ask for a new one.
 */
export function deriveHookSecret(houseSecret: string, merchantId: MerchantId, salt: string): string {
  const key = createHmac('sha256', houseSecret).update(`review-hook ${merchantId} ${salt}`);
  return PREFIX + key.digest('base64url');
}

/** The signature of a request: HMAC-SHA256 of `<timestamp>.<body>`, in hex. */
export function signReview(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

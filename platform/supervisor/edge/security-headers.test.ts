import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, createCommonHeaders } from './security-headers.ts';

const policyOf = (allowStripe: boolean): string =>
  contentSecurityPolicy('nonce', { publicOrigin: 'https://souk.test', allowStripe });

describe('the content policy', () => {
  test('names no other house without Stripe', () => {
    expect(policyOf(false)).not.toContain('stripe');
    expect(policyOf(false)).toContain("frame-src 'none'");
    expect(createCommonHeaders({ allowStripe: false })['permissions-policy']).toContain('payment=(self)');
  });

  test('names the hosts of its payment form with Stripe, and nothing more', () => {
    const policy = policyOf(true);
    for (const part of [
      "script-src 'self' https://js.stripe.com https://*.js.stripe.com;",
      'frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;',
      "connect-src 'self' wss://souk.test https://api.stripe.com;",
      "img-src 'self' data: blob: https://*.stripe.com;",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toContain('unsafe');
    expect(createCommonHeaders({ allowStripe: true })['cross-origin-opener-policy']).toBe(
      'same-origin-allow-popups',
    );
  });
});

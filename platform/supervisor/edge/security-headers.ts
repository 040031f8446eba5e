import { randomBytes } from 'node:crypto';

export interface ContentPolicyOptions {
  /** The origin that pages are loaded from, e.g. `https://shop.example`. */
  publicOrigin: string;
  allowStripe: boolean;
}

/** A fresh value for each page, by which its own style elements are told from injected ones. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The Content-Security-Policy of a page: everything from the own origin, no inline script at all, and no frame
 * around it. Stripe's hosts are named only where its payment form is used.
 * Source of these: https://docs.stripe.com/security/guide#content-security-policy
 */
export function contentSecurityPolicy(
  nonce: string,
  { publicOrigin, allowStripe }: ContentPolicyOptions,
): string {
  const socketOrigin = publicOrigin.replace(/^http/, 'ws');
  const stripe = (...hosts: string[]) => (allowStripe ? hosts : []);
  const forms = stripe('https://js.stripe.com', 'https://*.js.stripe.com');
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...forms],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:', 'blob:', ...stripe('https://*.stripe.com')],
    'media-src': ["'self'", 'blob:'],
    // Older Safari does not count a WebSocket to the own host as 'self'.
    'connect-src': ["'self'", socketOrigin, ...stripe('https://api.stripe.com')],
    'font-src': ["'self'"],
    'worker-src': ["'self'", 'blob:'],
    'frame-src': allowStripe ? [...forms, ...stripe('https://hooks.stripe.com')] : ["'none'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'form-action': ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/**
 * Headers of every answer, the proxied ones included. Wallets in Stripe's form ask for payments from its frame, and some
 * open a window of their own.
 */
export function createCommonHeaders({
  allowStripe,
}: Pick<ContentPolicyOptions, 'allowStripe'>): Readonly<Record<string, string>> {
  const payment = allowStripe ? '(self "https://js.stripe.com")' : '(self)';
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': allowStripe ? 'same-origin-allow-popups' : 'same-origin',
    'permissions-policy': `camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=${payment}`,
  };
}

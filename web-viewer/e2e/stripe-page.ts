import type { StripeStandIn } from '@souk/commerce/stripe-stand-in';
import type { BrowserContext, Route } from 'playwright-core';

/**
 * What https://js.stripe.com would give the page, as far as the house uses it: a form with one field in the place of
 * the Payment Element, and a confirmation that asks Stripe's API.
 */
const pageScript = `
window.Stripe = (publishableKey) => ({
  elements: ({ clientSecret }) => {
    const field = document.createElement('input');
    field.setAttribute('data-testid', 'stripe-card');
    field.setAttribute('data-key', publishableKey);
    field.setAttribute('aria-label', 'Card number');
    const listeners = {};
    return {
      clientSecret,
      field,
      create: () => ({
        on: (event, listener) => { listeners[event] = listener; },
        mount: (place) => { place.append(field); setTimeout(() => listeners.ready?.(), 0); },
        destroy: () => field.remove(),
      }),
    };
  },
  confirmPayment: async ({ elements: { clientSecret, field } }) => {
    const id = clientSecret.split('_secret')[0];
    const method = field.value.startsWith('4000') ? 'pm_card_chargeDeclined' : 'pm_card_visa';
    const body = new URLSearchParams({ client_secret: clientSecret, payment_method: method });
    const url = 'https://api.stripe.com/v1/payment_intents/' + id + '/confirm';
    const answer = await (await fetch(url, { method: 'POST', body })).json();
    return answer.error === undefined ? { paymentIntent: answer } : { error: answer.error };
  },
});
window.Stripe.version = 'endive';
`;

/** Serves Stripe's page script and its API to the pages of a browser, both from the stand-in. */
export async function servePageOfStripe(context: BrowserContext, stripe: StripeStandIn): Promise<void> {
  await context.route('https://js.stripe.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: pageScript }),
  );
  await context.route('https://api.stripe.com/**', (route) => passOn(route, stripe.url));
}

async function passOn(route: Route, url: string): Promise<void> {
  const request = route.request();
  const { pathname } = new URL(request.url());
  const answer = await fetch(new URL(pathname, url), {
    method: request.method(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: request.postData(),
  });
  await route.fulfill({
    status: answer.status,
    contentType: 'application/json',
    headers: { 'access-control-allow-origin': '*' },
    body: await answer.text(),
  });
}

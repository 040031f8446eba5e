import { type StripeStandIn, startStripeStandIn } from '@souk/commerce/stripe-stand-in';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectNoComplaints, expectText } from './expectations.ts';
import { keepEvidence } from './keep-evidence.ts';
import { type OpenShop, openShop } from './open-shop.ts';
import { invite, type Person } from './people.ts';
import { servePageOfStripe } from './stripe-page.ts';
import { orderHeld, takeUnit } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

const WEBHOOK_SECRET = 'whsec_of_the_browser_test';

describe('a shop that takes payments by Stripe', () => {
  let stripe: StripeStandIn;
  let world: World;
  let shop: OpenShop;
  let buyer: Person;

  beforeAll(async () => {
    stripe = await startStripeStandIn({ webhookSecret: WEBHOOK_SECRET });
    world = await createWorld({
      PAYMENT_GATEWAY: 'stripe',
      STRIPE_API_URL: stripe.url,
      STRIPE_SECRET_KEY: 'sk_test_of_the_browser_test',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_of_the_browser_test',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    const { browser, house } = world;
    shop = await openShop(house.origin, 'An evening with Stripe');
    buyer = await invite(browser, house.origin, 'phone');
    await servePageOfStripe(buyer.context, stripe);
    await shop.host.call('sale:start', {
      params: { showId: shop.showId },
      body: {
        ...{ variantId: shop.variantId, units: 3, priceMinor: 1_500, perBuyerLimit: 3 },
        ...{ seconds: 1_800, countdownSeconds: 0 },
      },
    });
  });

  afterAll(async () => {
    await world?.close();
    await stripe?.stop();
  });

  afterEach((context) => keepEvidence(context, { buyer }));

  /** Sends what happened to the only payment there is, as Stripe would. */
  async function tellHouse(type: string): Promise<void> {
    const intent = [...stripe.intents.values()].at(-1);
    if (intent === undefined) throw new Error('a payment was expected');
    const { rawBody, headers } = stripe.sign(type, intent);
    const url = `${world.house.origin}/api/payments/webhooks/stripe`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...headers },
      body: new Uint8Array(rawBody),
    });
    expect(answer.status).toBe(200);
  }

  it("shows Stripe's form once the order is placed, with the key of the shop", async () => {
    const { page } = buyer;
    await page.goto(`/watch/${shop.showId}`);
    await takeUnit(page);
    await orderHeld(page);
    const card = page.getByTestId('stripe-card');
    await card.waitFor();
    expect(await card.getAttribute('data-key')).toBe('pk_test_of_the_browser_test');
    expect([...stripe.intents.values()].map(({ amount, currency }) => [amount > 1_500, currency])).toEqual([
      [true, 'eur'],
    ]);
  });

  it('says that a card was declined, keeps the units, and lets another card be tried', async () => {
    const { page } = buyer;
    await page.getByTestId('stripe-card').fill('4000 0000 0000 0002');
    await page.getByTestId('pay-now').click();
    await expectText(page.getByTestId('payment-fault'), /declined.*still kept/);
    await tellHouse('payment_intent.payment_failed');
    await page.getByTestId('stripe-card').fill('4242 4242 4242 4242');
    await page.locator('[data-testid="pay-now"]:not(:disabled)').click();
    await page.locator('[data-testid="pay-now"][aria-busy="true"]').waitFor();
  });

  it('shows the order as paid once the webhook has come', async () => {
    const { page } = buyer;
    const intent = [...stripe.intents.values()].at(-1);
    expect(intent?.status).toBe('succeeded');
    await tellHouse('payment_intent.succeeded');
    await page.locator('[data-testid="order-status"][data-status="paid"]').waitFor();
    await page.getByTestId('stripe-card').waitFor({ state: 'detached' });
  });

  it('says so when the form does not come, and loads it at another try', async () => {
    const { page, context } = buyer;
    await page.goto(`/watch/${shop.showId}`);
    await context.route('https://js.stripe.com/**', (route) => route.abort());
    await takeUnit(page);
    await orderHeld(page);
    await page.locator('[data-testid="error-message"][data-code="PAYMENT_UNAVAILABLE"]').waitFor();
    await servePageOfStripe(context, stripe);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByTestId('stripe-card').waitFor();
  });

  it('has given no page a reason to complain', () => expectNoComplaints([buyer]));
});

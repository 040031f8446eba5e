import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { expectCount, expectNoComplaints, expectText, settle } from './expectations.ts';
import { keepEvidence } from './keep-evidence.ts';
import { type OpenShop, openShop } from './open-shop.ts';
import { invite, logIn, type Person } from './people.ts';
import { cards, fillAddress, orderHeld, payWith, takeUnit } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

const PRICE_MINOR = 2_000;
const COUPON = 'EVENING-10';

describe('a flash sale with a countdown, a coupon and a waitlist', () => {
  let world: World;
  let database: Database;
  let shop: OpenShop;
  let first: Person;
  let second: Person;

  beforeAll(async () => {
    // Orders rest long enough to be cancelled, and what is held stays so on a busy machine.
    world = await createWorld({ DISPATCH_DELAY_SECONDS: '30', HOLD_SECONDS: '600' });
    const { browser, house } = world;
    database = openDatabase(house.databaseUrl);
    shop = await openShop(house.origin, 'An evening with coupons');
    first = await invite(browser, house.origin, 'phone');
    second = await invite(browser, house.origin, 'desktop');
  });

  afterAll(async () => {
    await database?.close();
    await world?.close();
  });

  afterEach((context) => keepEvidence(context, { first, second }));

  it('shows the pinned coupon, and keeps it for the checkout at a press', async () => {
    const { merchant, host, merchantId, showId } = shop;
    const params = { merchantId };
    await merchant.call('merchant:set-selling', { params, body: { couponsOnSalePrices: true } });
    const { coupon } = await merchant.call('coupon:create', {
      params,
      body: {
        ...{ code: COUPON, title: 'Opening', benefit: { kind: 'percent', percent: 10 } },
        ...{ budgetMinor: null, maxRedemptions: null, perBuyerLimit: 1, minItemsMinor: 0 },
        ...{ startsAt: null, endsAt: null, isEnabled: true },
      },
    });
    await first.page.goto(`/watch/${showId}`);
    await first.page.getByTestId('chat-input').waitFor();
    await host.call('coupon:pin', { params: { showId }, body: { couponId: coupon.id } });
    await expectText(first.page.getByTestId('pinned-coupon'), COUPON);
    await first.page.getByTestId('coupon-keep').click();
    await expectText(first.page.getByTestId('coupon-keep'), /at checkout/i);
  });

  it('counts down to the sale, and lets nobody buy before its start', async () => {
    const { sale } = await shop.host.call('sale:start', {
      params: { showId: shop.showId },
      body: {
        ...{ variantId: shop.variantId, units: 1, priceMinor: PRICE_MINOR, perBuyerLimit: 1 },
        ...{ seconds: 1_800, countdownSeconds: 20 },
      },
    });
    const card = first.page.getByTestId('sale-card');
    await card.waitFor();
    const buy = card.getByTestId('buy-now');
    await expectText(card.getByTestId('sale-starts'), /0:\d\d/);
    expect(await buy.isDisabled()).toBe(true);
    await settle(first.page);
    const before = await buy.boundingBox();
    await card.locator('[data-testid="buy-now"]:not([data-coming])').waitFor();
    // The page's clock follows the server's, which is this machine's here.
    expect(Date.now()).toBeGreaterThan(sale.startsAt - 250);
    expect(await buy.boundingBox()).toEqual(before);
  });

  it('gives the unit to the first, and a place in line to the next', async () => {
    await takeUnit(first.page);
    await logIn(second, 'viewer@souk.local');
    await second.page.goto(`/watch/${shop.showId}`);
    await second.page.locator('[data-testid="buy-now"][data-waitlist]').click();
    await expectText(second.page.getByTestId('wait-place').first(), /1st/);
    await second.page.reload();
    await expectText(second.page.getByTestId('wait-place').first(), /1st/);
  });

  it('counts the coupon in the cart', async () => {
    await expectText(first.page.getByTestId('coupon-applied'), COUPON);
    await expectText(first.page.getByTestId('totals'), /-€2\.00/);
  });

  it('offers the unit that was given back to the next in line, for a minute', async () => {
    await first.page.getByRole('button', { name: 'Give back' }).click();
    const offered = second.page.getByTestId('offered-unit');
    await offered.waitFor();
    await expectText(offered.getByTestId('offer-countdown'), /^(1:00|0:\d\d)$/);
    await offered.getByTestId('offer-checkout').click();
    await second.page.getByTestId('hold-countdown').waitFor();
    await second.page.getByTestId('place-order').waitFor();
  });

  it('says why a coupon is refused, and takes one that is good', async () => {
    const { page } = second;
    await page.getByTestId('coupon-code').fill('NO-SUCH-CODE');
    await page.getByTestId('coupon-apply').click();
    await page.locator('[data-testid="coupon-refusal"][data-code="COUPON_NOT_FOUND"]').waitFor();
    await page.getByTestId('coupon-code').fill(COUPON.toLowerCase());
    await page.getByTestId('coupon-code').press('Enter');
    await expectText(page.getByTestId('coupon-applied'), COUPON);
    await expectText(page.getByTestId('totals'), /-€2\.00/);
  });

  it('takes a new quote by itself in the place of one that has expired, and orders at the same total', async () => {
    const { page } = second;
    await fillAddress(page);
    await page.locator('[data-testid="place-order"]:not(:disabled)').waitFor();
    await database.getRow("UPDATE quotes SET expires_at = now() - interval '1 second' RETURNING id");
    await page.getByTestId('place-order').click();
    await page.getByTestId('card-number').waitFor();
    const order = await database.getRow<{ discount: number }>(
      'SELECT discount_minor::int AS discount FROM orders WHERE show_id = $1',
      [shop.showId],
    );
    expect(order.discount).toBe(PRICE_MINOR / 10);
  });

  it('takes the payment on the page of the order too, after it was loaded anew', async () => {
    const { page } = second;
    await page.getByRole('link', { name: 'Order details' }).click();
    await page.getByTestId('order-details').waitFor();
    await page.reload();
    await payWith(page, cards.pays);
    await page.locator('[data-testid="order-status"][data-status="paid"]').waitFor();
  });

  it('lets the buyer cancel before the parcel leaves, and has a receipt that tells of the money', async () => {
    const { page } = second;
    await page.getByTestId('cancel-order').click();
    await page.getByTestId('cancel-confirm').click();
    await page.locator('[data-testid="order-status"][data-status="cancelled"]').waitFor();
    await expectText(page.getByTestId('order-refund'), /paid back/);
    await expectCount(page.getByTestId('cancel-order'), 0);
    await page.getByTestId('to-receipt').click();
    await expectText(page.getByTestId('receipt-number'), /\d+/);
    await expectText(page.getByTestId('receipt'), shop.productTitle);
    await expectText(page.getByTestId('receipt'), /Paid back/);
  });

  it('sells the unit that came back, keeps it when a card is declined, and takes another card', async () => {
    const { page } = first;
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('[data-testid="buy-now"]:not([data-sold-out])').first().waitFor();
    await takeUnit(page);
    await orderHeld(page);
    await payWith(page, cards.declines);
    await page.getByTestId('declined-retry').waitFor();
    await payWith(page, cards.pays);
    await page.locator('[data-testid="order-status"][data-status="dispatched"]').first().waitFor();
  });

  it('shows the product and its shop to everybody, with the way into the show', async () => {
    const { page } = first;
    await page.goto(`/shop/${shop.merchantId}`);
    await page.getByTestId('product-tile').filter({ hasText: shop.productTitle }).click();
    await page.getByTestId('product-page').waitFor();
    await page.getByTestId('watch-live').click();
    await page.waitForURL(`**/watch/${shop.showId}`);
  });

  it('has given no page a reason to complain', () => expectNoComplaints([first, second]));
});

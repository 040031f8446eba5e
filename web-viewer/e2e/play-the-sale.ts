import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { changeStock } from './desk-actions.ts';
import {
  expectCount,
  expectNoComplaints,
  expectPicture,
  expectSending,
  expectSoon,
  expectSound,
  expectText,
} from './expectations.ts';
import { goOnAir, goOnAirFromDraft, inviteModerator, startSale } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { invite, logIn, type Person, type ViewportName } from './people.ts';
import { sayPastThePage } from './say-past-the-page.ts';
import { cards, enterFromLobby, payFor, say, takeUnit, waitForMessage } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

/**
 * Declares the tests of one show from the first press of the host to the refund, each a step of the same evening.
 * `size` is the kind of screen that the viewers have; the staff works on desktops.
 */
export function playTheSale(size: ViewportName): void {
  const title = `Autumn evening, ${size}`;
  let world: World;
  let database: Database;
  let host: Person;
  let buyer: Person;
  let guest: Person;
  let moderator: Person;
  let merchant: Person;
  let showId: string;

  beforeAll(async () => {
    world = await createWorld();
    const { browser, house } = world;
    database = openDatabase(house.databaseUrl);
    host = await invite(browser, house.origin, 'desktop');
    moderator = await invite(browser, house.origin, 'desktop');
    merchant = await invite(browser, house.origin, 'desktop');
    buyer = await invite(browser, house.origin, size);
    guest = await invite(browser, house.origin, size);
  });

  afterAll(async () => {
    await database?.close();
    await world?.close();
  });

  afterEach((context) => keepEvidence(context, { host, buyer, guest, moderator, merchant }));

  it('begins when the host has logged in, made a show and gone live', async () => {
    await logIn(host, 'host@souk.local');
    showId = await goOnAir(host.page, title);
    const show = await database.getRow<{ status: string }>('SELECT status FROM shows WHERE id = $1', [
      showId,
    ]);
    expect(show.status).toBe('live');
  });

  it('shows picture and sound to a viewer with an account and to a guest', async () => {
    await logIn(buyer, 'viewer@souk.local');
    await enterFromLobby(buyer.page, title);
    await guest.page.goto(`/watch/${showId}`);
    await expectPicture(buyer.page);
    await expectPicture(guest.page);
    await buyer.page.getByTestId('unmute').first().click();
    await expectSound(buyer.page);
    await expectText(guest.page.getByTestId('viewer-count').first(), /[23]/);
  });

  it('lets everybody talk', async () => {
    await say(buyer.page, 'Is it waterproof?');
    await say(guest.page, 'Hello from a guest');
    await waitForMessage(host.page, 'Is it waterproof?');
    await say(host.page, 'Yes, down to ten metres.');
    await waitForMessage(buyer.page, 'Yes, down to ten metres.');
    await waitForMessage(guest.page, 'Is it waterproof?');
  });

  it('pins a product, takes it off, and pins another', async () => {
    const pinned = buyer.page.getByTestId('pinned-product');
    await host.page.getByTestId('pin-product').nth(1).click();
    await pinned.first().waitFor();
    await host.page.getByTestId('unpin-product').click();
    await expectCount(pinned, 0);
    await host.page.keyboard.press('1');
    await pinned.first().waitFor();
    await guest.page.getByTestId('pinned-product').first().waitFor();
  });

  it('refuses a price of zero and more units than there are, and says so', async () => {
    const wish = { variant: '', price: '0', units: 2, seconds: 1_800, limit: 1 };
    await startSale(host.page, wish);
    await host.page.locator('[data-testid="error-message"][data-code="INVALID_PRICE"]').waitFor();
    await startSale(host.page, { ...wish, price: '9.90', units: 99_999 });
    await host.page.locator('[data-testid="error-message"][data-code="INSUFFICIENT_STOCK"]').waitFor();
  });

  it('starts a flash sale that everybody sees', async () => {
    await startSale(host.page, { variant: '', price: '9.90', units: 2, seconds: 1_800, limit: 1 });
    for (const { page } of [buyer, guest]) {
      await page.getByTestId('sale-card').first().waitFor();
      await expectText(page.getByTestId('sale-left').first(), /2/);
      await expectText(page.getByTestId('sale-countdown').first(), /\d:\d\d/);
      await expectText(page.getByTestId('sale-card').first(), /9\.90/);
    }
  });

  it('holds a unit for a buyer, takes the payment and dispatches, while all of it is seen live', async () => {
    await takeUnit(buyer.page);
    await expectText(guest.page.getByTestId('sale-left').first(), /1/);
    await payFor(buyer.page, cards.pays);
    for (const status of ['paid', 'dispatched']) {
      await buyer.page.locator(`[data-testid="order-status"][data-status="${status}"]`).first().waitFor();
    }
    const tracking = buyer.page.getByTestId('tracking-number').first();
    await expectText(tracking, /\w{6,}/);
    const order = await database.getRow<{ status: string; tracking_number: string }>(
      `SELECT orders.status, shipments.tracking_number FROM orders
       JOIN shipments ON shipments.order_id = orders.id WHERE orders.show_id = $1`,
      [showId],
    );
    expect(order.status).toBe('dispatched');
    expect(order.tracking_number).toBe((await tracking.textContent())?.trim());
  });

  it('keeps the unit when a card is declined, and gives it back when the buyer cancels', async () => {
    await takeUnit(guest.page);
    await expectText(buyer.page.getByTestId('sale-left').first(), /0|sold out/i);
    await payFor(guest.page, cards.declines);
    await guest.page.getByTestId('declined-retry').waitFor();
    const { id } = await database.getRow<{ id: string }>(
      `SELECT id FROM orders WHERE show_id = $1 AND status = 'pending_payment'`,
      [showId],
    );
    const other = await guest.context.newPage();
    await other.goto(`/orders/${id}`);
    await other.getByTestId('cancel-order').click();
    await other.getByTestId('cancel-confirm').click();
    await other.locator('[data-testid="order-status"][data-status="cancelled"]').waitFor();
    await other.close();
    await expectText(buyer.page.getByTestId('sale-left').first(), /1/);
  });

  it('lets an invited moderator delete a message and mute somebody', async () => {
    await inviteModerator(host.page, 'moderator@souk.local');
    await logIn(moderator, 'moderator@souk.local');
    await moderator.page.goto(`/moderate/${showId}`);
    const spoken = moderator.page.getByTestId('chat-message').filter({ hasText: 'Hello from a guest' });
    await spoken.hover();
    await spoken.getByTestId('chat-delete').click();
    await expectCount(buyer.page.getByTestId('chat-message').filter({ hasText: 'Hello from a guest' }), 0);
    // On a phone what was bought from last still lies over the chat.
    await guest.page.goto(`/watch/${showId}`);
    await say(guest.page, 'Hello once more');
    const again = moderator.page.getByTestId('chat-message').filter({ hasText: 'Hello once more' });
    await again.hover();
    await again.getByTestId('mute-user').click();
    await guest.page.getByTestId('mute-notice').waitFor();
    expect(await sayPastThePage(guest, world.house.origin, showId)).toBe('MUTED');
  });

  it('goes on after the host has loaded the page anew', async () => {
    await host.page.reload();
    await host.page.getByTestId('live-badge').waitFor();
    await expectSending(host.page);
    await expectPicture(buyer.page);
    await expectPicture(guest.page);
  });

  it('lets a press on "end" be taken back, and ends at the next', async () => {
    await host.page.getByTestId('end-show').click();
    await host.page.getByRole('button', { name: 'Keep going' }).click();
    await expectPicture(buyer.page);
    await host.page.getByTestId('end-show').click();
    await host.page.getByTestId('show-summary').waitFor();
    await expectText(host.page.getByTestId('summary-units'), /^1$/);
    await buyer.page.getByTestId('show-ended').waitFor();
    await guest.page.getByTestId('show-ended').waitFor();
  });

  it('lists the order with its tracking number for the buyer', async () => {
    await buyer.page.goto('/orders');
    await buyer.page.locator('[data-testid="order-status"][data-status="dispatched"]').first().waitFor();
    await buyer.page.getByTestId('tracking-number').first().waitFor();
  });

  it('leaves the order at the desk, where the merchant changes stock and pays back', async () => {
    const { page } = merchant;
    await logIn(merchant, 'merchant@souk.local');
    await page.goto('/desk/orders');
    const order = page.getByTestId('desk-order').filter({ hasText: 'Vera' });
    await order.locator('summary').click();
    await order.getByTestId('refund-submit').click();
    await order.locator('[data-testid="order-status"][data-status="refunded"]').waitFor();

    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    const row = page.getByTestId('stock-row').first();
    const available = row.getByTestId('stock-available');
    const before = Number((await available.textContent())?.replaceAll(/\D/g, ''));
    await row.click();
    await changeStock(page.getByTestId('stock-drawer'), 'adjust', 7, 'counted again');
    await expectText(available, new RegExp(`^${before + 7}$`));
    await expectSoon(
      async () =>
        (
          await database.getRow<{ status: string }>(
            'SELECT status FROM orders WHERE show_id = $1 ORDER BY created_at LIMIT 1',
            [showId],
          )
        ).status,
      'refunded',
    );
  });

  it('begins anew from a draft that was made without a word, and named and filled before it went live', async () => {
    const nextId = await goOnAirFromDraft(host.page, `${title}, again`);
    await guest.page.goto(`/watch/${nextId}`);
    await expectPicture(guest.page);
    const next = await database.getRow<{ title: string; products: number }>(
      `SELECT title, (SELECT count(*)::int FROM show_lineup WHERE show_id = shows.id) AS products
       FROM shows WHERE id = $1`,
      [nextId],
    );
    expect(next).toEqual({ title: `${title}, again`, products: 3 });
    await expectText(host.page.getByRole('heading', { level: 1 }), `${title}, again`);
  });

  it('has given no page a reason to complain', () => {
    expectNoComplaints([host, buyer, guest, moderator, merchant]);
  });
}

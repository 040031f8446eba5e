import type { Page } from 'playwright-core';

/** Finds a show in the lobby by its title and opens it. */
export async function enterFromLobby(page: Page, title: string): Promise<void> {
  await page.goto('/');
  await page.getByTestId('show-card').filter({ hasText: title }).click();
  await page.waitForURL('**/watch/shw_*');
}

/** Says something in the chat of a show. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('chat-input').fill(text);
  await page.getByTestId('chat-send').click();
}

/** Waits until a message stands in the chat. */
export async function waitForMessage(page: Page, text: string): Promise<void> {
  await page.getByTestId('chat-message').filter({ hasText: text }).first().waitFor();
}

export const cards = { pays: '4242 4242 4242 4242', declines: '4000 0000 0000 0002' } as const;

/** Takes a unit and waits for the hold to run. */
export async function takeUnit(page: Page): Promise<void> {
  await page.getByTestId('buy-now').first().click();
  await page.getByTestId('hold-countdown').first().waitFor();
}

export async function fillAddress(page: Page): Promise<void> {
  await page.getByTestId('address-name').fill('Ana Silva');
  await page.getByTestId('address-line1').fill('Rua das Flores 12');
  await page.getByTestId('address-postal-code').fill('4050-262');
  await page.getByTestId('address-city').fill('Porto');
  await page.getByTestId('address-country').selectOption('PT');
}

/** Orders what is held; its payment comes next. */
export async function orderHeld(page: Page): Promise<void> {
  await page.getByTestId('checkout').click();
  await fillAddress(page);
  await page.getByTestId('place-order').click();
}

/** Pays an order with a card of the test shop. */
export async function payWith(page: Page, card: string): Promise<void> {
  await page.getByTestId('card-number').fill(card);
  await page.getByTestId('pay-now').click();
}

/** Goes through the checkout of what is held, up to the press on pay. */
export async function payFor(page: Page, card: string): Promise<void> {
  await orderHeld(page);
  await payWith(page, card);
}

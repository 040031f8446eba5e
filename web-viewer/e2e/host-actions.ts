import type { Page } from 'playwright-core';
import { expectSending } from './expectations.ts';

/** Makes a show with the first products of the shop and goes live. Returns the show's id. */
export async function goOnAir(page: Page, title: string, products = 3): Promise<string> {
  await page.goto('/studio');
  await page.getByTestId('show-title').fill(title);
  for (let index = 0; index < products; index += 1) {
    await page.getByTestId('lineup-product').nth(index).click();
  }
  await page.getByTestId('create-show').click();
  await page.waitForURL('**/studio/shw_*');
  await pressGoLive(page);
  return showIdOf(page);
}

/** Makes a show without a word, names it and fills its line-up on its own page, and goes live. Returns the show's id. */
export async function goOnAirFromDraft(page: Page, title: string, products = 3): Promise<string> {
  await page.goto('/studio');
  await page.getByTestId('create-show').click();
  await page.waitForURL('**/studio/shw_*');
  await page.getByTestId('show-title').fill(title);
  for (let index = 0; index < products; index += 1) {
    await page.getByTestId('lineup-product').nth(index).click();
  }
  await pressGoLive(page);
  return showIdOf(page);
}

function showIdOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function pressGoLive(page: Page): Promise<void> {
  await waitForPreview(page);
  await page.getByTestId('go-live').click();
  await page.getByTestId('live-badge').waitFor();
  await expectSending(page);
}

/** Waits until the host sees the own camera. */
async function waitForPreview(page: Page): Promise<void> {
  await page.getByTestId('preview').waitFor();
  await page.waitForFunction(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="preview"]');
    return video !== null && video.videoWidth > 0 && video.currentTime > 0;
  });
}

export interface SaleWish {
  readonly variant: string;
  readonly price: string;
  readonly units: number;
  readonly seconds: number;
  readonly limit: number;
}

/** Fills the sale form and starts the sale. `variant` is a part of the option's text. */
export async function startSale(page: Page, wish: SaleWish): Promise<void> {
  const select = page.getByTestId('sale-variant');
  const option = select.locator('option', { hasText: wish.variant }).first();
  await select.selectOption((await option.getAttribute('value')) ?? '');
  await page.getByTestId('sale-price').fill(wish.price);
  await page.getByTestId('sale-units').fill(String(wish.units));
  await page.getByTestId('sale-seconds').fill(String(wish.seconds));
  await page.getByTestId('sale-limit').fill(String(wish.limit));
  await page.getByTestId('sale-start').click();
}

/** Makes the owner of an account a moderator of the show. */
export async function inviteModerator(page: Page, email: string): Promise<void> {
  await page.getByTestId('invite-moderator').click();
  await page.getByTestId('moderator-email').fill(email);
  await page.getByTestId('moderator-submit').click();
  await page.getByTestId('moderator-email').waitFor({ state: 'detached' });
}

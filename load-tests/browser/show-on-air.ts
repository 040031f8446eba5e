import { startTestHouse, type TestHouse } from '@souk/supervisor/test-house';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Progress } from '../world/progress.ts';
import { launchChromium } from './chromium.ts';
import { type Film, openContext, useClockAsCamera } from './clock-page.ts';

/** The account that puts the show on air, of the demo shop. */
export const HOST_EMAIL = 'host@souk.local';
export const DEMO_PASSWORD = 'souk-demo';
const desktop = { width: 1_280, height: 720 };

/** A whole house as `npm start` runs it, and a host on air who films a clock in a real browser. */
export interface ShowOnAir {
  readonly house: TestHouse;
  readonly browser: Browser;
  readonly showId: string;
  readonly host: Page;
  /** Opens a browser of its own for a viewer; `prepare` runs before its first page. */
  openViewer(prepare?: (context: BrowserContext) => Promise<void>): Promise<Page>;
  stop(): Promise<void>;
}

export interface ShowOnAirOptions {
  readonly film: Film;
  readonly progress: Progress;
  /** Variables for the services. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts the house and puts a show on air through the studio's page. On failure everything is stopped again. */
export async function putOnAir({ film, progress, env = {} }: ShowOnAirOptions): Promise<ShowOnAir> {
  progress.step('starting a house with its page, and a browser');
  const house = await startTestHouse({ demo: 'shop', env: { RATE_LIMIT_FACTOR: '1000', ...env } });
  const cleanUps = [() => house.stop()];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const browser = await launchChromium();
    cleanUps.push(() => browser.close());
    progress.step('going on air');
    const { origin } = house;
    const context = await openContext(browser, { origin, ...desktop });
    await useClockAsCamera(context, film);
    const host = await context.newPage();
    const showId = await goOnAir(host);
    return {
      house,
      browser,
      showId,
      host,
      async openViewer(prepare) {
        const viewer = await openContext(browser, { origin, ...desktop });
        await prepare?.(viewer);
        return viewer.newPage();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Logs the page in as the host of the show. */
export async function logInAsHost(page: Page): Promise<void> {
  await page.goto('/login');
  await page.getByTestId('login-email').fill(HOST_EMAIL);
  await page.getByTestId('login-password').fill(DEMO_PASSWORD);
  await page.getByTestId('login-submit').click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

async function goOnAir(page: Page): Promise<string> {
  await logInAsHost(page);
  await page.goto('/studio');
  await page.getByTestId('show-title').fill('The clock');
  await page.getByTestId('create-show').click();
  await page.waitForURL('**/studio/shw_*');
  await page.getByTestId('preview').waitFor();
  await page.getByTestId('go-live').click();
  await page.getByTestId('live-badge').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

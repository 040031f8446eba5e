import { startTestHouse, type TestHouse } from '@souk/supervisor/test-house';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';

export interface World {
  readonly house: TestHouse;
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * A whole house with the demo shop and its accounts, but without the demo show, and a browser to visit it.
 * Paid orders rest long enough that a page on a busy machine shows them as paid. `env`: variables for its services.
 */
export async function createWorld(env: NodeJS.ProcessEnv = {}): Promise<World> {
  const house = await startTestHouse({ demo: 'shop', env: { DISPATCH_DELAY_SECONDS: '8', ...env } });
  try {
    const browser = await launchChromium();
    const close = async (): Promise<void> => {
      await browser.close();
      await house.stop();
    };
    return { house, browser, close };
  } catch (error) {
    await house.stop();
    throw error;
  }
}

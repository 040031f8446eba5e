import type { Browser, BrowserContext, Page } from 'playwright-core';
import { noteConnections } from './media-probe.ts';
import { PATIENCE_MS } from './patience.ts';

export const PASSWORD = 'souk-demo';

/** Sizes of the two kinds of pages that everything must work on. */
export const viewports = {
  desktop: { viewport: { width: 1280, height: 720 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
} as const;

export type ViewportName = keyof typeof viewports;

/** One person with a browser of their own: cookies and storage are not shared. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Everything that the page complained about: errors, and what the security policy refused. */
  readonly complaints: readonly string[];
}

/** Opens a browser for one person. */
export async function invite(browser: Browser, origin: string, size: ViewportName): Promise<Person> {
  const context = await browser.newContext({
    ...viewports[size],
    baseURL: origin,
    locale: 'en',
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await noteConnections(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Chromium itself reports every answer of 400 and above; the tests provoke some. */
function isExpected(text: string): boolean {
  return text.startsWith('Failed to load resource') || text.includes('WebSocket connection to');
}

/** Logs a demo account in through the page. */
export async function logIn({ page }: Person, email: string): Promise<void> {
  await page.goto('/login');
  await page.getByTestId('login-email').fill(email);
  await page.getByTestId('login-password').fill(PASSWORD);
  await page.getByTestId('login-submit').click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

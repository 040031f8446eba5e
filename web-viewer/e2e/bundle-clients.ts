import path from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';

/** The clients of other houses as one script for a page. */
async function bundleClients(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: {
        entry: path.join(import.meta.dirname, 'standard-clients.ts'),
        formats: ['iife'],
        name: 'standardClients',
      },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  if (bundle === undefined || !('output' in bundle)) throw new Error('nothing was bundled');
  return bundle.output[0].code;
}

/** Opens a page of the house's own origin that has nothing of it: a video, and the clients of other houses. */
export async function openClientPage(page: Page, origin: string): Promise<void> {
  const url = new URL('/clients-of-other-houses', origin).href;
  const script = await bundleClients();
  const body = `<!doctype html><video autoplay playsinline></video><script>${script.replaceAll('</script', '<\\/script')}</script>`;
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(url);
}

import { showIdSchema } from '@souk/protocol/ids';
import { currencySchema, priceMinorSchema } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { signServiceToken } from '@souk/runtime/tokens';
import { z } from 'zod';

const demoShowSchema = z.object({
  showId: showIdSchema,
  products: z
    .array(
      z.object({
        title: z.string(),
        priceMinor: priceMinorSchema,
        currency: currencySchema,
        pictureUrl: z.string(),
      }),
    )
    .min(1)
    .max(50),
});
/** The show that the demo feed puts on air, with its products in the order of the line-up. */
export type DemoShow = z.infer<typeof demoShowSchema>;
export type DemoProduct = DemoShow['products'][number];

export interface DemoShowSource {
  /** Throws AppError UNAVAILABLE while commerce has none. */
  getShow(signal: AbortSignal): Promise<DemoShow>;
  /** The product's picture, an SVG or any other that browsers show. Throws AppError UNAVAILABLE. */
  getPicture(product: DemoProduct, signal: AbortSignal): Promise<Buffer>;
}

const TIMEOUT_MS = 5_000;

/** Asks commerce for the demo show, as one service asks another. */
export function createDemoShowSource(options: {
  readonly commerceUrl: string;
  readonly serviceSecret: string;
  readonly clock: Clock;
}): DemoShowSource {
  const { commerceUrl, serviceSecret: secret, clock } = options;
  const get = async (
    path: string,
    signal: AbortSignal,
    headers: Record<string, string>,
  ): Promise<Response> => {
    try {
      const response = await fetch(new URL(path, commerceUrl), {
        headers,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
      return response;
    } catch (cause) {
      throw new AppError('UNAVAILABLE', { cause, detail: 'commerce has no demo show yet' });
    }
  };
  return {
    async getShow(signal) {
      const token = await signServiceToken({ secret, service: 'media-server', clock });
      const response = await get('/internal/demo-show', signal, { authorization: `Bearer ${token}` });
      return z.object({ data: demoShowSchema }).parse(await response.json()).data;
    },
    async getPicture({ pictureUrl }, signal) {
      return Buffer.from(await (await get(pictureUrl, signal, {})).arrayBuffer());
    },
  };
}

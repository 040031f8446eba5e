import { openUdp } from '@souk/broadcast/testing/rtp-sender';
import { currencySchema } from '@souk/protocol/money';
import { type DemoAssets, prepareDemoAssets } from '../ingest/demo/demo-assets.ts';
import type { DemoProduct } from '../ingest/demo/demo-show.ts';
import type { IngestLink } from '../sfu/sfu-backend.ts';

export const sampleProducts: DemoProduct[] = ['Rain jacket', 'Arc lamp', 'Mug & saucer <2>'].map(
  (title, index) => ({
    title,
    priceMinor: 3_900 + index * 500,
    currency: currencySchema.parse('EUR'),
    pictureUrl: `/api/pictures/${index}.svg`,
  }),
);

/** A picture of one colour for each product. */
export function samplePicture(index: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="hsl(${index * 120},60%,50%)"/></svg>`,
  );
}

export function sampleAssets(cacheDir: string): Promise<DemoAssets> {
  const pictured = sampleProducts.map((product, index) => ({ product, picture: samplePicture(index) }));
  return prepareDemoAssets(cacheDir, pictured);
}

/** An ingest that takes packets and does nothing with them. */
export async function sampleIngest(): Promise<IngestLink> {
  const kinds = ['audio', 'video'] as const;
  const ports = await Promise.all(
    kinds.map(async (kind) => {
      const [rtp, rtcp] = await Promise.all([openUdp(), openUdp()]);
      return { kind, ip: '127.0.0.1', port: rtp.port, rtcpPort: rtcp.port };
    }),
  );
  return { ports, endReason: null, onEnd: () => undefined, end: () => undefined, figures: async () => [] };
}

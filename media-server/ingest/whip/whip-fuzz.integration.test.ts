import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createSdpMutator } from '../../testing/sdp-mutator.ts';
import { browserOffer, obsOffer, obsSimulcastOffer } from '../../testing/sdp-samples.ts';
import { openStreamKeyDesk } from '../../testing/stream-key-desk.ts';
import { createTestMediaServer, type TestMediaServer } from '../../testing/test-media-server.ts';

const SERVICE_SECRET = 'secret of the services of this test';
const ROUNDS = 60;
/** A busy machine is slow at it. */
const PATIENCE_MS = 120_000;
const offers = [
  obsOffer,
  obsSimulcastOffer,
  browserOffer('sendonly'),
  browserOffer('sendonly', ['q', 'h', 'f']),
];
/** What a faulty offer may be answered with; whatever else is a fault of ours. */
const answers = [201, 400, 406];

let desk: Awaited<ReturnType<typeof openStreamKeyDesk>>;
let server: TestMediaServer;
beforeAll(async () => {
  const { url } = await createTestRedis(inject('redisUrl'));
  desk = await openStreamKeyDesk(SERVICE_SECRET);
  server = await createTestMediaServer(url, {
    COMMERCE_INTERNAL_URL: desk.url,
    SOUK_SERVICE_SECRET: SERVICE_SECRET,
  });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  desk.close();
});

const publish = (secret: string, offer: string) =>
  server.ask('POST', '/whip', secret, offer, 'application/sdp');
const remove = (location: string | null, secret: string) => server.ask('DELETE', location ?? '', secret);
async function figures(): Promise<string[]> {
  const { answer } = await server.ask('GET', '/metrics');
  return String(answer)
    .split('\n')
    .filter((line) => /^souk_media_(?:transports|producers|consumers|sessions)\{/.test(line));
}

describe('faulty offers', () => {
  it(
    'are answered clearly, leave nothing behind, and do not keep another show from publishing',
    async () => {
      const { secret } = desk.issue(await server.createLiveShow());
      const before = await figures();
      const mutate = createSdpMutator(5);
      const seen = new Set<number>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const { status, headers } = await publish(secret, mutate(offers[round % offers.length] ?? ''));
        expect(answers).toContain(status);
        seen.add(status);
        if (status === 201) expect((await remove(headers.get('location'), secret)).status).toBe(200);
      }
      expect(seen).toContain(201);
      expect(seen).toContain(400);
      await expect.poll(figures).toEqual(before);
      const other = desk.issue(await server.createLiveShow());
      expect((await publish(other.secret, obsOffer)).status).toBe(201);
    },
    PATIENCE_MS,
  );
});

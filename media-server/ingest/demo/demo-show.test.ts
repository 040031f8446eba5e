import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { findBearerToken, verifyServiceToken } from '@souk/runtime/tokens';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleProducts } from '../../testing/demo-samples.ts';
import { createDemoShowSource } from './demo-show.ts';

const secret = 'a secret of enough length';
const { signal } = new AbortController();
const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

async function sourceOf(commerce: RequestListener) {
  const server = createServer(commerce).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closes.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  const commerceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createDemoShowSource({ commerceUrl, serviceSecret: secret, clock: systemClock });
}

describe('the source of the demo show', () => {
  it('asks commerce as a service and takes its answer', async () => {
    const showId = createId('show');
    let caller: string | undefined;
    const source = await sourceOf(async (request, response) => {
      const token = findBearerToken(request.headers.authorization) ?? '';
      caller = await verifyServiceToken({ secret, token, clock: systemClock });
      response.end(JSON.stringify({ ok: true, data: { showId, products: sampleProducts } }));
    });
    expect(await source.getShow(signal)).toEqual({ showId, products: sampleProducts });
    expect(caller).toBe('media-server');
  });

  it('fetches pictures by their path', async () => {
    const source = await sourceOf((request, response) => response.end(request.url));
    const [product] = sampleProducts;
    if (product === undefined) throw new Error('there is a sample');
    expect((await source.getPicture(product, signal)).toString()).toBe(product.pictureUrl);
  });

  it('waits while commerce has no such show', async () => {
    const source = await sourceOf((_request, response) => response.writeHead(404).end());
    await expect(source.getShow(signal)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('refuses an answer of another form', async () => {
    const source = await sourceOf((_request, response) => response.end('{"ok":true,"data":{"products":[]}}'));
    await expect(source.getShow(signal)).rejects.toThrow();
  });
});

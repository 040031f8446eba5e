import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findPortFrom, isPortFree } from './free-port.ts';

test('a busy port is passed over for the next free one', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  expect(await isPortFree(port, '127.0.0.1')).toBe(false);
  expect(await findPortFrom(port, '127.0.0.1')).toBeGreaterThan(port);
  server.close();
});

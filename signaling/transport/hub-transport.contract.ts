import net from 'node:net';
import { createLogger } from '@souk/runtime/logger';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createOriginCheck } from './accepts-origin.ts';
import type { HubTransport, TransportOptions } from './hub-transport.ts';

const logger = createLogger({ name: 'transport-test', level: 'silent' });
const MAX_BACKPRESSURE_BYTES = 256 * 1_024;

/** What every transport of the hub must do. */
export function describeHubTransport(
  name: string,
  create: (options: TransportOptions) => HubTransport,
): void {
  describe(name, () => {
    const onSlowClient = vi.fn();
    const options: TransportOptions = {
      logger,
      acceptsOrigin: createOriginCheck('https://souk.test'),
      routes: {
        '/healthz': async () => ({ status: 200, contentType: 'application/json', body: '{"ok":true}' }),
        '/broken': async () => {
          throw new Error('out of order');
        },
      },
      maxPayloadBytes: 1_024,
      maxBackpressureBytes: MAX_BACKPRESSURE_BYTES,
      onSlowClient,
    };
    const clients: Socket[] = [];
    let transport: HubTransport;
    let url: string;

    beforeEach(async () => {
      onSlowClient.mockClear();
      transport = create(options);
      url = `http://127.0.0.1:${await transport.listen('127.0.0.1', 0)}`;
    });
    afterEach(async () => {
      for (const client of clients.splice(0)) client.disconnect();
      await transport.close();
    });

    function open(settings: { transports?: string[]; headers?: Record<string, string> } = {}): Socket {
      const { transports = ['websocket'], headers = {} } = settings;
      const client = connect(url, { transports, forceNew: true, reconnection: false, extraHeaders: headers });
      clients.push(client);
      return client;
    }
    const until = (client: Socket, event: string): Promise<unknown> =>
      new Promise((resolve) => client.once(event, resolve));

    it('answers events and sends to a channel only those who are in it', async () => {
      transport.io.on('connection', (socket) => {
        socket.onAny((channel: string, ack: (answer: string) => void) => {
          socket.join(channel);
          ack('joined');
        });
      });
      const [inside, outside] = [open(), open()];
      expect(await inside.emitWithAck('lamps')).toBe('joined');
      expect(await outside.emitWithAck('chairs')).toBe('joined');
      const heard: string[] = [];
      inside.on('cut', () => heard.push('inside'));
      outside.on('cut', () => heard.push('outside'));
      transport.io.to('lamps').emit('cut', { reason: 'server-stopping' });
      transport.io.to('chairs').emit('cut', { reason: 'server-stopping' });
      transport.io.to('lamps').emit('cut', { reason: 'server-stopping' });
      await eventually(() => expect([...heard].sort()).toEqual(['inside', 'inside', 'outside']));
    });

    it('lets a client step aside for one broadcast and keeps the order of what it is sent', async () => {
      const joined = new Promise<void>((resolve) => {
        transport.io.on('connection', (socket) => {
          socket.join('lamps');
          resolve();
        });
      });
      const client = open();
      const reasons: string[] = [];
      client.on('cut', ({ reason }: { reason: string }) => reasons.push(reason));
      await joined;
      const [socket] = transport.io.sockets.sockets.values();
      transport.io.to('lamps').emit('cut', { reason: 'token-expired' });
      socket?.leave('lamps');
      transport.io.to('lamps').emit('cut', { reason: 'token-expired' });
      socket?.emit('cut', { reason: 'too-many-messages' });
      socket?.join('lamps');
      transport.io.to('lamps').emit('cut', { reason: 'server-stopping' });
      await eventually(() =>
        expect(reasons).toEqual(['token-expired', 'too-many-messages', 'server-stopping']),
      );
    });

    it('accepts the public origin, the host that was asked, and programs without an origin', async () => {
      for (const headers of [{ origin: 'https://souk.test' }, { origin: url }, {}]) {
        await until(open({ headers }), 'connect');
      }
    });

    it('refuses a foreign origin, and everything but WebSocket', async () => {
      const foreign = until(open({ headers: { origin: 'https://evil.test' } }), 'connect_error');
      const polling = until(open({ transports: ['polling'] }), 'connect_error');
      expect(await foreign).toBeInstanceOf(Error);
      expect(await polling).toBeInstanceOf(Error);
    });

    it('closes the connection of a client that sends too much at once', async () => {
      const client = open();
      await until(client, 'connect');
      const gone = until(client, 'disconnect');
      client.emit('chat:send', 'x'.repeat(2_000));
      expect(await gone).toMatch(/transport/);
    });

    it('closes the connection of a client that sends what is no packet', async () => {
      const client = open();
      await until(client, 'connect');
      const gone = until(client, 'disconnect');
      client.io.engine.write('2["broken');
      await gone;
    });

    it('cuts a client that does not read, says so, and goes on serving the others', async () => {
      transport.io.on('connection', (socket) => void socket.join('lamps'));
      const stalled = await stall(url);
      const reader = open();
      await until(reader, 'connect');
      await eventually(() => expect(transport.io.sockets.sockets.size).toBe(2));
      const filler = 'x'.repeat(64 * 1_024);
      let received = 0;
      reader.on('frame', () => {
        received += 1;
      });
      const gone = new Promise<void>((resolve) => {
        stalled.on('close', () => resolve());
      });
      let sent = 0;
      while (onSlowClient.mock.calls.length === 0 && sent < 1_000) {
        transport.io.to('lamps').emit('frame', { filler } as never);
        sent += 1;
        await eventually(() => expect(received).toBe(sent));
      }
      expect(onSlowClient).toHaveBeenCalledTimes(1);
      stalled.resume();
      await gone;
      await eventually(() => expect(transport.io.sockets.sockets.size).toBe(1));
    });

    it('answers its routes, with 503 when one fails and 404 for others', async () => {
      const health = await fetch(`${url}/healthz`);
      expect([health.status, await health.text()]).toEqual([200, '{"ok":true}']);
      expect((await fetch(`${url}/broken`)).status).toBe(503);
      expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
    });

    it('does not share its port with another', async () => {
      const other = create(options);
      await expect(other.listen('127.0.0.1', Number(new URL(url).port))).rejects.toThrow();
      await other.close();
    });

    it('ends its connections and frees its port when it is closed, so that clients come back by themselves', async () => {
      const client = open();
      await until(client, 'connect');
      const gone = until(client, 'disconnect');
      await transport.close();
      expect(await gone).toMatch(/^transport/);
      await expect(fetch(`${url}/healthz`)).rejects.toThrow();
      await transport.close();
    });
  });
}

/** A WebSocket client of the bare network that greets and then reads no more. */
function stall(url: string): Promise<net.Socket> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: c291ay1zb3VrLXNvdWstcw==',
      'Sec-WebSocket-Version: 13',
      '\r\n',
    ].join('\r\n'),
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    let greeting = '';
    socket.on('data', (chunk) => {
      greeting += chunk.toString('latin1');
      if (!greeting.includes('"sid"')) return;
      socket.removeAllListeners('data');
      socket.pause();
      socket.write(textFrame('40'));
      resolve(socket);
    });
  });
}

/** A short masked text frame (RFC 6455, 5.2), with a mask of zeros. */
function textFrame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

import net from 'node:net';
import { AppError } from '@souk/runtime/app-error';
import { createLogger } from '@souk/runtime/logger';
import { eventually } from '@souk/runtime/testing/eventually';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOriginCheck } from './accepts-origin.ts';
import type { Acknowledge, HubTransport, Link, LinkListener, TransportOptions } from './hub-transport.ts';
import { JsonText } from './json-text.ts';

const logger = createLogger({ name: 'transport-test', level: 'silent' });
const MAX_BACKLOG_BYTES = 256 * 1_024;
const filler = 'x'.repeat(200 * 1_024);

interface OpenSettings {
  readonly transports?: string[];
  readonly headers?: Record<string, string>;
  readonly auth?: object;
}

/** A link as the tests' owner of links knows it. */
class TestLink implements LinkListener {
  readonly link: Link;
  readonly auth: unknown;
  readonly unanswered: string[] = [];
  behind = 0;
  caughtUp = 0;
  isClosed = false;

  constructor(link: Link, auth: unknown) {
    this.link = link;
    this.auth = auth;
  }

  onEvent(name: string, args: readonly unknown[], acknowledge: Acknowledge | undefined): void {
    if (acknowledge === undefined) this.unanswered.push(name);
    if (name === 'encoded') acknowledge?.({ ok: true, data: { state: new JsonText('{"lastId":"1-0"}') } });
    else acknowledge?.([name, ...args]);
  }

  onBehind(): void {
    this.behind += 1;
  }

  onCaughtUp(): void {
    this.caughtUp += 1;
  }

  onClosed(): void {
    this.isClosed = true;
  }
}

function createOptions(links: TestLink[]): TransportOptions {
  return {
    logger,
    acceptsOrigin: createOriginCheck('https://souk.test'),
    routes: {
      '/healthz': async () => ({ status: 200, contentType: 'application/json', body: '{"ok":true}' }),
      '/broken': async () => {
        throw new Error('out of order');
      },
    },
    maxPayloadBytes: 1_024,
    maxBacklogBytes: MAX_BACKLOG_BYTES,
    maxHeldBytes: MAX_BACKLOG_BYTES,
    // The native server counts no less than eight seconds of silence.
    heartbeat: { intervalMs: 4_000, timeoutMs: 4_000 },
    async admit(link, auth) {
      if ((auth as { token?: string }).token === 'bad')
        throw new AppError('OVERLOADED', { retryAfterMs: 321 });
      const admitted = new TestLink(link, auth);
      links.push(admitted);
      return admitted;
    },
  };
}

/** What every transport of the hub must do. */
export function describeHubTransport(
  name: string,
  create: (options: TransportOptions) => HubTransport,
): void {
  describe(name, () => {
    let links: TestLink[] = [];
    let options: TransportOptions;
    const clients: Socket[] = [];
    let transport: HubTransport;
    let url: string;

    beforeEach(async () => {
      links = [];
      options = createOptions(links);
      transport = create(options);
      url = `http://127.0.0.1:${await transport.listen('127.0.0.1', 0)}`;
    });
    afterEach(async () => {
      for (const client of clients.splice(0)) client.disconnect();
      await transport.close();
    });

    function open(settings: OpenSettings = {}): Socket {
      const { transports = ['websocket'], headers = {}, auth = {} } = settings;
      const client = connect(url, {
        transports,
        forceNew: true,
        reconnection: false,
        extraHeaders: headers,
        auth,
      });
      clients.push(client);
      return client;
    }
    const until = (client: Socket, event: string): Promise<unknown> =>
      new Promise((resolve) => client.once(event, resolve));
    /** Connects, and gives the client with the link that the server has of it. */
    async function connectOne(settings?: OpenSettings): Promise<{ client: Socket; link: TestLink }> {
      const client = open(settings);
      await until(client, 'connect');
      const link = links.at(-1);
      if (link === undefined) throw new Error('a link was expected');
      return { client, link };
    }

    it('answers events, hands on what is said at the door, and tells of the end', async () => {
      const { client, link } = await connectOne({ auth: { token: 'good' } });
      expect(link.auth).toEqual({ token: 'good' });
      expect(link.link.isOpen).toBe(true);
      expect(await client.emitWithAck('echo', { a: [1, 'ä'] })).toEqual(['echo', { a: [1, 'ä'] }]);
      client.emit('echo', 'nobody waits');
      await eventually(() => expect(link.unanswered).toEqual(['echo']));
      client.disconnect();
      await eventually(() => expect([link.isClosed, link.link.isOpen]).toEqual([true, false]));
    });

    it('refuses with the whole error', async () => {
      const refused = until(open({ auth: { token: 'bad' } }), 'connect_error');
      expect(await refused).toMatchObject({
        message: 'OVERLOADED',
        data: { code: 'OVERLOADED', retryable: true, retryAfterMs: 321 },
      });
    });

    it('sends to a channel only those who are in it', async () => {
      const inside = await connectOne();
      const outside = await connectOne();
      inside.link.link.enter('lamps');
      outside.link.link.enter('chairs');
      const heard: string[] = [];
      inside.client.on('frame', (text: string) => heard.push(`inside ${text}`));
      outside.client.on('frame', (text: string) => heard.push(`outside ${text}`));
      transport.publish('lamps', 'frame', '1');
      transport.publish('chairs', 'frame', '2');
      transport.publish('lamps', 'frame', '3');
      await eventually(() => expect([...heard].sort()).toEqual(['inside 1', 'inside 3', 'outside 2']));
    });

    it('takes what is encoded already as it is', async () => {
      const { client, link } = await connectOne();
      const heard = until(client, 'resync');
      link.link.send('resync', { state: new JsonText('{"chat":["ä"]}'), isStaff: false });
      expect(await heard).toEqual({ state: { chat: ['ä'] }, isStaff: false });
      expect(await client.emitWithAck('encoded')).toEqual({ ok: true, data: { state: { lastId: '1-0' } } });
    });

    it('lets a client step aside for one broadcast and keeps the order of what it is sent', async () => {
      const { client, link } = await connectOne();
      const heard: string[] = [];
      client.on('frame', (text: string) => heard.push(text));
      link.link.enter('lamps');
      transport.publish('lamps', 'frame', 'first');
      link.link.exit('lamps');
      transport.publish('lamps', 'frame', 'not for it');
      link.link.send('frame', 'second');
      link.link.enter('lamps');
      transport.publish('lamps', 'frame', 'third');
      await eventually(() => expect(heard).toEqual(['first', 'second', 'third']));
    });

    it('knows the address of a client behind a proxy of the house', async () => {
      const { link } = await connectOne({ headers: { 'x-forwarded-for': '203.0.113.7' } });
      expect(link.link.address).toBe('203.0.113.7');
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

    it('notices a client that does not read, holds back what is sent to it, and goes on when it reads', async () => {
      const { stalled, link, reader } = await stallOne();
      const received = await overflow(link, reader);
      link.link.send('frame', 'held');
      link.link.exit('lamps');
      transport.publish('lamps', 'frame', 'not for the slow one');
      const texts = collectTexts(stalled);
      stalled.resume();
      await eventually(() => expect(link.caughtUp).toBe(1));
      link.link.enter('lamps');
      link.link.send('resync', 'the truth');
      transport.publish('lamps', 'frame', 'after');
      await eventually(() => expect(texts().at(-1)).toContain('"after"'));
      const small = texts().filter((text) => text.length < 1_000 && text.startsWith('42'));
      expect(small).toEqual(['42["frame","held"]', '42["resync","the truth"]', '42["frame","after"]']);
      expect(texts().filter((text) => text.length > 1_000).length).toBeLessThanOrEqual(received());
    });

    it('ends a link for which too much is held back, or that it is told to end', async () => {
      const { link, reader, stalled } = await stallOne();
      await overflow(link, reader);
      for (let sent = 0; sent < 10; sent += 1) link.link.send('frame', { filler });
      await eventually(() => expect(link.isClosed).toBe(true));
      const other = await connectOne();
      const gone = until(other.client, 'disconnect');
      other.link.link.terminate();
      expect(await gone).toMatch(/^transport/);
      stalled.destroy();
    });

    it('closes a client that answers no ping', async () => {
      const { stalled, link } = await stallOne();
      await eventually(() => expect(link.isClosed).toBe(true));
      stalled.destroy();
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

    async function stallOne() {
      const stalled = await stall(url);
      await eventually(() => expect(links).toHaveLength(1));
      const [link] = links;
      const { client: reader, link: other } = await connectOne();
      if (link === undefined) throw new Error('a link was expected');
      for (const each of [link, other]) each.link.enter('lamps');
      return { stalled, link, reader };
    }

    /** Publishes until the link is behind; whoever reads gets everything meanwhile. */
    async function overflow(link: TestLink, reader: Socket): Promise<() => number> {
      let received = 0;
      reader.on('frame', ({ filler: isFiller }: { filler?: string }) => {
        if (isFiller !== undefined) received += 1;
      });
      let sent = 0;
      while (link.behind === 0 && sent < 1_000) {
        transport.publish('lamps', 'frame', { filler });
        sent += 1;
        await eventually(() => expect(received).toBe(sent));
      }
      expect(link.behind).toBe(1);
      return () => received;
    }
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

/** The texts of the frames that the server sends, which are never masked (RFC 6455, 5.2). */
function collectTexts(socket: net.Socket): () => string[] {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  return () => {
    const bytes = Buffer.concat(chunks);
    const texts: string[] = [];
    let at = 0;
    while (at + 2 <= bytes.length) {
      const short = bytes.readUInt8(at + 1);
      const header = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (at + header > bytes.length) break;
      const length =
        short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : short;
      texts.push(bytes.subarray(at + header, at + header + length).toString());
      at += header + length;
    }
    return texts;
  };
}

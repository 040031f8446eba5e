import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { connected, createHubClient } from './testing/hub-client.ts';
import { createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';
import { createTestTokens } from './testing/start-hub.ts';

let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'));
});
afterAll(() => world.stop());

const metrics = async (): Promise<string> => (await fetch(`${world.urlOf(0)}/metrics`)).text();

describe('the door', () => {
  it('refuses a connection without a token, or with one that another key has signed', async () => {
    const { userId, name, grants } = createViewer();
    const foreign = await createTestTokens();
    const forged = await foreign.signer.signAccess({ sub: userId, name, grants: [...grants] });
    for (const token of [undefined, 'not a token', forged.token]) {
      const client = createHubClient(world.urlOf(0), token);
      await expect(connected(client)).rejects.toMatchObject({
        message: 'UNAUTHENTICATED',
        data: { code: 'UNAUTHENTICATED', retryable: false },
      });
      client.close();
    }
  });

  it('refuses a foreign origin, and accepts the one that the edge says was asked', async () => {
    const token = await world.tokenOf(createViewer());
    const foreign = createHubClient(world.urlOf(0), token, { origin: 'https://evil.test' });
    await expect(connected(foreign)).rejects.toThrow();
    const own = createHubClient(world.urlOf(0), token, {
      origin: 'http://192.0.2.7:8080',
      'x-forwarded-host': '192.0.2.7:8080',
    });
    await connected(own);
    for (const client of [foreign, own]) client.close();
  });
});

describe('a command', () => {
  it('is answered with UNKNOWN_COMMAND when there is no such one, whatever its name', async () => {
    const client = await world.connect(createViewer());
    for (const name of ['chat:shout', '__proto__', 'constructor', '']) {
      expect(await client.refusal(name, {})).toBe('UNKNOWN_COMMAND');
    }
  });

  it('is answered with INVALID_INPUT and the faulty fields when its payload does not fit', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    await client.must('show:join', { showId });
    const before = await world.redis.xlen(`souk:{${showId}}:timeline`);
    for (const payload of [null, 7, 'text', [], {}, { showId }, { ...chat(showId, 'x'), extra: 1 }]) {
      expect(['INVALID_INPUT', 'RATE_LIMITED']).toContain(await client.refusal('chat:send', payload));
    }
    const answer = await client.ask('show:join', { showId: 'shw_1' } as never);
    expect(answer).toMatchObject({ ok: false, error: { issues: [{ path: 'showId' }] } });
    expect(await world.redis.xlen(`souk:{${showId}}:timeline`)).toBe(before);
  });

  it('that takes nothing refuses binary and surplus arguments', async () => {
    const client = await world.connect(createViewer());
    expect(await client.refusal('clock:sync', Buffer.from('x'))).toBe('INVALID_INPUT');
    const answer: unknown = await client.socket.emitWithAck('clock:sync', {}, {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('to join ever more shows is refused at some point, and not for a show that was joined', async () => {
    const shows = await Promise.all(Array.from({ length: 17 }, () => world.goLive()));
    const client = await world.connect(createViewer());
    const refusals: (string | undefined)[] = [];
    for (const { showId } of shows) refusals.push(await client.refusal('show:join', { showId }));
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual(['INVALID_TRANSITION']);
    expect(await client.refusal('show:join', { showId: shows[0]?.showId })).toBeUndefined();
  });

  it('without an acknowledgement is left aside and counted', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    await client.must('show:join', { showId });
    client.socket.emit('chat:send', chat(showId, 'nobody waits for this'));
    await client.must('clock:sync', {});
    expect(await world.redis.xlen(`souk:{${showId}}:timeline`)).toBe(2);
    expect(await metrics()).toMatch(/souk_hub_events_without_acknowledgement_total\{[^}]*\} 1/);
  });

  it('that is too large closes the connection, and the hub goes on', async () => {
    const client = await world.connect(createViewer());
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    client.socket.emit('chat:send', { text: 'x'.repeat(40_000) });
    expect(await gone).toMatch(/^transport/);
    await world.connect(createViewer());
  });

  it('too many at once cut the connection, with a reason', async () => {
    const client = await world.connect(createViewer());
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    for (let sent = 0; sent < 400; sent += 1) client.socket.emit('noise');
    await gone;
    expect(client.cuts).toEqual([{ reason: 'too-many-messages' }]);
    expect(await metrics()).toMatch(/souk_hub_cuts_total\{[^}]*too-many-messages[^}]*\} 1/);
  });
});

describe('a hub node', () => {
  it('answers its health and its metrics', async () => {
    const health = await fetch(`${world.urlOf(0)}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { ok: true }]);
    expect(await metrics()).toContain('souk_hub_connections');
  });

  it('forgets clients that are gone, also those that leave while their show is being opened', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    client.socket.emit('show:join', { showId }, () => undefined);
    client.close();
    const watcher = await world.connect(createViewer());
    await watcher.must('show:join', { showId });
    const viewers = () => world.redis.hget(`souk:{${showId}}:levels`, 'viewers');
    await eventually(async () => expect(await viewers()).toBe('1'));
  });
});

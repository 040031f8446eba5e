import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, createEntry, type EntryOf, type NewEntry } from '@souk/protocol/timeline/entries';
import { timelineKeys } from '@souk/timeline/keys';
import { createTimelineRetention } from '@souk/timeline/retention';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EventStreamClient, openEventStream } from '../../testing/event-stream-client.ts';
import { createTestClient, type TestClient } from '../../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../../testing/test-shop.ts';
import { createArchiveShow } from '../archive-show.ts';

type Who = 'host' | 'viewer' | 'guest';
const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;
let base: string;
const tokens = {} as Record<Who, string>;
const open: EventStreamClient[] = [];

beforeAll(async () => {
  commerce = await startTestCommerce({
    clock,
    env: { TIMELINE_STREAMS: '30', TIMELINE_STREAMS_PER_ADDRESS: '20' },
  });
  shop = await createTestShop(commerce.foundation);
  const [viewer, guest] = [createTestClient(commerce.http), createTestClient(commerce.http)];
  host = createTestClient(commerce.http);
  tokens.host = (await host.login('host@souk.test', TEST_PASSWORD)).accessToken;
  tokens.viewer = (await viewer.login('viewer@souk.test', TEST_PASSWORD)).accessToken;
  tokens.guest = (await guest.renew()).accessToken;
  base = `http://127.0.0.1:${(commerce.http.server.address() as AddressInfo).port}`;
});
afterAll(() => commerce.stop());

const append = (showId: ShowId, entry: NewEntry) => commerce.foundation.timeline.append(showId, entry);
const goLive = async (): Promise<ShowId> => {
  const body = { merchantId: shop.merchantId, title: 'On air', productIds: [] };
  const { id: showId } = (await host.get('show:create', { body })).show;
  await host.get('show:go-live', { params: { showId } });
  await commerce.foundation.relay.drain();
  return showId;
};
const chat = (text: string): EntryOf<'chat:sent'> =>
  ({
    ...createEntry('chat:sent', 1, {
      messageId: createId('message'),
      userId: shop.people.viewer,
      name: 'Vi',
      role: 'viewer',
      text,
    }),
  }) as EntryOf<'chat:sent'>;
const say = (showId: ShowId, text: string) => append(showId, chat(text));
interface From {
  readonly query?: string;
  readonly lastEventId?: string;
}
const pathOf = (showId: ShowId, query = '') => `/api/shows/${showId}/timeline${query}`;
const stream = async (showId: ShowId, who: Who = 'guest', { query, lastEventId }: From = {}) => {
  const client = await openEventStream(base + pathOf(showId, query), {
    authorization: `Bearer ${tokens[who]}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  });
  open.push(client);
  return client;
};
const closeAll = async (): Promise<void> => {
  for (const client of open.splice(0)) {
    client.close();
    await client.ended();
  }
};
const typesOf = (client: EventStreamClient) =>
  client.events.map(({ name, data }) => (name === 'message' ? data['type'] : name));
const begun = ['show:created', 'lineup:changed', 'show:went-live'];
const loseTimeline = (showId: ShowId) =>
  commerce.foundation.redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
const trim = async (showId: ShowId): Promise<void> => {
  const { timeline, redis } = commerce.foundation;
  const loaded = await timeline.loadState(showId);
  if (loaded === undefined) throw new Error('no timeline');
  const retention = createTimelineRetention({ redis });
  await retention.saveSnapshot(showId, loaded);
  const archived = { epoch: loaded.epoch, entryId: loaded.state.lastId };
  await retention.trim(showId, archived, { keepMs: -1, keepEntries: 1, maxEntries: 100 });
};

describe('a stream of a show', () => {
  it('tells what a read of the timeline tells, and goes on with what happens', async () => {
    const showId = await goLive();
    const client = await stream(showId);
    await client.until(3);
    const read = await host.get('timeline:read', { params: { showId }, query: {} });
    expect(client.events.map(({ data }) => data)).toEqual(read.entries);
    await say(showId, 'live');
    const [, , , last] = await client.until(4);
    expect(last).toMatchObject({ name: 'message', data: { type: 'chat:sent', data: { text: 'live' } } });
    expect(last?.id).toBe(`${read.epoch}/${last?.data['id']}`);
    await closeAll();
  });

  it('goes on exactly after the event that a client names, by header or by query', async () => {
    const showId = await goLive();
    const first = await stream(showId);
    await first.until(3);
    const lastEventId = first.lastEventId();
    await say(showId, 'missed');
    const [epoch, after] = lastEventId.split('/');
    for (const from of [
      { lastEventId },
      { lastEventId: after ?? '' },
      { query: `?after=${after}&epoch=${epoch}` },
    ]) {
      const client = await stream(showId, 'guest', from);
      await client.until(1);
      expect(typesOf(client)).toEqual(['chat:sent']);
    }
    await closeAll();
  });

  it('loses nothing and repeats nothing, however often a client comes back while much happens', async () => {
    const showId = await goLive();
    let isTalking = true;
    const talk = (async () => {
      for (let index = 0; isTalking; index += 1) await say(showId, `${index}`);
    })();
    const told: unknown[] = [];
    let lastEventId: string | undefined;
    for (let round = 0; round < 15; round += 1) {
      const client = await stream(showId, 'viewer', lastEventId === undefined ? {} : { lastEventId });
      await client.until(5 + round);
      lastEventId = client.lastEventId();
      told.push(...client.events.map(({ data }) => data['id']));
      await closeAll();
    }
    isTalking = false;
    await talk;
    const ids: string[] = [];
    while (ids.length < told.length) {
      const query = { after: ids.at(-1) ?? BEGINNING };
      const { entries } = await host.get('timeline:read', { params: { showId }, query });
      ids.push(...entries.map(({ id }) => id));
    }
    expect(told).toEqual(ids.slice(0, told.length));
  });

  it('tells the state to whom it cannot tell what was missed, and then goes on', async () => {
    const showId = await goLive();
    const first = await stream(showId);
    await first.until(3);
    const [, after] = first.lastEventId().split('/');
    await closeAll();
    for (const text of ['one', 'two', 'three']) await say(showId, text);
    await trim(showId);
    for (const [lastEventId, reason] of [
      [first.lastEventId(), 'too-far-behind'],
      [`other/${after}`, 'new-epoch'],
    ] as const) {
      const client = await stream(showId, 'guest', { lastEventId });
      const [resync] = await client.until(1);
      const state = { chat: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] };
      expect(resync).toMatchObject({ name: 'resync', data: { reason, isStaff: false, state } });
      const next = await stream(showId, 'guest', { lastEventId: client.lastEventId() });
      const { id } = await append(showId, createEntry('show:renamed', 1, { title: reason }));
      for (const each of [client, next])
        await expect.poll(() => each.events.at(-1)?.data['id'], { timeout: 10_000 }).toBe(id);
      expect([client.events.length, next.events.length]).toEqual([2, 1]);
      await closeAll();
    }
  });

  it('tells the state when the timeline begins anew', async () => {
    const showId = await goLive();
    const client = await stream(showId);
    await client.until(3);
    await loseTimeline(showId);
    await commerce.foundation.timeline.begin(showId, [chat('anew')]);
    const event = (await client.until(4)).at(-1);
    expect(event).toMatchObject({
      name: 'resync',
      data: { reason: 'new-epoch', state: { chat: [{ text: 'anew' }] } },
    });
    expect(event?.id.split('/')[0]).toBe(await commerce.foundation.timeline.epoch(showId));
    await closeAll();
  });

  it('begins with a timeline that begins a moment later', async () => {
    const showId = await goLive();
    const { timeline } = commerce.foundation;
    await loseTimeline(showId);
    const look = vi.spyOn(timeline, 'loadState');
    const asked = stream(showId);
    await expect.poll(() => look.mock.settledResults.map(({ value }) => value)).toContain(undefined);
    look.mockRestore();
    await timeline.begin(showId, [chat('anew')]);
    const client = await asked;
    expect(client.status).toBe(200);
    expect((await client.until(1)).at(0)?.data).toMatchObject({ type: 'chat:sent', data: { text: 'anew' } });
    await closeAll();
  });

  it('tells each only what they may hear', async () => {
    const showId = await goLive();
    const clients = await Promise.all(
      (['host', 'viewer', 'guest'] as const).map((who) => stream(showId, who)),
    );
    for (const client of clients) await client.until(3);
    const userId = shop.people.viewer;
    await append(showId, createEntry('user:muted', 1, { userId, until: 2, reason: '' }, userId));
    await append(showId, createEntry('stream-key:revoked', 1, { keyId: createId('streamKey') }));
    await append(showId, { ...chat('shadowed'), audience: `staff+user:${userId}` });
    await say(showId, 'for all');
    const heard = ['user:muted', 'stream-key:revoked', 'chat:sent', 'chat:sent'];
    const expected = [heard, ['user:muted', 'chat:sent', 'chat:sent'], ['chat:sent']];
    for (const [index, client] of clients.entries()) {
      await client.until(3 + (expected[index]?.length ?? 0));
      expect(typesOf(client).slice(3)).toEqual(expected[index]);
    }
    const audienceOf = (client: EventStreamClient | undefined) => client?.events.at(-2)?.data['audience'];
    expect(clients.map(audienceOf).slice(0, 2)).toEqual([`staff+user:${userId}`, 'all']);
    await closeAll();
  });
});

describe('a stream ends', () => {
  const endOf = async (client: EventStreamClient) => (await client.ended()).at(-1);
  const userData = () => ({ userId: shop.people.viewer, name: 'Vi', reason: '' });

  it('with the show, and does not begin again once all is told', async () => {
    const showId = await goLive();
    const client = await stream(showId);
    await client.until(3);
    await host.get('show:end', { params: { showId } });
    await commerce.foundation.relay.drain();
    expect(await endOf(client)).toMatchObject({ name: 'end', data: { reason: 'show-ended' } });
    expect(typesOf(client)).toEqual([...begun, 'show:ended', 'end']);
    const lastEventId = client.lastEventId();
    expect((await stream(showId, 'guest', { lastEventId })).status).toBe(204);
    await createArchiveShow(commerce.foundation)(showId);
    await loseTimeline(showId);
    expect((await stream(showId, 'guest', { lastEventId })).status).toBe(204);
    const replay = await stream(showId);
    await replay.ended();
    expect(replay.events).toEqual(client.events);
  });

  it('before it begins for a person who is banned, and so does the reading page by page', async () => {
    const showId = await goLive();
    const params = { showId, userId: shop.people.viewer };
    await host.get('user:ban', { params, body: {} });
    const status = async (accept: string) => {
      const headers = { authorization: `Bearer ${tokens.viewer}`, accept };
      const { status, body } = await fetch(base + pathOf(showId), { headers });
      await body?.cancel();
      return status;
    };
    expect([await status('text/event-stream'), await status('application/json')]).toEqual([403, 403]);
    await host.get('show:end', { params: { showId } });
    await commerce.foundation.relay.drain();
    await createArchiveShow(commerce.foundation)(showId);
    await loseTimeline(showId);
    // Of the archive, too.
    expect([await status('text/event-stream'), await status('application/json')]).toEqual([403, 403]);
  });

  it.each(['banned', 'disconnected'] as const)('for a person who is %s', async (reason) => {
    const showId = await goLive();
    const [client, other] = [await stream(showId, 'viewer'), await stream(showId)];
    for (const each of [client, other]) await each.until(3);
    const userId = shop.people.viewer;
    const entry =
      reason === 'banned'
        ? createEntry('user:banned', 1, { ...userData(), scope: 'show' }, userId)
        : createEntry('user:disconnected', 1, { userId, reason: '' }, userId);
    await append(showId, entry);
    expect(await endOf(client)).toMatchObject({ name: 'end', data: { reason } });
    await say(showId, 'others go on');
    await other.until(4);
    const again = await stream(showId, 'viewer');
    expect(again.status).toBe(reason === 'banned' ? 403 : 200);
    await closeAll();
  });

  it('when the rights of the reader change, and lets the reader forget the place', async () => {
    const showId = await goLive();
    const client = await stream(showId, 'viewer');
    await client.until(3);
    await host.get('moderator:invite', { params: { showId }, body: { email: 'viewer@souk.test' } });
    await commerce.foundation.relay.drain();
    expect(await endOf(client)).toMatchObject({ id: '', data: { reason: 'rights-changed' } });
    const late = await stream(showId, 'viewer', { lastEventId: client.events.at(-2)?.id ?? '' });
    const [resync] = await late.until(1);
    expect(resync).toMatchObject({ name: 'resync', data: { reason: 'rights-changed', isStaff: true } });
    await closeAll();
  });

  it('with the token', async () => {
    const showId = await goLive();
    const [, claims = ''] = tokens.guest.split('.');
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
    clock.ahead = exp * 1_000 - Date.now() - 1_500;
    const client = await stream(showId);
    clock.ahead = 0;
    await client.until(3);
    expect(await endOf(client)).toMatchObject({ name: 'end', data: { reason: 'token-expired' } });
  });

  it('for a reader that does not read, and for nobody else', async () => {
    const showId = await goLive();
    const quick = await stream(showId);
    const slow = httpRequest(base + pathOf(showId), {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${tokens.guest}` },
    });
    slow.end();
    const [answer] = await once(slow, 'response');
    answer.pause();
    const ended = async () => {
      const metric = await commerce.foundation.metrics.getSingleMetricAsString(
        'souk_timeline_streams_ended_total',
      );
      return metric.includes('too-slow');
    };
    const long = 'x'.repeat(100_000);
    let said = 0;
    while (!(await ended())) {
      // Larger than a message may be, so that it does not take thousands.
      await say(showId, long);
      said += 1;
      await quick.until(3 + said);
      if (said > 200) throw new Error('the reader was never ended');
    }
    expect(quick.events.at(-1)?.name).toBe('message');
    answer.destroy();
    await closeAll();
  });
});

describe('a stream is refused', () => {
  it('without a token, for an unknown show, and from a place that is none', async () => {
    const showId = await goLive();
    const anonymous = await openEventStream(base + pathOf(showId), {});
    const unknown = await stream(createId('show'));
    const nowhere = await stream(showId, 'guest', { lastEventId: 'yesterday' });
    expect([anonymous.status, unknown.status, nowhere.status]).toEqual([401, 404, 400]);
  });

  it('beyond the bound of one address, and begins again when a place is free', async () => {
    const showId = await goLive();
    const clients = await Promise.all(Array.from({ length: 20 }, () => stream(showId)));
    expect(new Set(clients.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await stream(showId);
    expect(refused.status).toBe(429);
    await closeAll();
    await expect.poll(async () => (await stream(showId)).status, { timeout: 10_000, interval: 50 }).toBe(200);
    await closeAll();
  });
});

it('a service that stops tells whoever reads', async () => {
  const showId = await goLive();
  const client = await stream(showId);
  await client.until(3);
  await commerce.service.stop('test');
  expect((await client.ended()).at(-1)).toMatchObject({ name: 'end', data: { reason: 'server-stopping' } });
});

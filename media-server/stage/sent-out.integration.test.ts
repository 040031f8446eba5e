import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId, type ShowId, type UserId } from '@souk/protocol/ids';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import { createDirectoryStore } from '@souk/storage/directory-store';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { opusParameters, vp8Parameters } from '../testing/media-samples.ts';
import { browserOffer } from '../testing/sdp-samples.ts';
import { createTestMediaServer, type TestMediaServer } from '../testing/test-media-server.ts';

let server: TestMediaServer;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-sent-out-'));
  const { url } = await createTestRedis(inject('redisUrl'));
  server = await createTestMediaServer(url, { MEDIA_STORAGE_DIR: directory });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

const sessions = '/media/sessions';

/** A show that is on air, with its host's ticket. */
async function goOnAir() {
  const showId = await server.createLiveShow();
  const token = await server.ticket(showId, 'publish');
  const { sessionId } = (await server.ask('POST', sessions, token, { intent: 'publish' })).answer.data;
  for (const [kind, rtpParameters] of [
    ['audio', opusParameters],
    ['video', vp8Parameters],
  ] as const)
    await server.ask('POST', `${sessions}/${sessionId}/produce`, token, { kind, rtpParameters });
  await expect.poll(async () => (await server.entries(showId)).at(-1)?.type).toBe('stream:started');
  return { showId, host: { token, sessionId } };
}

async function enter(showId: ShowId) {
  const userId = createId('user');
  const token = await server.ticket(showId, 'watch', userId);
  const { routerRtpCapabilities: rtpCapabilities } = (await server.ask('GET', '/media/capabilities')).answer
    .data;
  const watch = () => server.ask('POST', sessions, token, { intent: 'watch', rtpCapabilities });
  const find = async (sessionId: string) =>
    (await server.ask('GET', `${sessions}/${sessionId}`, token)).status;
  return { userId, token, watch, find };
}

const facts = (userId: UserId) => ({ userId, name: 'Vera', scope: 'show' as const, reason: 'spam' });
const ban = (userId: UserId) => createEntry('user:banned', Date.now(), facts(userId), userId);
const disconnect = (userId: UserId) =>
  createEntry('user:disconnected', Date.now(), { userId, reason: '' }, userId);
const tell = (showId: ShowId, entry: NewEntry) => server.timeline.append(showId, entry);

describe('whoever is banned', () => {
  it('loses every session of this show, cannot come back, and takes nobody along', async () => {
    const { showId, host } = await goOnAir();
    const [vera, ola] = [await enter(showId), await enter(showId)];
    const ids = [(await vera.watch()).answer.data.sessionId, (await vera.watch()).answer.data.sessionId];
    const others = (await ola.watch()).answer.data.sessionId;
    const whep = await server.ask(
      'POST',
      `/whep/${showId}`,
      vera.token,
      browserOffer('recvonly'),
      'application/sdp',
    );
    expect(whep.status).toBe(201);
    await tell(showId, ban(vera.userId));
    for (const id of ids) await expect.poll(() => vera.find(id)).toBe(404);
    const location = whep.headers.get('location') ?? '';
    expect((await server.ask('DELETE', location, vera.token)).status).toBe(404);
    expect((await vera.watch()).answer.error.code).toBe('BANNED');
    const again = await server.ask(
      'POST',
      `/whep/${showId}`,
      vera.token,
      browserOffer('recvonly'),
      'application/sdp',
    );
    expect([again.status, again.answer.error.code]).toEqual([403, 'BANNED']);
    expect(await ola.find(others)).toBe(200);
    expect((await server.ask('GET', `${sessions}/${host.sessionId}/stats`, host.token)).status).toBe(200);
  });

  it('may come back when the ban is lifted', async () => {
    const { showId } = await goOnAir();
    const { userId, watch } = await enter(showId);
    await tell(showId, ban(userId));
    await expect.poll(async () => (await watch()).answer.error?.code).toBe('BANNED');
    await tell(showId, createEntry('user:unbanned', Date.now(), { userId, scope: 'show' }, userId));
    await expect.poll(async () => (await watch()).status).toBe(200);
  });

  it('before the show began is refused from the first moment, with all whom the merchant has banned', async () => {
    const { showId } = await goOnAir();
    const [vera, ola] = [await enter(showId), await enter(showId)];
    const session = (await vera.watch()).answer.data.sessionId;
    await tell(showId, createEntry('users:banned', Date.now(), { userIds: [vera.userId, ola.userId] }));
    await expect.poll(() => vera.find(session)).toBe(404);
    expect((await ola.watch()).answer.error.code).toBe('BANNED');
  });
});

describe('whoever is sent out', () => {
  it('loses the session, and may begin another', async () => {
    const { showId } = await goOnAir();
    const { userId, watch, find } = await enter(showId);
    const { sessionId } = (await watch()).answer.data;
    await tell(showId, disconnect(userId));
    await expect.poll(() => find(sessionId)).toBe(404);
    expect((await watch()).status).toBe(200);
  });
});

describe('the files of HLS', () => {
  const askHls = (token: string) => server.ask('POST', '/media/hls', token, { of: 'live' });
  const fetchPlaylist = async (showId: ShowId, token: string) =>
    (await server.ask('GET', `/hls/${showId}/live/master.m3u8`, token)).status;

  it('are refused to who is banned, and given anew to who was sent out and asks again', async () => {
    const showId = await server.createLiveShow();
    const store = createDirectoryStore({ directory });
    const kept = { contentType: 'x', cacheControl: 'x' };
    await store.put(`shows/${showId}/live/master.m3u8`, Buffer.from('#EXTM3U'), kept);
    const [vera, ola] = [await enter(showId), await enter(showId)];
    // No word with this server before: it hears of the show by the first playlist.
    expect(await fetchPlaylist(showId, vera.token)).toBe(200);
    await tell(showId, ban(vera.userId));
    await tell(showId, disconnect(ola.userId));
    await expect.poll(() => fetchPlaylist(showId, ola.token)).toBe(403);
    expect(await fetchPlaylist(showId, vera.token)).toBe(403);
    expect((await askHls(vera.token)).answer.error.code).toBe('BANNED');
    expect((await askHls(ola.token)).status).toBe(200);
    expect(await fetchPlaylist(showId, ola.token)).toBe(200);
  });
});

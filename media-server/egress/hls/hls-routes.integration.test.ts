import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHlsDemand } from '@souk/broadcast/demand';
import { createId, type ShowId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { createDirectoryStore } from '@souk/storage/directory-store';
import type { ObjectStore } from '@souk/storage/object-store';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestMediaServer, type TestMediaServer } from '../../testing/test-media-server.ts';

const logger = createLogger({ name: 'hls-test', level: 'silent' });
const put = { contentType: 'x', cacheControl: 'x' };
const segment = `media/1-${createId('stream')}/high/1800000000000-1000.m4s`;
let server: TestMediaServer;
let redis: Redis;
let store: ObjectStore;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-hls-'));
  store = createDirectoryStore({ directory });
  const { url } = await createTestRedis(inject('redisUrl'));
  redis = createRedis({ url, name: 'hls-test', logger });
  server = await createTestMediaServer(url, { MEDIA_STORAGE_DIR: directory });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await closeRedis(redis);
  await rm(directory, { recursive: true, force: true });
});

const keep = (showId: ShowId, path: string, text: string): Promise<void> =>
  store.put(`shows/${showId}/${path}`, Buffer.from(text), put);
const ask = async (showId: ShowId, of: 'live' | 'replay') =>
  server.ask('POST', '/media/hls', await server.ticket(showId, 'watch'), { of });

/** A GET with the headers of a browser. */
function fetchFile(path: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.url()}${path}`, { headers });
}

describe('HLS', () => {
  it('gives a cookie for the files of one show, and asks for packaging', async () => {
    const showId = await server.createLiveShow();
    const { answer, headers } = await ask(showId, 'live');
    expect(answer.data).toEqual({ playlistUrl: `/hls/${showId}/live/master.m3u8`, state: 'starting' });
    expect(headers.get('set-cookie')).toMatch(
      new RegExp(`^souk_hls=[\\w.-]+; Path=/hls/${showId}; Max-Age=\\d+; HttpOnly; SameSite=Lax$`),
    );
    expect([...(await createHlsDemand({ redis }).among([showId]))]).toEqual([showId]);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const early = await fetchFile(answer.data.playlistUrl, { cookie });
    expect([early.status, early.headers.get('retry-after')]).toEqual([404, '1']);
    await keep(showId, 'live/master.m3u8', '#EXTM3U');
    expect((await ask(showId, 'live')).answer.data.state).toBe('ready');
    const there = await fetchFile(answer.data.playlistUrl, { cookie });
    expect(await there.text()).toBe('#EXTM3U');
    expect(there.headers.get('cache-control')).toBe('no-cache');
    expect(there.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
  });

  it('serves segments whole and in parts, to be kept for good', async () => {
    const showId = await server.createLiveShow();
    await keep(showId, segment, '0123456789');
    const authorization = `Bearer ${await server.ticket(showId, 'watch')}`;
    const whole = await fetchFile(`/hls/${showId}/${segment}`, { authorization });
    expect(await whole.text()).toBe('0123456789');
    expect(whole.headers.get('cache-control')).toContain('immutable');
    const part = await fetchFile(`/hls/${showId}/${segment}`, { authorization, range: 'bytes=2-4' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ]);
  });

  it('is for those who have a ticket of this show', async () => {
    const [showId, other] = [await server.createLiveShow(), await server.createLiveShow()];
    await keep(showId, segment, 'x');
    const path = `/hls/${showId}/${segment}`;
    expect((await fetchFile(path, {})).status).toBe(401);
    expect((await fetchFile(path, { cookie: 'souk_hls=nonsense' })).status).toBe(401);
    const authorization = `Bearer ${await server.ticket(other, 'watch')}`;
    expect((await fetchFile(path, { authorization })).status).toBe(403);
  });

  it('gives nothing but files of shows', async () => {
    const showId = await server.createLiveShow();
    await keep(showId, 'recording.json', '{}');
    const authorization = `Bearer ${await server.ticket(showId, 'watch')}`;
    const paths = [
      '',
      'live',
      'live/',
      'media/',
      'recording.json',
      'live/../recording.json',
      '%2e%2e/x',
      'live/%2e%2e%2frecording.json',
    ];
    for (const path of paths) {
      const { status } = await fetchFile(`/hls/${showId}/${path}`, { authorization });
      expect([path, status]).toEqual([path, 404]);
    }
  });

  it('has a replay where there is a recording, and no live picture of an ended show', async () => {
    const showId = await server.createLiveShow();
    expect((await ask(showId, 'replay')).answer.error.code).toBe('RECORDING_NOT_FOUND');
    await keep(showId, 'replay/master.m3u8', '#EXTM3U');
    await server.endShow(showId);
    const { answer } = await ask(showId, 'replay');
    expect(answer.data).toEqual({ playlistUrl: `/hls/${showId}/replay/master.m3u8`, state: 'ready' });
    await expect.poll(async () => (await ask(showId, 'live')).answer.error?.code).toBe('SHOW_ENDED');
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ShowFigures } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openStreamKeyDesk } from '../../testing/stream-key-desk.ts';
import { createTestMediaServer, type TestMediaServer } from '../../testing/test-media-server.ts';

const run = promisify(execFile);
const SERVICE_SECRET = 'secret of the services of this test';
const SOURCE = path.join(import.meta.dirname, '../../testing/whip-pion');
/** The first build fetches and compiles the whole stack. */
const BUILD_TIMEOUT_MS = 600_000;
const hasGo = spawnSync('go', ['version']).status === 0;

describe.skipIf(!hasGo)('a client made with Pion (skipped where Go is missing)', () => {
  let folder: string;
  let desk: Awaited<ReturnType<typeof openStreamKeyDesk>>;
  let server: TestMediaServer;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'whip-pion-'));
    await run('go', ['build', '-o', path.join(folder, 'whip-pion'), '.'], { cwd: SOURCE });
    const { url } = await createTestRedis(inject('redisUrl'));
    desk = await openStreamKeyDesk(SERVICE_SECRET);
    server = await createTestMediaServer(url, {
      COMMERCE_INTERNAL_URL: desk.url,
      SOUK_SERVICE_SECRET: SERVICE_SECRET,
    });
    await server.start();
  }, BUILD_TIMEOUT_MS);
  afterAll(async () => {
    await server?.stop();
    desk?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const publish = (key: string, ...more: string[]) =>
    run(path.join(folder, 'whip-pion'), ['-endpoint', `${server.url()}/whip`, '-key', key, ...more]);
  const figuresOf = async (showId: ShowId, token: string): Promise<ShowFigures> =>
    (await server.ask('GET', `/media/shows/${showId}/figures`, token)).answer.data;

  it('publishes sound and picture, goes on after an ICE restart, and ends', async () => {
    const showId = await server.createLiveShow();
    const token = await server.ticket(showId, 'publish');
    const published = publish(desk.issue(showId).secret, '-seconds', '6', '-restart');
    await expect
      .poll(
        async () =>
          (await figuresOf(showId, token)).stream?.tracks.filter(({ bitrateBps }) => bitrateBps > 0),
        {
          timeout: 20_000,
        },
      )
      .toMatchObject([{ kind: 'audio' }, { kind: 'video', mimeType: 'video/H264' }]);
    await expect
      .poll(async () => (await server.entries(showId)).at(-1))
      .toMatchObject({
        type: 'stream:started',
        data: { kinds: ['audio', 'video'], source: 'encoder' },
      });
    const { stdout } = await published;
    const events: unknown[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toContainEqual({ event: 'answered', status: 201 });
    expect(events).toContainEqual({ event: 'restarted', status: 200, newTag: true });
    expect(events).toContainEqual({ event: 'ended', status: 200 });
    expect(events).not.toContainEqual({ event: 'state', state: 'failed' });
    await expect.poll(async () => (await server.entries(showId)).at(-1)?.type).toBe('stream:stopped');
  });

  it("is told that its key is nobody's", async () => {
    await expect(publish('sk_nobody')).rejects.toMatchObject({
      stderr: expect.stringContaining('status 401'),
    });
  });
});

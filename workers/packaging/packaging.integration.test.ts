import { readFile, writeFile } from 'node:fs/promises';
import type { ShowId } from '@souk/protocol/ids';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { layout } from './layout.ts';
import { type ListedSegment, type MediaPlaylist, parseMediaPlaylist } from './playlists/media-playlist.ts';
import { createFlashFilm, type FlashBroadcast, type FlashFilm } from './testing/flash-source.ts';
import { findFlashesAndBeeps } from './testing/sync-meter.ts';
import { createPackagingHouse, type PackagingHouse } from './testing/test-house.ts';

const patience = { timeout: 30_000, interval: 100 };
let film: FlashFilm;
let house: PackagingHouse;
let broadcast: FlashBroadcast | undefined;
beforeAll(async () => {
  film = await createFlashFilm();
});
afterAll(() => film.remove());
beforeEach(async () => {
  house = await createPackagingHouse((await createTestRedis(inject('redisUrl'))).url);
});
afterEach(async () => {
  broadcast?.stop();
  await house.stop();
});

async function playlistOf(
  showId: ShowId,
  of: 'live' | 'replay' = 'live',
): Promise<MediaPlaylist | undefined> {
  const text = await house.read(layout.playlist(showId, of, 'high'));
  return text === undefined ? undefined : parseMediaPlaylist(text);
}

async function untilSegments(showId: ShowId, count: number): Promise<readonly ListedSegment[]> {
  const look = async (): Promise<number> => (await playlistOf(showId))?.segments.length ?? 0;
  await expect.poll(look, patience).toBeGreaterThanOrEqual(count);
  return (await playlistOf(showId))?.segments ?? [];
}

/** The film that a player would see, in a file of its own. */
async function join(showId: ShowId, segments: readonly ListedSegment[]): Promise<string> {
  const pathOf = (uri: string): string => house.pathOf(`${layout.show(showId)}${uri.replace('../', '')}`);
  const [first] = segments;
  const parts = await Promise.all(
    [first?.map ?? '', ...segments.map(({ uri }) => uri)].map((uri) => readFile(pathOf(uri))),
  );
  const file = house.pathOf('joined.mp4');
  await writeFile(file, Buffer.concat(parts));
  return file;
}

function distanceToSecond(ms: number): number {
  const rest = ((ms % 1_000) + 1_000) % 1_000;
  return Math.min(rest, 1_000 - rest);
}

describe('packaging', { timeout: 90_000 }, () => {
  it('copies H264 into segments that say when they were captured, with the sound in step', async () => {
    const { showId, ports } = await house.goOnAir();
    await house.demand.note(showId);
    await house.startWorker();
    broadcast = await film.play(ports);
    const segments = await untilSegments(showId, 4);
    for (const { startMs, durationMs } of segments) {
      // Each second of the film begins with a key frame.
      expect(distanceToSecond(startMs - broadcast.startedAt)).toBeLessThan(20);
      expect(durationMs).toBeGreaterThan(900);
      expect(durationMs).toBeLessThan(1_100);
    }
    expect(segments.some(({ isDiscontinuity }) => isDiscontinuity)).toBe(false);
    const { flashes, beeps } = await findFlashesAndBeeps(await join(showId, segments));
    expect(beeps.length).toBeGreaterThanOrEqual(3);
    for (const beep of beeps) {
      const nearest = Math.min(...flashes.map((flash) => Math.abs(flash - beep)));
      expect(nearest).toBeLessThan(0.05);
    }
    const master = await house.read(layout.playlist(showId, 'live', 'master'));
    expect(master).toMatch(/RESOLUTION=320x180,CODECS="avc1\.42c0\w\w,mp4a\.40\.2"\nhigh\.m3u8/);
  });
});

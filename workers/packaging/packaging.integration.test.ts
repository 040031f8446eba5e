import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ShowId } from '@souk/protocol/ids';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { layout } from './layout.ts';
import { type ListedSegment, type MediaPlaylist, parseMediaPlaylist } from './playlists/media-playlist.ts';
import { createFlashFilm, type FlashBroadcast, type FlashFilm } from './testing/flash-source.ts';
import { findFlashesAndBeeps } from './testing/sync-meter.ts';
import { createPackagingHouse, type PackagingHouse } from './testing/test-house.ts';

const run = promisify(execFile);
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

/** Waits until the playlist has gone on by so much. */
async function untilLater(showId: ShowId, ms: number): Promise<void> {
  const look = async (): Promise<number> => (await playlistOf(showId))?.segments.at(-1)?.startMs ?? 0;
  await expect.poll(look, patience).toBeGreaterThanOrEqual((await look()) + ms);
}

/** The sizes of the renditions, best first. */
async function findSizes(showId: ShowId): Promise<readonly string[]> {
  const master = await house.read(layout.playlist(showId, 'live', 'master'));
  return [...new Set([...(master ?? '').matchAll(/RESOLUTION=(\d+x\d+)/g)].map(([, size = '']) => size))];
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
    await house.beginWatching(showId);
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
    expect(flashes.length).toBeGreaterThanOrEqual(4);
    for (const flash of flashes) expect(nearest(flash, beeps)).toBeLessThan(0.05);
    const master = await house.read(layout.playlist(showId, 'live', 'master'));
    expect(master).toMatch(/RESOLUTION=320x180,CODECS="avc1\.42c0\w\w,mp4a\.40\.2"\nhigh\.m3u8/);
  });

  it('encodes VP8 into a small ladder', async () => {
    const vp8 = await createFlashFilm('VP8');
    const { showId, ports } = await house.goOnAir({ codec: 'VP8' });
    await house.beginWatching(showId);
    await house.startWorker();
    broadcast = await vp8.play(ports);
    const segments = await untilSegments(showId, 2);
    const { flashes, beeps } = await findFlashesAndBeeps(await join(showId, segments));
    expect(flashes.length).toBeGreaterThanOrEqual(2);
    for (const flash of flashes) expect(nearest(flash, beeps)).toBeLessThan(0.08);
    for (const segment of segments) expect(segment.durationMs).toBeLessThan(1_200);
    const master = await house.read(layout.playlist(showId, 'live', 'master'));
    expect(master).toMatch(/RESOLUTION=1280x720[\s\S]*high\.m3u8[\s\S]*RESOLUTION=640x360[\s\S]*low\.m3u8/);
    await vp8.remove();
  });

  it('dates by the clock that the publisher has measured, also when it measures better', async () => {
    const wrong = -300;
    const { showId, ports, correctClock } = await house.goOnAir({ clockOffsetMs: wrong });
    await house.beginWatching(showId);
    await house.startWorker();
    broadcast = await film.play(ports);
    const { startedAt } = broadcast;
    for (const { startMs } of await untilSegments(showId, 2))
      expect(distanceToSecond(startMs - wrong - startedAt)).toBeLessThan(20);
    await correctClock(0);
    const corrected = async () => {
      const segments = (await playlistOf(showId))?.segments ?? [];
      return segments.slice(segments.findIndex(({ isDiscontinuity }) => isDiscontinuity));
    };
    await expect.poll(async () => (await corrected()).at(0)?.isDiscontinuity, patience).toBe(true);
    for (const { startMs } of await corrected())
      expect(distanceToSecond(startMs - startedAt)).toBeLessThan(20);
    expect(longestGapMs((await playlistOf(showId))?.segments ?? [])).toBeLessThan(100 - wrong);
  });

  it('gives sound alone a black picture, and a picture alone silence', async () => {
    const sound = await house.goOnAir({ kinds: ['audio'] });
    const picture = await house.goOnAir({ kinds: ['video'] });
    await Promise.all([house.beginWatching(sound.showId), house.beginWatching(picture.showId)]);
    await house.startWorker();
    broadcast = await film.play([...sound.ports, ...picture.ports]);
    const heard = await findFlashesAndBeeps(await join(sound.showId, await untilSegments(sound.showId, 2)));
    expect(heard.flashes).toEqual([]);
    expect(heard.beeps.length).toBeGreaterThan(0);
    const seen = await findFlashesAndBeeps(
      await join(picture.showId, await untilSegments(picture.showId, 2)),
    );
    expect(seen.flashes.length).toBeGreaterThan(0);
    expect(seen.beeps).toEqual([]);
  });

  it('goes on where an ffmpeg was killed, without a gap', async () => {
    const { showId, ports } = await house.goOnAir();
    await house.beginWatching(showId);
    await house.startWorker();
    broadcast = await film.play(ports);
    const before = (await untilSegments(showId, 2)).at(-1);
    await killPackagingFfmpeg();
    const hasGoneOn = async () =>
      (await playlistOf(showId))?.segments.some((segment) => segment.isDiscontinuity);
    await expect.poll(hasGoneOn, patience).toBe(true);
    const segments = (await playlistOf(showId))?.segments ?? [];
    expect(segments.map(({ uri }) => uri)).toContain(before?.uri);
    expect(longestGapMs(segments)).toBeLessThan(100);
  });

  it('begins anew once when the largest layer goes, and not each time that it comes and goes', async () => {
    const layered = await createFlashFilm('H264', ['160x90', '320x180', '640x360']);
    const { showId, ports, sendLayers } = await house.goOnAir({ layers: 3 });
    house.shows.set(showId, { isLive: true, isRecorded: true, durationMs: 0 });
    await house.startWorker();
    broadcast = await layered.play(ports);
    await untilSegments(showId, 2);
    expect(await findSizes(showId)).toEqual(['640x360', '320x180', '160x90']);
    for (let turn = 0; turn < 3; turn += 1) {
      for (const layers of [2, 3]) {
        sendLayers(layers);
        // The change comes with the next key frame.
        await untilLater(showId, 2_500);
      }
    }
    expect(await findSizes(showId)).toEqual(['320x180', '160x90']);
    const { segments, discontinuitySequence } = (await playlistOf(showId)) ?? {
      segments: [],
      discontinuitySequence: 0,
    };
    expect(longestGapMs(segments)).toBeLessThan(100);
    const shown = segments.filter(({ isDiscontinuity }) => isDiscontinuity).length;
    expect(discontinuitySequence + shown).toBe(1);
    await layered.remove();
  });

  it('records a live show from its first kept picture to its end', async () => {
    const { showId, ports, end } = await house.goOnAir();
    house.shows.set(showId, { isLive: true, isRecorded: true, durationMs: 0 });
    await house.startWorker();
    broadcast = await film.play(ports);
    await untilSegments(showId, 3);
    await end();
    house.shows.set(showId, { ...getShow(showId), isLive: false });
    await expect.poll(() => getShow(showId).status, patience).toBe('ready');
    const replay = await playlistOf(showId, 'replay');
    expect(replay).toMatchObject({ kind: 'ended', mediaSequence: 0 });
    expect(replay?.segments[0]?.startMs).toBe(getShow(showId).startedAt);
    expect(getShow(showId).durationMs).toBe(totalMs(replay?.segments ?? []));
    expect(await house.read(layout.playlist(showId, 'replay', 'master'))).toContain('high.m3u8');
    expect(await playlistOf(showId)).toBeUndefined();
  });

  it('is taken over from a worker that was killed, within four seconds', async () => {
    const { showId, ports } = await house.goOnAir();
    house.shows.set(showId, { isLive: true, isRecorded: true, durationMs: 0 });
    const first = house.startWorkerProcess();
    broadcast = await film.play(ports);
    await untilSegments(showId, 3);
    await house.startWorker();
    const before = await playlistOf(showId);
    first.kill('SIGKILL');
    const hasGoneOn = async () =>
      (await playlistOf(showId))?.segments.some((segment) => segment.isDiscontinuity);
    await expect.poll(hasGoneOn, patience).toBe(true);
    const after = await playlistOf(showId);
    expect(after?.mediaSequence).toBeGreaterThanOrEqual(before?.mediaSequence ?? 0);
    expect(after?.segments.map(({ uri }) => uri)).toContain(before?.segments.at(-1)?.uri);
    expect(longestGapMs(after?.segments ?? [])).toBeLessThan(4_000);
  });

  it('leaves nothing behind of a show that is not recorded, once nobody watches it', async () => {
    const { showId, ports } = await house.goOnAir();
    house.shows.set(showId, { isLive: true, isRecorded: false, durationMs: 0 });
    const worker = await house.startWorker();
    broadcast = await film.play(ports);
    expect(await house.store.list(layout.show(showId))).toEqual([]);
    await house.beginWatching(showId);
    await untilSegments(showId, 1);
    await house.endWatching(showId);
    await expect.poll(() => house.store.list(layout.show(showId)), patience).toEqual([]);
    await worker.stop();
  });
});

function nearest(time: number, times: readonly number[]): number {
  return Math.min(...times.map((other) => Math.abs(other - time)));
}

function getShow(showId: ShowId) {
  const show = house.shows.get(showId);
  if (show === undefined) throw new TypeError('the show is there');
  return show;
}

function totalMs(segments: readonly ListedSegment[]): number {
  return segments.reduce((total, { durationMs }) => total + durationMs, 0);
}

function longestGapMs(segments: readonly ListedSegment[]): number {
  const gaps = segments.slice(1).map((segment, index) => {
    const before = segments[index];
    return before === undefined ? 0 : segment.startMs - before.startMs - before.durationMs;
  });
  return Math.max(0, ...gaps);
}

async function killPackagingFfmpeg(): Promise<void> {
  const { stdout } = await run('ps', ['--ppid', String(process.pid), '-o', 'pid=,args=']);
  const [line] = stdout.split('\n').filter((candidate) => candidate.includes('rtsp://'));
  const pid = Number(line?.trim().split(' ')[0]);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
}

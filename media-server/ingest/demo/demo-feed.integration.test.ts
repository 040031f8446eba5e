import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openUdp } from '@souk/broadcast/testing/rtp-sender';
import { createId } from '@souk/protocol/ids';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMediasoupBackend } from '../../sfu/mediasoup/mediasoup-backend.ts';
import type { SfuBackend } from '../../sfu/sfu-backend.ts';
import { createOnAir, type OnAir } from '../../stage/on-air.ts';
import { childrenOf, isRunning } from '../../testing/child-processes.ts';
import { samplePicture, sampleProducts } from '../../testing/demo-samples.ts';
import type { Feed } from '../feed.ts';
import { createDemoFeed } from './demo-feed.ts';
import type { DemoShowSource } from './demo-show.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const showId = createId('show');
const ON_AIR_MS = { timeout: 25_000 };
let cacheDir: string;
let sfu: SfuBackend;
let onAir: OnAir;
let feed: Feed;
let told: string[];
let refusals = 0;

const source: DemoShowSource = {
  async getShow() {
    refusals -= 1;
    if (refusals >= 0) throw new AppError('UNAVAILABLE');
    return { showId, products: sampleProducts };
  },
  getPicture: async ({ pictureUrl }) => samplePicture(Number(/\d+/.exec(pictureUrl)?.[0])),
};

beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'souk-demo-'));
  sfu = createMediasoupBackend({
    workers: 1,
    rtcPort: 0,
    addresses: [{ ip: '127.0.0.1' }],
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger,
    roomIdleMs: 20,
  });
  await sfu.start();
});
afterAll(async () => {
  await sfu.stop();
  await rm(cacheDir, { recursive: true });
});
beforeEach(() => {
  told = [];
  onAir = createOnAir({
    clock: systemClock,
    announcer: {
      started: (_show, _stream, kinds) => told.push(`started ${[...kinds].sort().join(' ')}`),
      clockCorrected: () => undefined,
      stopped: (_show, _stream, reason) => told.push(`stopped ${reason}`),
      settled: async () => undefined,
    },
  });
  const shows = {
    getState: async () => emptyShowState,
    onEnded: () => undefined,
    onKeyRevoked: () => undefined,
    onSentOut: () => undefined,
    findBan: () => false,
    onRestored: () => undefined,
    isKeyRevoked: async () => false,
    release: () => undefined,
  };
  feed = createDemoFeed({ sfu, onAir, shows, clock: systemClock, logger, source, cacheDir });
});
afterEach(() => feed.stop());

const ffmpegs = () => childrenOf(process.pid).filter(({ name }) => name === 'ffmpeg');
const onAirNow = () => expect.poll(() => onAir.findReady(showId), ON_AIR_MS).toBeDefined();

/** Milliseconds between NTP's beginning and that instant, read from an abs-capture-time extension. */
function captureTimeOf(packet: Buffer): number | undefined {
  if ((packet.readUInt8(0) & 0x10) === 0) return undefined;
  const end = 16 + packet.readUInt16BE(14) * 4;
  for (let at = 16; at < end; ) {
    const byte = packet.readUInt8(at);
    if (byte === 0) at += 1;
    else if (byte >> 4 === 10)
      return (packet.readUInt32BE(at + 1) - 2_208_988_800 + packet.readUInt32BE(at + 5) / 2 ** 32) * 1_000;
    else at += 2 + (byte & 15);
  }
  return undefined;
}

/** True when a packet begins a parameter set or a key picture, alone, aggregated or as a first fragment (RFC 6184). */
function beginsKeyFrame(packet: Buffer): boolean {
  const hasExtension = (packet.readUInt8(0) & 0x10) !== 0;
  const payload = packet.subarray(hasExtension ? 16 + packet.readUInt16BE(14) * 4 : 12);
  const type = payload.readUInt8(0) & 31;
  const inner = type === 24 ? payload.readUInt8(3) & 31 : type;
  return inner === 7 || (type === 28 && (payload.readUInt8(1) & 0x9f) === 0x85);
}

describe('the demo feed', { timeout: 120_000 }, () => {
  it('sends sound and picture with a key frame each second, each packet with its capture time', async () => {
    refusals = 1;
    feed.start();
    await onAirNow();
    expect(told).toEqual(['started audio video']);
    const streamId = onAir.findReady(showId);
    if (streamId === undefined) throw new Error('the feed is on air');
    const receiver = await openUdp();
    const keyFrames = new Set<number>();
    const ages: number[] = [];
    receiver.socket.on('message', (packet: Buffer) => {
      const capturedAt = captureTimeOf(packet);
      if (capturedAt === undefined) return;
      ages.push(Date.now() - capturedAt);
      if (beginsKeyFrame(packet)) keyFrames.add(packet.readUInt32BE(4));
    });
    const room = await sfu.openRoom(showId);
    await room.tap(streamId, { kind: 'video', to: { ip: '127.0.0.1', port: receiver.port } });
    await expect.poll(() => keyFrames.size, { timeout: 40_000 }).toBeGreaterThanOrEqual(4);
    receiver.close();
    const [first = 0, , , fourth = 0] = [...keyFrames];
    expect((fourth - first) >>> 0).toBe(3 * 90_000);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(-1);
    expect(ages.sort((a, b) => a - b)[Math.floor(ages.length / 2)]).toBeLessThan(500);
  });

  it('comes back when ffmpeg dies, as another stream', async () => {
    feed.start();
    await onAirNow();
    const former = onAir.findReady(showId);
    for (const { pid } of ffmpegs()) process.kill(pid, 'SIGKILL');
    await expect.poll(() => told, ON_AIR_MS).toContain('stopped connection-lost');
    await onAirNow();
    expect(onAir.findReady(showId)).not.toBe(former);
  });

  it('leaves nothing behind when it stops', async () => {
    feed.start();
    await onAirNow();
    await feed.stop();
    expect(told.at(-1)).toBe('stopped media-server-restarted');
    await expect.poll(ffmpegs).toEqual([]);
    await expect.poll(() => sfu.figures()).toMatchObject({ rooms: 0, transports: 0, producers: 0 });
  });

  it('leaves no ffmpeg behind when its process is killed', async () => {
    const script = fileURLToPath(new URL('../../testing/broadcast-host.ts', import.meta.url));
    const host = spawn(process.execPath, ['--import', 'tsx', script, cacheDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(host.stdout, 'data');
    const children = childrenOf(host.pid ?? 0).filter(({ name }) => name === 'ffmpeg');
    expect(children).toHaveLength(1);
    host.kill('SIGKILL');
    await once(host, 'exit');
    await expect.poll(() => children.some(({ pid }) => isRunning(pid)), ON_AIR_MS).toBe(false);
  });
});

import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dtlsParameters,
  opusParameters,
  opusTrack,
  strangeCapabilities,
  vp8Parameters,
  vp8Track,
} from '../testing/media-samples.ts';
import { nextPacket, openUdp, sendRtp } from '../testing/rtp-sender.ts';
import type { LinkEndReason, SfuBackend, SfuFigures } from './sfu-backend.ts';

export interface SfuBackendUnderTest {
  /** A backend that has not been started, with rooms that end `roomIdleMs` after their last link. */
  create(options: { roomIdleMs: number; connectTimeoutMs: number }): SfuBackend;
}

const roomIdleMs = 20;
const connectTimeoutMs = 2_000;
const nothingLeft: Partial<SfuFigures> = { rooms: 0, transports: 0, producers: 0, consumers: 0 };

/** What every backend of the port `SfuBackend` does. */
export function describeSfuBackend(name: string, { create }: SfuBackendUnderTest): void {
  describe(`${name} as an SfuBackend`, () => {
    const sfu = create({ roomIdleMs, connectTimeoutMs });
    beforeAll(() => sfu.start());
    afterAll(() => sfu.stop());

    const publishFeed = async () => {
      const showId = createId('show');
      const streamId = createId('stream');
      const room = await sfu.openRoom(showId);
      const feed = await room.ingest(streamId, [opusTrack, vp8Track]);
      return { showId, streamId, room, feed };
    };
    const allGone = () => expect.poll(() => sfu.figures(), { timeout: 5_000 }).toMatchObject(nothingLeft);

    it('carries the packets of a feed to a tap', async () => {
      const { room, streamId, feed } = await publishFeed();
      const [sender, receiver] = await Promise.all([openUdp(), openUdp()]);
      const tap = await room.tap(streamId, { kind: 'audio', to: { ip: '127.0.0.1', port: receiver.port } });
      const payload = Buffer.from('sound of a bell');
      const arrived = nextPacket(receiver, (packet) => packet.includes(payload));
      const port = feed.ports.find(({ kind }) => kind === 'audio');
      expect(port).toBeDefined();
      const stop = sendRtp(sender, { ip: '127.0.0.1', port: port?.port ?? 0 }, { ...opusTrack, payload });
      const packet = await arrived;
      stop();
      expect(packet.readUInt32BE(8)).toBe(tap.track.ssrc);
      expect(packet.readUInt8(1) & 0x7f).toBe(tap.track.payloadType);
      feed.end('left');
      sender.close();
      receiver.close();
      await allGone();
      expect(tap.endReason).toBe('left');
    });

    it('offers a watcher a consumer for each track at once', async () => {
      const { room, streamId, feed } = await publishFeed();
      const link = await room.watch(streamId, sfu.rtpCapabilities);
      expect(link.consumers.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
      expect(link.offer.iceCandidates.length).toBeGreaterThan(0);
      const video = link.consumers.find(({ kind }) => kind === 'video');
      const uris = JSON.stringify(video?.rtpParameters);
      expect(uris).toContain('abs-capture-time');
      feed.end('left');
      await allGone();
    });

    it('pauses and resumes a consumer, and knows no other', async () => {
      const { room, streamId, feed } = await publishFeed();
      const link = await room.watch(streamId, sfu.rtpCapabilities);
      const id = link.consumers[0]?.id ?? '';
      await link.setPaused(id, false);
      await link.setPaused(id, true);
      await expect(link.setPaused(crypto.randomUUID(), true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      feed.end('left');
      await allGone();
    });

    it('refuses to watch what is not published', async () => {
      const { room, feed } = await publishFeed();
      const watching = room.watch(createId('stream'), sfu.rtpCapabilities);
      await expect(watching).rejects.toMatchObject({ code: 'STREAM_NOT_PUBLISHED' });
      feed.end('left');
      await allGone();
    });

    it('tells a browser without a common codec so', async () => {
      const { room, streamId, feed } = await publishFeed();
      await expect(room.watch(streamId, strangeCapabilities)).rejects.toMatchObject({
        code: 'NO_COMMON_CODEC',
      });
      feed.end('left');
      await allGone();
    });

    it('refuses malformed descriptions and goes on', async () => {
      const { room, streamId, feed } = await publishFeed();
      await expect(room.watch(streamId, { codecs: 'all' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      const host = await room.publish(createId('stream'));
      for (const parameters of [{}, { codecs: [] }, { ...vp8Parameters, encodings: [{ ssrc: -1 }] }])
        await expect(host.produce('video', parameters)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      for (const parameters of [{}, { fingerprints: [{ algorithm: 'sha-256', value: 'nonsense' }] }])
        await expect(host.connect(parameters)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await expect(host.produce('video', vp8Parameters)).resolves.toHaveProperty('producerId');
      host.end('left');
      feed.end('left');
      await allGone();
    });

    it('takes one track of each kind from a page, and another codec than its own never', async () => {
      const room = await sfu.openRoom(createId('show'));
      const host = await room.publish(createId('stream'));
      await host.connect(dtlsParameters);
      await expect(host.connect(dtlsParameters)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await host.produce('audio', opusParameters);
      await expect(host.produce('audio', opusParameters)).rejects.toMatchObject({
        code: 'INVALID_TRANSITION',
      });
      const h265 = {
        ...vp8Parameters,
        codecs: [{ mimeType: 'video/H265', payloadType: 96, clockRate: 90_000 }],
      };
      await expect(host.produce('video', h265)).rejects.toMatchObject({ code: 'NO_COMMON_CODEC' });
      expect(await host.figures()).toEqual([
        {
          kind: 'audio',
          mimeType: 'audio/opus',
          bitrateBps: 0,
          packetsLost: 0,
          lossRatio: 0,
          jitterMs: 0,
          roundTripMs: null,
          score: 0,
        },
      ]);
      host.end('left');
      await allGone();
    });

    it('ends a link once, for the first reason, and refuses what comes after', async () => {
      const room = await sfu.openRoom(createId('show'));
      const host = await room.publish(createId('stream'));
      const reasons: LinkEndReason[] = [];
      host.onEnd((reason) => reasons.push(reason));
      host.end('replaced');
      host.end('left');
      expect(reasons).toEqual(['replaced']);
      await expect(host.connect(dtlsParameters)).rejects.toMatchObject({ code: 'MEDIA_SESSION_NOT_FOUND' });
      await allGone();
    });

    it('ends a link that never connects', async () => {
      const room = await sfu.openRoom(createId('show'));
      const host = await room.publish(createId('stream'));
      const reason = await new Promise((resolve) => host.onEnd(resolve));
      expect(reason).toBe('never-connected');
      await allGone();
    });

    it('ends every link of a room with the reason of the room', async () => {
      const { showId, room, streamId, feed } = await publishFeed();
      const link = await room.watch(streamId, sfu.rtpCapabilities);
      sfu.endRoom(showId, 'show-ended');
      expect([room.endReason, feed.endReason, link.endReason]).toEqual(Array(3).fill('show-ended'));
      await allGone();
      const next = await sfu.openRoom(showId);
      expect(next.endReason).toBeNull();
      next.end('left');
    });

    it('has nothing left after 50 joins and leaves', async () => {
      const { room, streamId, feed } = await publishFeed();
      const before = sfu.figures();
      for (let batch = 0; batch < 5; batch += 1) {
        const join = () => room.watch(streamId, sfu.rtpCapabilities);
        const links = await Promise.all(Array.from({ length: 10 }, join));
        expect(sfu.figures().consumers).toBe(before.consumers + 20);
        for (const link of links) link.end('left');
      }
      expect(sfu.figures()).toEqual(before);
      feed.end('left');
      await allGone();
    });
  });
}

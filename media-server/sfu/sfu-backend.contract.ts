import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dtlsParameters,
  opusParameters,
  simulcastParameters,
  strangeCapabilities,
  vp8Parameters,
} from '../testing/media-samples.ts';
import { describeBranches } from './branches.contract.ts';
import { options, type SfuBackendUnderTest } from './contract-options.ts';
import { describePlainRtp } from './plain-rtp.contract.ts';
import type { LinkEndReason, OpaqueJson, SfuFigures } from './sfu-backend.ts';

const nothingLeft: Partial<SfuFigures> = {
  rooms: 0,
  branches: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
  pipes: 0,
};

/** What every backend of the port `SfuBackend` does. */
export function describeSfuBackend(name: string, { create, can }: SfuBackendUnderTest): void {
  describe(`${name} as an SfuBackend`, () => {
    const sfu = create(options);
    beforeAll(() => sfu.start());
    afterAll(() => sfu.stop());

    const publishFeed = async () => {
      const showId = createId('show');
      const streamId = createId('stream');
      const room = await sfu.openRoom(showId);
      const feed = await room.publish(streamId);
      await feed.produce('audio', opusParameters);
      await feed.produce('video', withCaptureTime(vp8Parameters));
      return { showId, streamId, room, feed };
    };
    const allGone = () => expect.poll(() => sfu.figures(), { timeout: 5_000 }).toMatchObject(nothingLeft);

    if (can.plainRtp) describePlainRtp(sfu, allGone);
    if (can.branches) describeBranches(sfu, publishFeed, allGone);

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

    it('bounds the layers of a consumer, and knows no other', async () => {
      const room = await sfu.openRoom(createId('show'));
      const streamId = createId('stream');
      const host = await room.publish(streamId);
      await host.produce('audio', opusParameters);
      await host.produce('video', simulcastParameters);
      expect(room.tracks(streamId)).toEqual([
        { kind: 'audio', mimeType: 'audio/opus', spatialLayers: 1 },
        { kind: 'video', mimeType: 'video/VP8', spatialLayers: 3 },
      ]);
      const link = await room.watch(streamId, sfu.rtpCapabilities);
      for (const { id } of link.consumers) await link.setMaxLayer(id, 0);
      await expect(link.setMaxLayer(crypto.randomUUID(), 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      host.end('left');
      await allGone();
    });

    it('gives both sides new ICE credentials, until they have left', async () => {
      const { room, streamId, feed } = await publishFeed();
      const link = await room.watch(streamId, sfu.rtpCapabilities);
      for (const side of [feed, link]) {
        const [first, second] = [await side.restartIce(), await side.restartIce()];
        expect(first).not.toEqual(second);
      }
      feed.end('left');
      link.end('left');
      await expect(link.restartIce()).rejects.toMatchObject({ code: 'MEDIA_SESSION_NOT_FOUND' });
      await allGone();
    });

    it('tells how a stream arrives and what is sent, of a stream that is there', async () => {
      const { room, streamId, feed } = await publishFeed();
      expect((await room.trackFigures(streamId)).map(({ kind }) => kind)).toEqual(['audio', 'video']);
      expect(await room.trackFigures(createId('stream'))).toEqual([]);
      expect(await room.outgoingBps()).toBe(0);
      feed.end('left');
      await allGone();
    });

    it('tells what it carries', async () => {
      const load = await sfu.load();
      expect(load).toMatchObject({ consumers: [], workerDeaths: 0 });
      for (const figure of [load.incomingBps, load.outgoingBps]) expect(figure).toBeGreaterThanOrEqual(0);
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

    it.each([
      ['a link that never connects', 'never-connected', { connectTimeoutMs: 200 }],
      ['a publisher who sends nothing', 'silent', { silenceTimeoutMs: 200 }],
    ])('ends %s', async (_what, reason, impatience) => {
      const impatient = create({ ...options, ...impatience });
      await impatient.start();
      const host = await (await impatient.openRoom(createId('show'))).publish(createId('stream'));
      expect(await new Promise((resolve) => host.onEnd(resolve))).toBe(reason);
      await impatient.stop();
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

/** What a page says of a track whose packets carry their capture time. */
function withCaptureTime(parameters: OpaqueJson): OpaqueJson {
  const uri = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
  return { ...parameters, headerExtensions: [{ uri, id: 10 }] };
}

import { createId, type StreamId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dtlsParameters,
  opusParameters,
  opusTrack,
  simulcastParameters,
  strangeCapabilities,
  vp8Parameters,
  vp8Track,
} from '../testing/media-samples.ts';
import { nextPacket, openUdp, sendRtp } from '../testing/rtp-sender.ts';
import type {
  LinkEndReason,
  OpaqueJson,
  PublishLink,
  RtpTrack,
  SfuBackend,
  SfuFigures,
  SfuRoom,
} from './sfu-backend.ts';

export interface SfuOptionsUnderTest {
  /** Rooms end that long after their last link. */
  readonly roomIdleMs: number;
  readonly connectTimeoutMs: number;
  readonly silenceTimeoutMs: number;
  /** Consumers after which a room's audience is spread further. */
  readonly consumersPerRouter: number;
}

/** What not every backend can do: a cluster whose own client negotiates has no part in it. */
export interface SfuAbilities {
  /** Takes tracks as plain RTP, and copies them as such. */
  readonly plainRtp: boolean;
  /** Spreads the audience of one room over several routers by itself. */
  readonly branches: boolean;
}

export interface SfuBackendUnderTest {
  /** A backend that has not been started. */
  create(options: SfuOptionsUnderTest): SfuBackend;
  readonly can: SfuAbilities;
}

const options: SfuOptionsUnderTest = {
  roomIdleMs: 20,
  connectTimeoutMs: 2_000,
  silenceTimeoutMs: 60_000,
  consumersPerRouter: 20,
};
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

    it('ends a link that never connects', async () => {
      const room = await sfu.openRoom(createId('show'));
      const host = await room.publish(createId('stream'));
      const reason = await new Promise((resolve) => host.onEnd(resolve));
      expect(reason).toBe('never-connected');
      await allGone();
    });

    it('ends a publisher who sends nothing', async () => {
      const impatient = create({ ...options, connectTimeoutMs: 60_000, silenceTimeoutMs: 200 });
      await impatient.start();
      const host = await (await impatient.openRoom(createId('show'))).publish(createId('stream'));
      await host.produce('audio', opusParameters);
      expect(await new Promise((resolve) => host.onEnd(resolve))).toBe('silent');
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

function describePlainRtp(sfu: SfuBackend, allGone: () => Promise<void>): void {
  const startFeed = async (track: RtpTrack, payload: Buffer) => {
    const room = await sfu.openRoom(createId('show'));
    const streamId = createId('stream');
    const feed = await room.ingest(streamId, [track]);
    const [sender, receiver] = await Promise.all([openUdp(), openUdp()]);
    const to = { ip: '127.0.0.1', port: feed.ports[0]?.port ?? 0 };
    const stop = sendRtp(sender, to, { ...track, payload });
    const tap = await room.tap(streamId, {
      kind: track.kind,
      to: { ip: '127.0.0.1', port: receiver.port },
      spatialLayer: 2,
    });
    const close = async (): Promise<void> => {
      stop();
      feed.end('left');
      sender.close();
      receiver.close();
      await allGone();
    };
    return { feed, receiver, tap, close };
  };

  it('carries the packets of a feed to a tap, as the tap tells them', async () => {
    const payload = Buffer.from('sound of a bell');
    const { receiver, tap, close } = await startFeed(opusTrack, payload);
    const packet = await nextPacket(receiver, (candidate) => candidate.includes(payload));
    const { track } = tap;
    expect(track).toMatchObject({ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
    expect(track.absCaptureTimeId).not.toBeNull();
    expect(packet.readUInt32BE(8)).toBe(track.ssrc);
    expect(packet.readUInt8(1) & 0x7f).toBe(track.payloadType);
    await close();
    expect(tap.endReason).toBe('left');
  });

  it('reports to a tap at what wall-clock time its packets were sent', async () => {
    const { receiver, tap, close } = await startFeed(vp8Track, Buffer.from([0x10, 0x00, 0x00, 0x00]));
    // A sender report (RFC 3550, 6.4.1), on the port of the packets.
    const report = await nextPacket(receiver, (candidate) => candidate.readUInt8(1) === 200);
    expect(report.readUInt32BE(4)).toBe(tap.track.ssrc);
    const secondsSince1900 = 2_208_988_800;
    const atMs = (report.readUInt32BE(8) - secondsSince1900) * 1_000 + report.readUInt32BE(12) / 2 ** 32;
    expect(Math.abs(atMs - Date.now())).toBeLessThan(10_000);
    await close();
  });
}

function describeBranches(
  sfu: SfuBackend,
  publishFeed: () => Promise<{ streamId: StreamId; room: SfuRoom; feed: PublishLink }>,
  allGone: () => Promise<void>,
): void {
  it('spreads an audience that is too large for one router, and gathers it again', async () => {
    const { room, streamId, feed } = await publishFeed();
    const links = await Promise.all(
      Array.from({ length: options.consumersPerRouter }, () => room.watch(streamId, sfu.rtpCapabilities)),
    );
    expect(sfu.figures()).toMatchObject({ rooms: 1, branches: 1 });
    for (const link of links) {
      expect(link.consumers.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
      link.end('left');
    }
    await expect.poll(() => sfu.figures()).toMatchObject({ branches: 0, pipes: 0, consumers: 0 });
    feed.end('left');
    await allGone();
  });
}

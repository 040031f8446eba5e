import type { RtpTrack } from '@souk/broadcast/rtp/track';
import { nextPacket, openUdp, sendRtp } from '@souk/broadcast/testing/rtp-sender';
import { createId } from '@souk/protocol/ids';
import { expect, it } from 'vitest';
import { opusTrack, vp8Track } from '../testing/media-samples.ts';
import type { SfuBackend } from './sfu-backend.ts';

/** What a backend does that takes and copies plain RTP. */
export function describePlainRtp(sfu: SfuBackend, allGone: () => Promise<void>): void {
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

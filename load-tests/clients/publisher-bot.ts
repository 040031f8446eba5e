import type { JoinMediaResponse } from '@souk/protocol/http/media';
import { createMediaApi, type MediaKind, type Opaque } from './media-api.ts';
import { answerOffer } from './peer-connection.ts';
import { type OfferedMedium, readDtlsParameters, writeRemoteOffer } from './remote-offer.ts';
import { findRtpHeader } from './rtp-packet.ts';
import { startTestPicture } from './test-picture.ts';

export interface PublisherBot {
  /** What the server answered when the bot asked to publish. */
  readonly session: JoinMediaResponse;
  /** Packets sent so far. */
  sent(kind: MediaKind): number;
  /** Asks the server how the stream arrives, as the studio does. */
  readStats(): Promise<void>;
  /** Ends picture and session; may be called again. */
  leave(): Promise<void>;
}

export interface PublisherBotOptions {
  readonly mediaUrl: string;
  /** Media ticket that may publish. */
  readonly token: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly videoBitrateBps: number;
  /** True announces a larger layer besides, which a host with a weak line has and does not send. */
  readonly isSimulcast?: boolean;
}

const CONNECT_TIMEOUT_MS = 15_000;

const media = {
  audio: { kind: 'audio', mid: '0', payloadType: 100, codec: 'opus/48000/2', ssrc: 1_111_111 },
  video: { kind: 'video', mid: '1', payloadType: 101, codec: 'VP8/90000', ssrc: 2_222_222 },
} as const satisfies Record<MediaKind, OfferedMedium>;

const codecs: Readonly<Record<MediaKind, Opaque>> = {
  audio: { mimeType: 'audio/opus', payloadType: media.audio.payloadType, clockRate: 48_000, channels: 2 },
  video: { mimeType: 'video/VP8', payloadType: media.video.payloadType, clockRate: 90_000 },
};

/** Publishes a test picture by WebRTC, as a host's browser does. */
export async function startPublisherBot({
  mediaUrl,
  token,
  isSimulcast = false,
  ...picture
}: PublisherBotOptions): Promise<PublisherBot> {
  const api = createMediaApi(mediaUrl, token);
  const session = await api.publish();
  const peer = answerOffer(
    'publisher',
    writeRemoteOffer(session.transport, [media.audio, media.video], 'recvonly'),
  );
  try {
    await api.connect(session.sessionId, readDtlsParameters(peer.sdp));
    await peer.connected(CONNECT_TIMEOUT_MS);
    for (const kind of ['audio', 'video'] as const)
      await api.produce(
        session.sessionId,
        kind,
        rtpParameters(kind, isSimulcast && kind === 'video' ? 2 : 1),
      );
  } catch (error) {
    peer.close();
    throw error;
  }

  const sent = { audio: 0, video: 0 };
  const tracks = new Map(peer.tracks.map((track) => [track.mid(), track]));
  const source = await startTestPicture({
    ...picture,
    payloadTypes: { audio: media.audio.payloadType, video: media.video.payloadType },
    ssrcs: { audio: media.audio.ssrc, video: media.video.ssrc },
    onPacket(kind, packet) {
      if (findRtpHeader(packet) === undefined) return;
      const track = tracks.get(media[kind].mid);
      if (track?.isOpen() && track.sendMessageBinary(packet)) sent[kind] += 1;
    },
  });

  let leaving: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    await source.stop();
    await api.leave(session.sessionId);
    peer.close();
  };
  return {
    session,
    sent: (kind) => sent[kind],
    readStats: () => api.readStats(session.sessionId),
    leave() {
      leaving ??= leave();
      return leaving;
    },
  };
}

function rtpParameters(kind: MediaKind, layers: number): Opaque {
  const { mid, ssrc } = media[kind];
  return {
    mid,
    codecs: [codecs[kind]],
    encodings: Array.from({ length: layers }, (_, layer) => ({ ssrc: ssrc + layer })),
    headerExtensions: [],
    rtcp: { cname: 'souk', reducedSize: true },
  };
}

import type { JoinMediaResponse } from '@souk/protocol/http/media';
import { z } from 'zod';
import { createMediaApi, type MediaKind, type Opaque } from './media-api.ts';
import { answerOffer } from './peer-connection.ts';
import { type OfferedMedium, readDtlsParameters, writeRemoteOffer } from './remote-offer.ts';
import { findRtpHeader } from './rtp-packet.ts';

export interface ReceivedMedia {
  readonly packets: number;
  readonly bytes: number;
}

export interface WatcherBot {
  /** What the server answered when the bot asked to watch. */
  readonly session: JoinMediaResponse;
  /** RTP that has arrived so far; RTCP is not counted. */
  received(kind: MediaKind): ReceivedMedia;
  /** From asking to join to the first RTP packet, milliseconds; undefined before it. */
  firstPacketMs(): number | undefined;
  leave(): Promise<void>;
}

export interface WatcherBotOptions {
  readonly name: string;
  readonly mediaUrl: string;
  /** Media ticket that may watch. */
  readonly token: string;
}

const CONNECT_TIMEOUT_MS = 15_000;

/** Watches a show by WebRTC, counting what arrives without decoding it. */
export async function startWatcherBot({ name, mediaUrl, token }: WatcherBotOptions): Promise<WatcherBot> {
  const startedAt = performance.now();
  const api = createMediaApi(mediaUrl, token);
  const session = await api.watch(withoutBandwidthEstimation(await api.capabilities()));
  const media = readMedia(session);
  const totals = { audio: { packets: 0, bytes: 0 }, video: { packets: 0, bytes: 0 } };
  const kindOf = new Map(media.map(({ ssrc, kind }) => [ssrc, kind]));
  let firstPacketMs: number | undefined;
  const receive = (packet: Buffer): void => {
    const kind = kindOf.get(findRtpHeader(packet)?.ssrc ?? -1);
    if (kind === undefined) return;
    firstPacketMs ??= performance.now() - startedAt;
    totals[kind].packets += 1;
    totals[kind].bytes += packet.length;
  };
  const offer = writeRemoteOffer(session.transport, media, 'sendonly');
  const peer = answerOffer(name, offer, (track) => track.onMessage(receive));
  try {
    await api.connect(session.sessionId, readDtlsParameters(peer.sdp));
    await peer.connected(CONNECT_TIMEOUT_MS);
  } catch (error) {
    peer.close();
    throw error;
  }

  return {
    session,
    received: (kind) => ({ ...totals[kind] }),
    firstPacketMs: () => firstPacketMs,
    async leave() {
      peer.close();
      await api.leave(session.sessionId);
    },
  };
}

const capabilitiesSchema = z.looseObject({ codecs: z.array(z.looseObject({})) });

/** A bot sends no feedback; without it the SFU would believe that the line is slow, and send less. */
function withoutBandwidthEstimation(routerCapabilities: Opaque): Opaque {
  const { codecs } = capabilitiesSchema.parse(routerCapabilities);
  return { codecs: codecs.map((codec) => ({ ...codec, rtcpFeedback: [] })), headerExtensions: [] };
}

const consumerParametersSchema = z.object({
  codecs: z
    .array(
      z.object({
        mimeType: z.string(),
        payloadType: z.number(),
        clockRate: z.number(),
        channels: z.number().optional(),
      }),
    )
    .min(1),
  encodings: z.array(z.object({ ssrc: z.number() })).min(1),
});

function readMedia({ consumers }: JoinMediaResponse): OfferedMedium[] {
  return consumers.flatMap(({ kind, rtpParameters }, index): OfferedMedium[] => {
    const { codecs, encodings } = consumerParametersSchema.parse(rtpParameters);
    const [codec, encoding] = [codecs[0], encodings[0]];
    if (codec === undefined || encoding === undefined) return [];
    const channels = codec.channels === undefined || codec.channels === 1 ? '' : `/${codec.channels}`;
    const name = `${codec.mimeType.split('/')[1]}/${codec.clockRate}${channels}`;
    return [{ kind, mid: String(index), payloadType: codec.payloadType, codec: name, ssrc: encoding.ssrc }];
  });
}

import { z } from 'zod';
import type { SdpDescription, SdpSection } from '../../sdp/description.ts';
import type { TransportView } from '../../sdp/transport-view.ts';
import { type WrittenCodec, type WrittenSection, writeDescription } from '../../sdp/write-description.ts';
import type { ConsumerOffer } from '../../sfu/sfu-backend.ts';
import { listWanted } from './watch-capabilities.ts';

const sentSchema = z.object({
  mid: z.string(),
  codecs: z.array(
    z.object({
      mimeType: z.string(),
      payloadType: z.int(),
      clockRate: z.int(),
      channels: z.int().optional(),
      parameters: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      rtcpFeedback: z.array(z.object({ type: z.string(), parameter: z.string().default('') })).default([]),
    }),
  ),
  headerExtensions: z.array(z.object({ id: z.int(), uri: z.string() })).default([]),
  encodings: z.array(z.object({ ssrc: z.int(), rtx: z.object({ ssrc: z.int() }).optional() })).min(1),
  rtcp: z.object({ cname: z.string().optional() }).default({}),
});

interface WatchSdp {
  readonly streamId: string;
  readonly transport: TransportView;
  readonly consumers: readonly ConsumerOffer[];
}

/** Our own offer of what is watched. */
export function writeOffer({ streamId, transport, consumers }: WatchSdp): string {
  const sections = consumers.map((consumer) => toSection(consumer, streamId));
  return writeDescription({ transport, setup: 'actpass', sections });
}

/** The answer to a player's offer whose numbers fit: each section that it has, of which at most one of a kind receives. */
export function writeWatchAnswer(
  offer: SdpDescription,
  { streamId, transport, consumers }: WatchSdp,
  setup: 'active' | 'passive',
): string {
  const wanted = listWanted(offer);
  const sections = offer.sections.map((section): WrittenSection => {
    const consumer = wanted.includes(section)
      ? consumers.find(({ kind }) => kind === section.kind)
      : undefined;
    const { kind, mid } = section;
    if (consumer === undefined) return { kind, mid, direction: 'inactive', codecs: [], extensions: [] };
    const { codecs, ...written } = toSection(consumer, streamId);
    return { ...written, mid, codecs: codecs.map((codec) => asOffered(codec, section)) };
  });
  return writeDescription({ transport, setup, sections });
}

/** A player finds its own format in the answer by the profile that it named; ours plays in each that was taken. */
function asOffered(codec: WrittenCodec, { codecs }: SdpSection): WrittenCodec {
  const profile = codecs.find(({ payloadType }) => payloadType === codec.payloadType)?.parameters[
    'profile-level-id'
  ];
  if (profile === undefined || codec.parameters['profile-level-id'] === undefined) return codec;
  return { ...codec, parameters: { ...codec.parameters, 'profile-level-id': profile } };
}

function toSection({ kind, rtpParameters }: ConsumerOffer, streamId: string): WrittenSection {
  const { mid, codecs, headerExtensions, encodings, rtcp } = sentSchema.parse(rtpParameters);
  const [encoding] = encodings;
  return {
    kind,
    mid,
    direction: 'sendonly',
    extensions: headerExtensions,
    codecs: codecs.map(({ mimeType, rtcpFeedback, ...codec }) => ({
      ...codec,
      name: mimeType.slice(mimeType.indexOf('/') + 1),
      feedback: rtcpFeedback,
    })),
    ...(encoding === undefined
      ? {}
      : {
          sent: { ssrc: encoding.ssrc, rtxSsrc: encoding.rtx?.ssrc, cname: rtcp.cname ?? 'souk', streamId },
        }),
  };
}

import type { OpaqueJson } from '../sfu/sfu-backend.ts';
import { agreeExtensions, MID_EXTENSION, RID_EXTENSION, TRANSPORT_CC_EXTENSION } from './agree-extensions.ts';
import type { ChosenCodec, SfuCapabilities } from './choose-codec.ts';
import type { SdpCodec, SdpExtension, SdpFeedback, SdpSection } from './description.ts';
import { listKnownParameters } from './format-parameters.ts';
import { orderLayers } from './layers.ts';
import { invalidSdp } from './sdp-form.ts';

/** What both sides settled for one track that the other side sends. */
export interface AgreedTrack {
  readonly section: SdpSection;
  readonly codec: ChosenCodec;
  readonly extensions: readonly SdpExtension[];
  readonly feedback: readonly SdpFeedback[];
}

/** Simulcast layers that a show carries; of more, the best are taken. */
const LAYERS_MAX = 3;
/** Settles a track with the codec that was chosen for it. Throws AppError INVALID_SDP. */
export function agreeTrack(
  section: SdpSection,
  codec: ChosenCodec,
  capabilities: SfuCapabilities,
): AgreedTrack {
  const extensions = agreeExtensions(section, capabilities);
  const has = (uri: string): boolean => extensions.some((extension) => extension.uri === uri);
  if (section.rids.length > 0 && !has(RID_EXTENSION))
    throw invalidSdp('layers that are named by `a=rid` need its header extension');
  if (section.rids.length === 0 && section.ssrcs.length === 0 && !has(MID_EXTENSION))
    throw invalidSdp('a track has to be told apart by `a=ssrc`, `a=rid` or the mid header extension');
  return { section, codec, extensions, feedback: agreeFeedback(codec, has(TRANSPORT_CC_EXTENSION)) };
}

/** Of two ways to estimate the bandwidth, one is enough: the better one, where its extension is there. */
function agreeFeedback({ offered, ours }: ChosenCodec, hasTransportCc: boolean): SdpFeedback[] {
  return ours.rtcpFeedback.filter(
    ({ type, parameter }) =>
      type !== (hasTransportCc ? 'goog-remb' : 'transport-cc') &&
      offered.feedback.some((known) => known.type === type && known.parameter === parameter),
  );
}

/** An agreed track as the SFU takes it: `rtpParameters` of mediasoup. */
export function toPublishParameters(track: AgreedTrack): OpaqueJson {
  const { section, codec, extensions, feedback } = track;
  const { offered, ours, rtx } = codec;
  return {
    mid: section.mid,
    codecs: [
      {
        mimeType: ours.mimeType,
        payloadType: offered.payloadType,
        clockRate: offered.clockRate,
        ...(offered.channels === undefined ? {} : { channels: offered.channels }),
        parameters: { ...ours.parameters, ...toldParameters(offered) },
        rtcpFeedback: feedback,
      },
      ...(rtx === undefined ? [] : [toRtx(rtx, section.kind, offered.payloadType)]),
    ],
    headerExtensions: extensions.map(({ id, uri }) => ({ id, uri })),
    encodings: listEncodings(section, rtx !== undefined),
    rtcp: { ...(section.cname === undefined ? {} : { cname: section.cname }), reducedSize: true },
  };
}

/** Of its Opus an encoder tells what those who play it have to know. What it sends of H264 is told as ours. */
function toldParameters(offered: SdpCodec): Record<string, string | number> {
  return offered.mimeType.toLowerCase() === 'audio/opus' ? listKnownParameters(offered) : {};
}

const toRtx = ({ payloadType, clockRate }: SdpCodec, kind: string, apt: number) => ({
  mimeType: `${kind}/rtx`,
  payloadType,
  clockRate,
  parameters: { apt },
});

function listEncodings(section: SdpSection, hasRtx: boolean): object[] {
  const { rids, ssrcs, ssrcGroups } = section;
  const repairOf = (ssrc: number): object => {
    const pair = ssrcGroups.find(({ semantics, ssrcs: [first] }) => semantics === 'FID' && first === ssrc);
    const repair = pair?.ssrcs[1];
    return !hasRtx || repair === undefined ? {} : { rtx: { ssrc: repair } };
  };
  if (rids.length > 0)
    return orderLayers(rids)
      .slice(-LAYERS_MAX)
      .map((rid) => ({ rid }));
  // Layers by number, as older clients name them: from the smallest to the largest.
  const layers = ssrcGroups.find(({ semantics }) => semantics === 'SIM')?.ssrcs ?? ssrcs.slice(0, 1);
  if (layers.length === 0) return [{}];
  return layers.slice(-LAYERS_MAX).map((ssrc) => ({ ssrc, ...repairOf(ssrc) }));
}

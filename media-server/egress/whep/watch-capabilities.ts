import { agreeReceived } from '../../sdp/agree-extensions.ts';
import { type ChosenCodec, listCodecs, type SfuCapabilities, type SfuCodec } from '../../sdp/choose-codec.ts';
import type { SdpDescription, SdpSection } from '../../sdp/description.ts';
import type { MediaKind, OpaqueJson } from '../../sfu/sfu-backend.ts';

/** The sections in which a player wants to receive; one of each kind is served. */
export function listWanted({ sections }: SdpDescription): SdpSection[] {
  const wanted = sections.filter(
    ({ isRejected, direction }) => !isRejected && (direction === 'recvonly' || direction === 'sendrecv'),
  );
  return wanted.filter(({ kind }, index) => wanted.findIndex((other) => other.kind === kind) === index);
}

/**
 * What a player can receive, as the SFU asks for it. The SFU numbers payloads and extensions as it likes, so these are
 * good for an offer of ours. With `asNumbered` only what the player happens to number as the SFU does is taken: then
 * its own offer can be answered. A kind that the player does not want is taken to fit, and will not be sent.
 */
export function toWatchCapabilities(
  offer: SdpDescription,
  sfu: SfuCapabilities,
  { asNumbered }: { readonly asNumbered: boolean },
): OpaqueJson {
  const wanted = listWanted(offer);
  const unwanted = sfu.codecs.filter((codec) => !wanted.some(({ kind }) => kind === kindOf(codec)));
  return {
    codecs: [
      ...wanted.flatMap((section) => toCodecs(section, sfu, asNumbered)),
      ...unwanted.map((codec) => ({ ...codec, kind: kindOf(codec) })),
    ],
    headerExtensions: wanted.flatMap((section) => agreeReceived(section, sfu, asNumbered)),
  };
}

/** What whoever lets us make the offer can receive: everything, as browsers can. */
export function allCapabilities(sfu: SfuCapabilities): OpaqueJson {
  return {
    codecs: sfu.codecs.map((codec) => ({ ...codec, kind: kindOf(codec) })),
    headerExtensions: sfu.headerExtensions,
  };
}

const kindOf = ({ mimeType }: SfuCodec): MediaKind => (mimeType.startsWith('audio/') ? 'audio' : 'video');

function toCodecs(section: SdpSection, sfu: SfuCapabilities, asNumbered: boolean): object[] {
  const chosen = listCodecs(section, sfu).filter(
    ({ offered, ours }) => !asNumbered || offered.payloadType === ours.preferredPayloadType,
  );
  const first = new Map<SfuCodec, ChosenCodec>();
  for (const choice of chosen) if (!first.has(choice.ours)) first.set(choice.ours, choice);
  return [...first.values()].flatMap(({ offered, ours, rtx }) => {
    const ourRtx = sfu.codecs.find(({ parameters }) => parameters['apt'] === ours.preferredPayloadType);
    const hasRtx =
      rtx !== undefined &&
      ourRtx !== undefined &&
      (!asNumbered || rtx.payloadType === ourRtx.preferredPayloadType);
    const rtcpFeedback = ours.rtcpFeedback.filter(({ type, parameter }) =>
      offered.feedback.some((known) => known.type === type && known.parameter === parameter),
    );
    return [
      { ...ours, kind: section.kind, rtcpFeedback },
      ...(hasRtx ? [{ ...ourRtx, kind: section.kind }] : []),
    ];
  });
}

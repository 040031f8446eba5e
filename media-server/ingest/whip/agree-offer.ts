import { AppError } from '@souk/runtime/app-error';
import { findCodec, type SfuCapabilities } from '../../sdp/choose-codec.ts';
import type { SdpDescription, SdpSection } from '../../sdp/description.ts';
import { listKnownParameters } from '../../sdp/format-parameters.ts';
import { type AgreedTrack, agreeTrack } from '../../sdp/publish-parameters.ts';
import { invalidSdp } from '../../sdp/sdp-form.ts';
import type { TransportView } from '../../sdp/transport-view.ts';
import { type WrittenSection, writeDescription } from '../../sdp/write-description.ts';

/**
 * Settles what an encoder offers: all of it or nothing, since half an answer would mislead who sends (RFC 9725,
 * section 4.4.3). Throws AppError INVALID_SDP, NO_COMMON_CODEC.
 */
export function agreeOffer({ sections }: SdpDescription, capabilities: SfuCapabilities): AgreedTrack[] {
  const kinds = new Set(sections.map(({ kind }) => kind));
  // RFC 9725, section 4.4.2: one track of each kind, and 406 for more.
  if (kinds.size !== sections.length)
    throw new AppError('NO_COMMON_CODEC', { issues: [{ path: 'sdp', message: 'one track of each kind' }] });
  return sections.map((section) => agreeSection(section, capabilities));
}

function agreeSection(section: SdpSection, capabilities: SfuCapabilities): AgreedTrack {
  const { kind, direction, isRejected } = section;
  if (isRejected || direction === 'recvonly' || direction === 'inactive')
    throw invalidSdp(`the ${kind} section does not send`);
  const codec = findCodec(section, capabilities);
  if (codec === undefined)
    throw new AppError('NO_COMMON_CODEC', {
      issues: [{ path: kind, message: 'known are H264, VP8 and Opus (48 kHz, two channels)' }],
    });
  return agreeTrack(section, codec, capabilities);
}

/** The answer to an encoder's offer. */
export function writeAnswer(
  tracks: readonly AgreedTrack[],
  transport: TransportView,
  setup: 'active' | 'passive',
): string {
  return writeDescription({ transport, setup, sections: tracks.map(toSection) });
}

function toSection({ section, codec, extensions, feedback }: AgreedTrack): WrittenSection {
  const { offered, ours, rtx } = codec;
  const nameOf = (mimeType: string): string => mimeType.slice(mimeType.indexOf('/') + 1);
  return {
    kind: section.kind,
    mid: section.mid,
    direction: 'recvonly',
    extensions,
    receivedRids: section.rids,
    codecs: [
      {
        payloadType: offered.payloadType,
        name: nameOf(ours.mimeType),
        clockRate: offered.clockRate,
        channels: offered.channels,
        // Said back as it was offered: an encoder looks its own profile up in the answer.
        parameters: listKnownParameters(offered),
        feedback,
      },
      ...(rtx === undefined
        ? []
        : [
            {
              payloadType: rtx.payloadType,
              name: 'rtx',
              clockRate: rtx.clockRate,
              parameters: { apt: offered.payloadType },
              feedback: [],
            },
          ]),
    ],
  };
}

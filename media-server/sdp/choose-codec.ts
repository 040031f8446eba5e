import { z } from 'zod';
import type { OpaqueJson } from '../sfu/sfu-backend.ts';
import type { SdpCodec, SdpSection } from './description.ts';
import { findH264Rank } from './h264-profile.ts';

const feedback = z.object({ type: z.string(), parameter: z.string().default('') });
const codec = z.object({
  mimeType: z.string(),
  clockRate: z.int(),
  channels: z.int().optional(),
  preferredPayloadType: z.int(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  rtcpFeedback: z.array(feedback).default([]),
});
const capabilitiesSchema = z.object({
  codecs: z.array(codec),
  headerExtensions: z.array(
    z.object({
      kind: z.enum(['audio', 'video']),
      uri: z.string(),
      preferredId: z.int(),
      direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']),
    }),
  ),
});
/** What the SFU can receive and send. */
export type SfuCapabilities = z.infer<typeof capabilitiesSchema>;
export type SfuCodec = SfuCapabilities['codecs'][number];

/** A codec that both sides know, with the way to send lost packets again. */
export interface ChosenCodec {
  readonly offered: SdpCodec;
  readonly ours: SfuCodec;
  readonly rtx: SdpCodec | undefined;
}

/** Reads the capabilities of the SFU, which are opaque to the port. Throws ZodError when they are of another kind. */
export function readCapabilities(capabilities: OpaqueJson): SfuCapabilities {
  return capabilitiesSchema.parse(capabilities);
}

/** H264 before VP8: it can be packaged and recorded without being coded again. */
const kindRanks: Readonly<Record<string, number>> = { 'video/h264': 0, 'video/vp8': 100, 'audio/opus': 0 };

/** The codec to use of those that a section offers, or undefined when we know none of them. */
export function findCodec(section: SdpSection, capabilities: SfuCapabilities): ChosenCodec | undefined {
  const [best] = listCodecs(section, capabilities);
  return best;
}

/** The codecs of a section that we know too, the best one first. */
export function listCodecs(section: SdpSection, capabilities: SfuCapabilities): ChosenCodec[] {
  const ranked = section.codecs.flatMap((offered) => {
    const ours = capabilities.codecs.find((known) => isSame(known, offered));
    const rank = rankOf(offered);
    return ours === undefined || rank === undefined
      ? []
      : [{ rank, chosen: { offered, ours, rtx: findRtx(section, offered) } }];
  });
  // Sorting is stable: among equals the other side's order decides.
  return ranked.sort((a, b) => a.rank - b.rank).map(({ chosen }) => chosen);
}

function rankOf(offered: SdpCodec): number | undefined {
  const mimeType = offered.mimeType.toLowerCase();
  const rank = kindRanks[mimeType];
  if (rank === undefined) return undefined;
  const within = mimeType === 'video/h264' ? findH264Rank(offered) : 0;
  return within === undefined ? undefined : rank + within;
}

function isSame(ours: SfuCodec, offered: SdpCodec): boolean {
  return (
    ours.mimeType.toLowerCase() === offered.mimeType.toLowerCase() &&
    ours.clockRate === offered.clockRate &&
    (ours.channels ?? 1) === (offered.channels ?? 1)
  );
}

/** The format in which lost packets of a codec are sent again (RFC 4588). */
function findRtx({ codecs, kind }: SdpSection, { payloadType }: SdpCodec): SdpCodec | undefined {
  return codecs.find(
    ({ mimeType, parameters }) =>
      mimeType.toLowerCase() === `${kind}/rtx` && parameters['apt'] === payloadType,
  );
}

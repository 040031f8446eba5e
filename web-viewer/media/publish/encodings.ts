import type { RtpCapabilities, RtpCodecCapability, RtpEncodingParameters } from 'mediasoup-client/types';

/** Below this width the browser drops layers of its own will; then one layer is honest. */
const SIMULCAST_MIN_WIDTH = 960;

const layers = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 600_000 },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 2_500_000 },
] as const;
const oneLayer = { maxBitrate: 1_200_000 };

/** What a whole simulcast picture takes, bits per second. */
export const FULL_PICTURE_BPS = layers.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);

/** The codecs that a page can publish in, the wanted one first. */
export const publishCodecs = ['video/h264', 'video/vp8'] as const;
export type PublishCodec = (typeof publishCodecs)[number];

/**
 * H264 first: HLS and the recording take it as it is, while anything else must be encoded anew on the server.
 * VP8 where this browser has no H264. Undefined: the browser may choose.
 */
export function videoCodec(
  capabilities: RtpCapabilities,
  wanted: readonly PublishCodec[] = publishCodecs,
): RtpCodecCapability | undefined {
  for (const name of wanted) {
    const codec = capabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === name);
    if (codec !== undefined) return codec;
  }
  return undefined;
}

/** Three layers for a 720p camera, one for a small one; bit rates in bits per second. */
export function videoEncodings(
  width: number | undefined,
  codec: RtpCodecCapability | undefined,
): RtpEncodingParameters[] {
  // Layers in time are VP8's; browsers' H264 encoders differ in whether they have them.
  const inTime = codec?.mimeType.toLowerCase() === 'video/h264' ? {} : { scalabilityMode: 'L1T3' };
  if (width !== undefined && width < SIMULCAST_MIN_WIDTH) return [{ ...oneLayer, ...inTime }];
  return layers.map((layer) => ({ ...layer, ...inTime }));
}

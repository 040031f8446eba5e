import type { RtpCapabilities, RtpCodecCapability, RtpEncodingParameters } from 'mediasoup-client/types';

/** What the camera is asked for. */
export const cameraConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
} as const satisfies MediaTrackConstraints;

/** Below this width the browser drops layers of its own will; then one layer is honest. */
const SIMULCAST_MIN_WIDTH = 960;

/** Three layers for a 720p camera, one for a small one; bit rates in bits per second. */
export function videoEncodings(width: number | undefined): RtpEncodingParameters[] {
  const full: RtpEncodingParameters = { rid: 'f', maxBitrate: 2_500_000, scalabilityMode: 'L1T3' };
  if (width !== undefined && width < SIMULCAST_MIN_WIDTH) {
    return [{ maxBitrate: 1_200_000, scalabilityMode: 'L1T3' }];
  }
  return [
    { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
    { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 600_000, scalabilityMode: 'L1T3' },
    full,
  ];
}

/** VP8: every browser decodes it, and its simulcast works everywhere. */
export function videoCodec(capabilities: RtpCapabilities): RtpCodecCapability | undefined {
  return capabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === 'video/vp8');
}

import type { JoinMediaResponse } from '@souk/protocol/http/media';
import { Device } from 'mediasoup-client';
import type { RtpCapabilities, TransportOptions } from 'mediasoup-client/types';

/**
 * Header extension that tells when a frame was captured; off by default in browsers.
 * Source: https://webrtc.googlesource.com/src/+/refs/heads/main/docs/native-code/rtp-hdrext/abs-capture-time
 */
const CAPTURE_TIME_EXTENSION = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';

/**
 * Makes a device that knows the server's codecs and carries capture times.
 * Rejects with UnsupportedError when the browser cannot do WebRTC.
 */
export async function createDevice(routerRtpCapabilities: object): Promise<Device> {
  const device = await Device.factory({ forcedRtpExtensions: { [CAPTURE_TIME_EXTENSION]: true } });
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as RtpCapabilities });
  return device;
}

/** The transport of a join answer as the device takes it; its parameters are opaque to us and checked there. */
export function transportOptions(transport: JoinMediaResponse['transport']): TransportOptions {
  return transport as unknown as TransportOptions;
}

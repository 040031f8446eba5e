import type { Device } from 'mediasoup-client/types';
import { createDevice } from './device.ts';
import type { MediaApi } from './media-api.ts';

/** Makes the device at the first call and gives the same one afterwards; a failed attempt is made anew. */
export function createDeviceLoader(api: MediaApi): (signal: AbortSignal) => Promise<Device> {
  let device: Promise<Device> | undefined;
  return (signal) => {
    device ??= api
      .capabilities(signal)
      .then(createDevice)
      .catch((error: unknown) => {
        device = undefined;
        throw error;
      });
    return device;
  };
}

import { z } from 'zod';
import type { DeviceWish } from './devices.ts';

const STORAGE_KEY = 'souk.devices';
const wishSchema = z.object({ camera: z.string().optional(), microphone: z.string().optional() });

/** What this host chose last on this device. */
export function readDeviceWish(): DeviceWish {
  try {
    const { camera, microphone } = wishSchema.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}'));
    return {
      ...(camera === undefined ? {} : { camera }),
      ...(microphone === undefined ? {} : { microphone }),
    };
  } catch {
    return {};
  }
}

export function keepDeviceWish(wish: DeviceWish): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(wish));
  } catch {
    // A browser that keeps nothing begins with its own choice next time.
  }
}

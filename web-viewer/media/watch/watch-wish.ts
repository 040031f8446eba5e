/** How much of the picture a viewer wants: what the network carries, little of it, or the sound alone. */
export const qualities = ['auto', 'saver', 'audio'] as const;
export type Quality = (typeof qualities)[number];

/** What is to be sent to this page at present. */
export interface WatchWish {
  readonly quality: Quality;
  /** Somebody looks: the page is in sight, or its picture is in a window of its own. */
  readonly isSeen: boolean;
}

export const EVERY_LAYER = 2;

/** The highest layer of a simulcast track that is wanted. */
export function maxLayerOf({ quality }: WatchWish): number {
  return quality === 'saver' ? 0 : EVERY_LAYER;
}

/** True when pictures are wanted; sound always is. */
export function wantsPicture({ quality, isSeen }: WatchWish): boolean {
  return isSeen && quality !== 'audio';
}

const STORAGE_KEY = 'souk.quality';

/** What this person chose last on this device. */
export function storedQuality(): Quality {
  const stored = readStorage();
  return qualities.find((quality) => quality === stored) ?? 'auto';
}

export function storeQuality(quality: Quality): void {
  try {
    localStorage.setItem(STORAGE_KEY, quality);
  } catch {
    // A browser that keeps nothing begins with the automatic choice next time.
  }
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

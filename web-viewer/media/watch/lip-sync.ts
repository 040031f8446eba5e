/** How late picture and sound are, from the host to the viewer, milliseconds on the same clock. */
export interface LipReading {
  readonly pictureAgeMs: number;
  readonly soundAgeMs: number;
  readonly picture: BufferDelay;
  readonly sound: BufferDelay;
}

/** What a track waits in its buffer, milliseconds. */
export interface BufferDelay {
  readonly wantedMs: number;
  /** What it would wait if nobody asked for more. */
  readonly leastMs: number;
}

/** The least that each track shall wait, milliseconds; null: as little as the network allows. */
export interface HoldBack {
  readonly pictureMs: number | null;
  readonly soundMs: number | null;
}

/**
 * So much later or earlier than its picture may sound be heard. Nobody notices sound that is up to 125 ms late or 45 ms
 * early; these bounds leave room for what cannot be measured, such as a loudspeaker.
 * Source: ITU-R BT.1359-1 (detectability), EBU R 37 (60 ms late, 40 ms early).
 */
export const lipSyncBounds = { lateMs: 50, earlyMs: 20 } as const;
/** A buffer is not asked to change for less. */
const STEP_MS = 5;
const NEWEST_SHARE = 0.4;

export const noHoldBack: HoldBack = { pictureMs: null, soundMs: null };

/**
 * Decides by how much the earlier of both is held back, from readings of a second or so, one after the other. Browsers
 * that do it themselves hold the picture back until it is as late as the sound, whose buffer is the longer one.
 */
export function createLipSync(): (reading: LipReading) => HoldBack {
  let soundLaterMs: number | undefined;
  let held = noHoldBack;
  return ({ pictureAgeMs, soundAgeMs, picture, sound }) => {
    const heldMs = picture.wantedMs - picture.leastMs - (sound.wantedMs - sound.leastMs);
    // How it would be if nothing were held back.
    const now = soundAgeMs - pictureAgeMs + heldMs;
    soundLaterMs = soundLaterMs === undefined ? now : soundLaterMs + NEWEST_SHARE * (now - soundLaterMs);
    const next = {
      pictureMs: atLeast(picture, soundLaterMs - lipSyncBounds.lateMs),
      soundMs: atLeast(sound, -soundLaterMs - lipSyncBounds.earlyMs),
    };
    held = { pictureMs: steady(held.pictureMs, next.pictureMs), soundMs: steady(held.soundMs, next.soundMs) };
    return held;
  };
}

function atLeast({ leastMs }: BufferDelay, moreMs: number): number | null {
  return moreMs > 0 ? Math.round(leastMs + moreMs) : null;
}

function steady(before: number | null, next: number | null): number | null {
  return before !== null && next !== null && Math.abs(next - before) < STEP_MS ? before : next;
}

import type { Clock } from '@souk/runtime/clock';
import type { Slot } from '../slots.ts';
import type { RunPlan } from './run-plan.ts';

/** Notices an ffmpeg that lives and makes nothing. */
export interface StallWatch {
  notePacket(input: number, beginsKeyFrame: boolean): void;
  noteSegment(slot: Slot): void;
  /** Undefined while all is well. */
  findStall(): 'stalled' | 'no-key-frames' | undefined;
}

/** ffmpeg has begun by then, even on a busy machine. */
const FIRST_MS = 15_000;
const LATE_MS = 6_000;
/** We ask for key frames each second; a publisher that sends none for so long is not heard, or does not hear. */
const NO_KEY_FRAME_MS = 10_000;

/**
 * A copied segment is due when the key frame after it has gone in: publishers decide how often that is. What is
 * encoded here has key frames of our own, so there each packet is a reason to expect something.
 */
export function createStallWatch({ outputs }: RunPlan, clock: Clock): StallWatch {
  const startedAt = clock.now();
  const begun = new Set<number>();
  const places = outputs.map(({ slot, picture, sound }) => ({
    slot,
    input: picture.mode === 'black' ? (sound ?? 0) : picture.input,
    isCopied: picture.mode === 'copy',
    hasBegun: false,
    keyFrameAt: undefined as number | undefined,
    dueSince: undefined as number | undefined,
  }));
  return {
    notePacket(input, beginsKeyFrame) {
      const isFirst = !begun.has(input);
      begun.add(input);
      for (const place of places) {
        if (place.input !== input) continue;
        if (isFirst || beginsKeyFrame) place.keyFrameAt = clock.now();
        if (place.isCopied && (isFirst || !beginsKeyFrame)) continue;
        place.dueSince ??= clock.now();
      }
    },
    noteSegment(slot) {
      for (const place of places.filter((candidate) => candidate.slot === slot)) {
        place.hasBegun = true;
        place.dueSince = undefined;
      }
    },
    findStall() {
      const now = clock.now();
      const isLate = places.some(({ hasBegun, dueSince }) => {
        if (dueSince === undefined) return begun.size === 0 && now - startedAt > FIRST_MS;
        return now - dueSince > (hasBegun ? LATE_MS : FIRST_MS);
      });
      if (isLate) return 'stalled';
      const areKeyFramesOut = places.some(
        ({ isCopied, keyFrameAt = now }) => isCopied && now - keyFrameAt > NO_KEY_FRAME_MS,
      );
      return areKeyFramesOut ? 'no-key-frames' : undefined;
    },
  };
}

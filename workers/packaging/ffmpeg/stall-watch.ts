import type { Clock } from '@souk/runtime/clock';
import type { Slot } from '../slots.ts';
import type { RunPlan } from './run-plan.ts';

/** Notices an ffmpeg that lives and makes nothing. */
export interface StallWatch {
  notePacket(input: number, beginsKeyFrame: boolean): void;
  noteSegment(slot: Slot): void;
  isStalled(): boolean;
}

/** ffmpeg has begun by then, even on a busy machine. */
const FIRST_MS = 15_000;
const LATE_MS = 6_000;

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
    dueSince: undefined as number | undefined,
  }));
  return {
    notePacket(input, beginsKeyFrame) {
      const isFirst = !begun.has(input);
      begun.add(input);
      for (const place of places) {
        if (place.input !== input || (place.isCopied && (isFirst || !beginsKeyFrame))) continue;
        place.dueSince ??= clock.now();
      }
    },
    noteSegment(slot) {
      for (const place of places.filter((candidate) => candidate.slot === slot)) {
        place.hasBegun = true;
        place.dueSince = undefined;
      }
    },
    isStalled: () =>
      places.some(({ hasBegun, dueSince }) => {
        if (dueSince === undefined) return begun.size === 0 && clock.now() - startedAt > FIRST_MS;
        return clock.now() - dueSince > (hasBegun ? LATE_MS : FIRST_MS);
      }),
  };
}

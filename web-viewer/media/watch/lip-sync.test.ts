import { describe, expect, it } from 'vitest';
import { createLipSync, type HoldBack, type LipReading, lipSyncBounds, noHoldBack } from './lip-sync.ts';

const LEAST_PICTURE_MS = 11;
const LEAST_SOUND_MS = 40;

/** A receiver that does what it is asked for: ages without any holding back, and what is held back. */
function read(pictureMs: number, soundMs: number, held: HoldBack): LipReading {
  const picture = { leastMs: LEAST_PICTURE_MS, wantedMs: Math.max(LEAST_PICTURE_MS, held.pictureMs ?? 0) };
  const sound = { leastMs: LEAST_SOUND_MS, wantedMs: Math.max(LEAST_SOUND_MS, held.soundMs ?? 0) };
  return {
    picture,
    sound,
    pictureAgeMs: pictureMs + picture.wantedMs - picture.leastMs,
    soundAgeMs: soundMs + sound.wantedMs - sound.leastMs,
  };
}

function settle(pictureMs: number, soundMs: number): { held: HoldBack; soundLaterMs: number } {
  const sync = createLipSync();
  let held = noHoldBack;
  for (let second = 0; second < 20; second += 1) held = sync(read(pictureMs, soundMs, held));
  const { pictureAgeMs, soundAgeMs } = read(pictureMs, soundMs, held);
  return { held, soundLaterMs: soundAgeMs - pictureAgeMs };
}

describe('picture and sound', () => {
  it('are left alone while nobody would notice', () => {
    expect(settle(30, 70).held).toEqual(noHoldBack);
    expect(settle(60, 60).held).toEqual(noHoldBack);
    expect(settle(70, 50).held).toEqual(noHoldBack);
  });

  it('come together as far as needed: the picture waits for a late sound', () => {
    for (const soundMs of [90, 120, 400]) {
      const { held, soundLaterMs } = settle(30, soundMs);
      expect(held.soundMs).toBeNull();
      expect(Math.abs(soundLaterMs - lipSyncBounds.lateMs)).toBeLessThan(6);
    }
  });

  it('come together as far as needed: the sound waits for a late picture', () => {
    const { held, soundLaterMs } = settle(300, 80);
    expect(held.pictureMs).toBeNull();
    expect(Math.abs(soundLaterMs + lipSyncBounds.earlyMs)).toBeLessThan(6);
  });

  it('wait no longer than the sound is late', () => {
    const sync = createLipSync();
    let held = noHoldBack;
    for (let second = 0; second < 10; second += 1) held = sync(read(30, 300, held));
    expect(held.pictureMs).toBeGreaterThan(200);
    for (let second = 0; second < 20; second += 1) held = sync(read(30, 70, held));
    expect(held).toEqual(noHoldBack);
  });

  it('are not asked to move for a trifle', () => {
    const sync = createLipSync();
    const first = sync(read(30, 120, noHoldBack));
    expect(sync(read(30, 124, first))).toEqual(first);
  });
});

import { describe, expect, it } from 'vitest';
import type { RunPlan } from './run-plan.ts';
import { createStallWatch } from './stall-watch.ts';

const copied = {
  inputs: [],
  outputs: [{ slot: 'high', picture: { mode: 'copy', input: 0 }, sound: 1 }],
} as RunPlan;

function createWatch() {
  let at = 0;
  const watch = createStallWatch(copied, { now: () => at });
  const pass = (ms: number): void => {
    at += ms;
  };
  return { watch, pass };
}

describe('the watch over ffmpeg', () => {
  it('says nothing while segments follow their key frames', () => {
    const { watch, pass } = createWatch();
    for (let second = 0; second < 60; second += 1) {
      watch.notePacket(0, true);
      watch.notePacket(1, true);
      pass(1_000);
      watch.noteSegment('high');
      expect(watch.findStall()).toBeUndefined();
    }
  });

  it('notices that no segment follows the key frames', () => {
    const { watch, pass } = createWatch();
    watch.notePacket(0, true);
    watch.noteSegment('high');
    watch.notePacket(0, true);
    pass(6_001);
    expect(watch.findStall()).toBe('stalled');
  });

  it('notices that key frames stay out, although packets come', () => {
    const { watch, pass } = createWatch();
    watch.notePacket(0, true);
    for (let second = 0; second < 10; second += 1) {
      pass(1_000);
      watch.notePacket(0, false);
      expect(watch.findStall()).toBeUndefined();
    }
    pass(1);
    expect(watch.findStall()).toBe('no-key-frames');
  });

  it('notices that nothing goes in at all', () => {
    const { watch, pass } = createWatch();
    pass(15_001);
    expect(watch.findStall()).toBe('stalled');
  });
});

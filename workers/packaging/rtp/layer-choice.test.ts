import { describe, expect, it } from 'vitest';
import { createLayerChoice, FIRST_STAY_MS, LONGEST_STAY_MS } from './layer-choice.ts';

function setUp() {
  const time = { now: 1_800_000_000_000 };
  const choice = createLayerChoice({ now: () => time.now });
  /** Each layer shows the picture that its letter stands for. */
  const choose = (shown: string) =>
    choice.choose(new Map([...shown].map((shape, layer) => [`video-${layer}`, { shape }]))).length;
  const after = (ms: number, shown: string): number => {
    time.now += ms;
    return choose(shown);
  };
  return { choice, choose, after };
}

describe('the layers that are packaged', () => {
  it('are all that show a picture of their own, as long as nothing has begun', () => {
    const { choose } = setUp();
    expect(choose('s')).toBe(1);
    expect(choose('sss')).toBe(1);
    expect(choose('smm')).toBe(2);
    expect(choose('sml')).toBe(3);
  });

  it('are fewer at once when one shows what another shows, or does not arrive', () => {
    const { choice, choose } = setUp();
    choose('sml');
    choice.noteRun();
    expect(choose('smm')).toBe(2);
    expect(choose('sm')).toBe(2);
    expect(choose('s')).toBe(1);
  });

  it('are more again when a layer has stayed for a while, longer each time that it went away', () => {
    const { choice, choose, after } = setUp();
    choose('sml');
    choice.noteRun();
    for (let stayMs = 2 * FIRST_STAY_MS; stayMs <= LONGEST_STAY_MS; stayMs *= 2) {
      expect(choose('smm')).toBe(2);
      expect(after(60_000, 'sml')).toBe(2);
      expect(after(stayMs - 1, 'sml')).toBe(2);
      expect(after(1, 'sml')).toBe(3);
    }
  });

  it('stay as they are while the largest comes and goes', () => {
    const { choice, choose, after } = setUp();
    choose('sml');
    choice.noteRun();
    const counts = Array.from({ length: 20 }, () => [after(3_000, 'smm'), after(3_000, 'sml')]).flat();
    expect(new Set(counts)).toEqual(new Set([2]));
  });

  it('hold the smallest that there is, whichever it is', () => {
    const { choice, choose, after } = setUp();
    choose('sml');
    choice.noteRun();
    const onlyLarge = choice.choose(new Map([['video-2', { shape: 'l' }]]));
    expect(onlyLarge).toEqual(['video-2']);
    expect(after(0, 'sml')).toBe(2);
  });
});

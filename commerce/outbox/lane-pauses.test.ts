import { describe, expect, it } from 'vitest';
import { createLanePauses } from './lane-pauses.ts';

const createHandClock = () => {
  let now = 1_000_000;
  const advance = (ms: number): void => {
    now += ms;
  };
  return { now: () => now, advance };
};

describe('createLanePauses', () => {
  it('lets a lane wait for a second', () => {
    const clock = createHandClock();
    const pauses = createLanePauses(clock);
    pauses.pause('a');
    expect(pauses.waiting()).toEqual(['a']);
    clock.advance(1_000);
    expect(pauses.waiting()).toEqual([]);
  });

  it('tells the first failure of a lane from those that follow', () => {
    const pauses = createLanePauses(createHandClock());
    expect([pauses.pause('a'), pauses.pause('a')]).toEqual([true, false]);
    pauses.forget('a');
    expect(pauses.pause('a')).toBe(true);
  });

  it('remembers a bounded number of lanes', () => {
    const pauses = createLanePauses(createHandClock());
    for (let index = 0; index < 6_000; index += 1) pauses.pause(`lane-${index}`);
    expect(pauses.waiting()).toHaveLength(5_000);
    expect(pauses.waiting()[0]).toBe('lane-1000');
  });
});

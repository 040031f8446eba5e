import { describe, expect, it } from 'vitest';
import { neighbourOf, nextWaiting } from './neighbour-of.ts';

const waiting = ['held', 'report'];
const messages = ['old', 'middle', 'new'];

describe('moving through the console by keys', () => {
  it('begins at what waits, upwards at the newest message', () => {
    expect(neighbourOf(waiting, messages, undefined, 1)).toBe('held');
    expect(neighbourOf(waiting, messages, undefined, -1)).toBe('new');
  });

  it('begins at the newest message where nothing waits, and nowhere where there is nothing', () => {
    expect(neighbourOf([], messages, undefined, 1)).toBe('new');
    expect(neighbourOf([], [], undefined, 1)).toBeUndefined();
  });

  it('goes from what waits on to the messages, and stays at the ends', () => {
    expect(neighbourOf(waiting, messages, 'report', 1)).toBe('old');
    expect(neighbourOf(waiting, messages, 'old', -1)).toBe('report');
    expect(neighbourOf(waiting, messages, 'held', -1)).toBe('held');
    expect(neighbourOf(waiting, messages, 'new', 1)).toBe('new');
  });

  it('begins anew when the chosen one is gone', () => {
    expect(neighbourOf(waiting, messages, 'gone', 1)).toBe('held');
  });
});

describe('going on to what waits next', () => {
  it('takes the one below, then the one above, then none', () => {
    expect(nextWaiting(['a', 'b'], 'a')).toBe('b');
    expect(nextWaiting(['a', 'b'], 'b')).toBe('a');
    expect(nextWaiting(['a'], 'a')).toBeUndefined();
  });
});

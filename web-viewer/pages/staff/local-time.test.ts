import { describe, expect, it } from 'vitest';
import { localTimeText, readLocalTime } from './local-time.ts';

describe('a local date and time', () => {
  it('comes back as the instant that it was made of, to the minute', () => {
    const at = new Date(2026, 10, 5, 9, 7).getTime();
    expect(localTimeText(at)).toBe('2026-11-05T09:07');
    expect(readLocalTime(localTimeText(at))).toBe(at);
  });

  it('is empty for no instant', () => {
    expect(localTimeText(null)).toBe('');
    expect(readLocalTime('')).toBeNull();
  });

  it('is no number when it cannot be read', () => {
    expect(readLocalTime('tomorrow')).toBeNaN();
  });
});

import { describe, expect, it } from 'vitest';
import { createAttempt } from './attempt.ts';

describe('an attempt', () => {
  it('keeps its key until it is answered, and takes another one for another body', () => {
    const attempt = createAttempt();
    const first = attempt.keyOf({ units: 3 });
    expect(attempt.keyOf({ units: 3 })).toBe(first);
    expect(attempt.keyOf({ units: 4 })).not.toBe(first);
    const second = attempt.keyOf({ units: 4 });
    attempt.succeed();
    expect(attempt.keyOf({ units: 4 })).not.toBe(second);
  });
});

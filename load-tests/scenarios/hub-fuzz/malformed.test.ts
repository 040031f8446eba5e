import { createId } from '@souk/protocol/ids';
import { createRandom } from '@souk/protocol/testing/random';
import { describe, expect, it } from 'vitest';
import { malformed, malformedKinds } from './malformed.ts';

describe('malformed input', () => {
  it.each(malformedKinds)('of the kind %s is made by the seed', (kind) => {
    const showId = createId('show');
    for (let ackId = 1; ackId < 40; ackId += 1) {
      const lengths = [1, 2].map(
        () => malformed(kind, { chance: createRandom(`${kind}/${ackId}`), showId, ackId }).length,
      );
      expect(lengths[0]).toBeGreaterThan(0);
      expect(lengths[0]).toBe(lengths[1]);
    }
  });
});

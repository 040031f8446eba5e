import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { createSoldOutMemory, SOLD_OUT_TTL_MS } from './sold-out-memory.ts';

const saleId = createId('sale');
const create = () => {
  const time = { now: 10_000 };
  return { time, memory: createSoldOutMemory({ clock: { now: () => time.now } }) };
};

describe('the memory of sales that are sold out', () => {
  it('knows what it has learnt, of that sale alone', () => {
    const { memory, time } = create();
    memory.learn(saleId, time.now);
    expect([memory.has(saleId), memory.has(createId('sale'))]).toEqual([true, false]);
  });

  it('believes an answer for a moment after the question, however late the answer came', () => {
    const { memory, time } = create();
    const askedAt = time.now;
    time.now += SOLD_OUT_TTL_MS - 1;
    memory.learn(saleId, askedAt);
    expect(memory.has(saleId)).toBe(true);
    time.now += 1;
    expect(memory.has(saleId)).toBe(false);
  });

  it.each([0, 1])('forgets a sale as soon as a count of it is seen, with %i units left', (left) => {
    const { memory, time } = create();
    memory.learn(saleId, time.now);
    memory.notice([{ pool: createId('sale'), left: 1 }]);
    expect(memory.has(saleId)).toBe(true);
    memory.notice([{ pool: saleId, left }]);
    expect(memory.has(saleId)).toBe(false);
  });

  it('does not last longer when the clock is put back', () => {
    const { memory, time } = create();
    memory.learn(saleId, time.now);
    time.now -= 1;
    expect(memory.has(saleId)).toBe(false);
  });
});

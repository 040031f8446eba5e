import { describe, expect, it } from 'vitest';
import { createSessionBounds } from './bounds.ts';

describe('the bounds of sessions', () => {
  it('refuse one more in a full show, until a place is given back', () => {
    const bounds = createSessionBounds({ perShow: 2, perAddress: 10 });
    const giveBack = bounds.take('show', 'a');
    bounds.take('show', 'b');
    expect(() => bounds.take('show', 'c')).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
    giveBack();
    giveBack();
    expect(bounds.inShow('show')).toBe(1);
    bounds.take('show', 'c');
  });

  it('let a host into a full show, and count a place given back twice once', () => {
    const bounds = createSessionBounds({ perShow: 1, perAddress: 2 });
    bounds.take('show', 'a');
    const giveBack = bounds.takeForPublisher('a');
    expect(() => bounds.takeForPublisher('a')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    giveBack();
    giveBack();
    bounds.takeForPublisher('a');
    expect(bounds.inShow('show')).toBe(1);
  });

  it('refuse one more from a busy address, in any show', () => {
    const bounds = createSessionBounds({ perShow: 10, perAddress: 1 });
    bounds.take('one', 'a');
    expect(() => bounds.take('two', 'a')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    bounds.take('two', 'b');
  });
});

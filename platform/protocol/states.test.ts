import { describe, expect, it } from 'vitest';
import { allTransitions, assertTransitions, canBecome, orderTransitions } from './states.ts';

describe('states', () => {
  it('lead only to states that there are', () => {
    for (const [name, table] of Object.entries(allTransitions)) {
      expect(() => assertTransitions(name, table)).not.toThrow();
    }
  });

  it('that do not exist or lead to themselves are found at boot', () => {
    expect(() => assertTransitions('lamp', { on: ['off'] })).toThrow('unknown state off');
    expect(() => assertTransitions('lamp', { on: ['on'] })).toThrow('leads to itself');
  });

  it('let an order be paid once and never unpaid', () => {
    expect(canBecome(orderTransitions, 'pending_payment', 'paid')).toBe(true);
    expect(canBecome(orderTransitions, 'paid', 'pending_payment')).toBe(false);
    expect(canBecome(orderTransitions, 'refunded', 'paid')).toBe(false);
  });
});

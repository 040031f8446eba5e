import type { Movement } from '@souk/protocol/http/desk';
import { describe, expect, it } from 'vitest';
import { withBalances } from './balances.ts';

const movement = (kind: Movement['kind'], deltas: Partial<Movement>): Movement => ({
  id: kind,
  kind,
  onHandDelta: 0,
  reservedDelta: 0,
  allocatedDelta: 0,
  saleId: null,
  orderId: null,
  actorName: null,
  reason: '',
  at: 0,
  ...deltas,
});

describe('the balances of a ledger', () => {
  it('are what could be sold after each movement, reckoned back from the present stock', () => {
    const movements = [
      movement('sell', { onHandDelta: -1, reservedDelta: -1 }),
      movement('reserve', { reservedDelta: 1 }),
      movement('allocate', { allocatedDelta: 4 }),
      movement('receive', { onHandDelta: 10 }),
    ];
    const lines = withBalances(movements, { onHand: 9, reserved: 0, allocated: 4 });
    expect(lines.map(({ movement: { kind }, availableAfter }) => [kind, availableAfter])).toEqual([
      ['sell', 5],
      ['reserve', 5],
      ['allocate', 6],
      ['receive', 10],
    ]);
  });
});

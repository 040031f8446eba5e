import type { Movement, Stock } from '@souk/protocol/http/desk';

/** A movement with what could be sold once it had happened. */
export interface LedgerLine {
  readonly movement: Movement;
  readonly availableAfter: number;
}

/** What a movement did to the units that can be sold. */
export function availableDelta(movement: Movement): number {
  return movement.onHandDelta - movement.reservedDelta - movement.allocatedDelta;
}

/** Reckons back from the present stock: `movements` are newest first, from the newest one on. */
export function withBalances(
  movements: readonly Movement[],
  stock: Pick<Stock, 'onHand' | 'reserved' | 'allocated'>,
): LedgerLine[] {
  let available = stock.onHand - stock.reserved - stock.allocated;
  return movements.map((movement) => {
    const line = { movement, availableAfter: available };
    available -= availableDelta(movement);
    return line;
  });
}

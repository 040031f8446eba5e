import type { SaleId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { PoolLeft } from './hold-scripts.ts';

/**
 * Which sales have nothing left, by what Redis answered a moment ago. In a rush nearly everybody is told so, and need
 * not ask Redis for it. Nothing is ever granted by this memory, see docs/adr/0015-a-node-remembers-that-a-sale-is-sold-out.md.
 */
export interface SoldOutMemory {
  has(saleId: SaleId): boolean;
  /** Redis had nothing left for who asked it at `askedAt` (server milliseconds), or later than that. */
  learn(saleId: SaleId, askedAt: number): void;
  /** Forgets the sales of which something has changed, whatever it is: their next buyer asks Redis. */
  notice(left: readonly PoolLeft[]): void;
}

/** Counted from the question, so that no answer, however late, is believed for longer. */
export const SOLD_OUT_TTL_MS = 200;
const MAX_SALES = 1_000;

export function createSoldOutMemory({ clock }: { readonly clock: Clock }): SoldOutMemory {
  const askedAt = new Map<string, number>();
  return {
    has(saleId) {
      const at = askedAt.get(saleId);
      if (at === undefined) return false;
      const ageMs = clock.now() - at;
      // A clock that was put back must not make it last.
      return ageMs >= 0 && ageMs < SOLD_OUT_TTL_MS;
    },
    learn(saleId, at) {
      askedAt.delete(saleId);
      askedAt.set(saleId, at);
      const oldest = askedAt.keys().next();
      if (askedAt.size > MAX_SALES && oldest.done !== true) askedAt.delete(oldest.value);
    },
    notice(left) {
      for (const { pool } of left) askedAt.delete(pool);
    },
  };
}

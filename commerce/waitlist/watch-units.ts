import { type SaleId, saleIdSchema } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { PoolLeft } from '../inventory/hold-scripts.ts';
import type { OfferUnits } from './offer-units.ts';

export interface UnitsWatch {
  /** Looks at new counts, and offers units that came free. Returns at once. */
  notice(left: readonly PoolLeft[]): void;
  /** Waits for what `notice` began. */
  close(): Promise<void>;
}

/** Offers units as soon as they come free; news during an offer are worked off after it. The sweep is behind. */
export function createUnitsWatch(deps: {
  readonly offerUnits: OfferUnits;
  readonly logger: Logger;
}): UnitsWatch {
  const running = new Map<SaleId, Promise<void>>();
  const again = new Set<SaleId>();

  const work = async (saleId: SaleId): Promise<void> => {
    do {
      again.delete(saleId);
      await deps
        .offerUnits(saleId)
        .catch((err: unknown) => deps.logger.warn({ event: 'units-not-offered', saleId, err }));
    } while (again.has(saleId));
    running.delete(saleId);
  };

  return {
    notice(left) {
      for (const { pool, free } of left) {
        if (free === undefined) continue;
        const saleId = saleIdSchema.parse(pool);
        if (running.has(saleId)) again.add(saleId);
        else running.set(saleId, work(saleId));
      }
    },
    async close() {
      await Promise.all(running.values());
    },
  };
}

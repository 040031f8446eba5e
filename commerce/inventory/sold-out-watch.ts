import type { SaleId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { sales } from '../db/schema/sales.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PoolLeft } from './hold-scripts.ts';
import type { HoldStore } from './hold-store.ts';

export interface SoldOutWatch {
  /** Looks at new counts, and says so when a sale has sold out or has units again. Returns at once. */
  notice(left: readonly PoolLeft[]): void;
  /** Compares what viewers were told of a running sale with what Redis has, and tells the difference. */
  check(saleId: SaleId): Promise<void>;
  /** Waits for what `notice` began. */
  close(): Promise<void>;
}

export interface SoldOutDeps {
  readonly db: Database;
  readonly holds: HoldStore;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
}

const MAX_REMEMBERED = 1_000;

/**
 * Tells `sale:sold-out` and `sale:restocked`. The row of the sale is locked while Redis is read, so that two nodes
 * which notice at once tell in the order in which it was so.
 */
export function createSoldOutWatch({ db, holds, outbox, clock, logger }: SoldOutDeps): SoldOutWatch {
  const known = new Map<SaleId, boolean>();
  const running = new Set<Promise<void>>();

  const check = (saleId: SaleId): Promise<void> =>
    inTransaction(db, async (tx) => {
      const running = and(eq(sales.id, saleId), eq(sales.status, 'running'));
      const [sale] = await tx.select().from(sales).where(running).for('update');
      if (sale === undefined) return;
      const count = (await holds.counts(sale.merchantId, [saleId])).get(saleId);
      if (count === undefined) return;
      const soldOut = count.left === 0;
      remember(known, saleId, soldOut);
      if (soldOut === sale.soldOut) return;
      await tx.update(sales).set({ soldOut }).where(eq(sales.id, saleId));
      const entry = createEntry(soldOut ? 'sale:sold-out' : 'sale:restocked', clock.now(), { saleId });
      await outbox.publish(tx, { kind: 'timeline', showId: sale.showId, entry });
    });

  return {
    check,
    notice(left) {
      for (const { pool, left: units } of left) {
        if (!isSale(pool) || (known.get(pool) ?? false) === (units === 0)) continue;
        remember(known, pool, units === 0);
        const work = check(pool).catch((err: unknown) =>
          logger.warn({ event: 'sold-out-not-told', saleId: pool, err }),
        );
        running.add(work);
        void work.finally(() => running.delete(work));
      }
    },
    async close() {
      await Promise.all(running);
    },
  };
}

const isSale = (pool: string): pool is SaleId => pool.startsWith('sal_');

function remember(known: Map<SaleId, boolean>, saleId: SaleId, soldOut: boolean): void {
  known.delete(saleId);
  known.set(saleId, soldOut);
  const oldest = known.keys().next();
  if (known.size > MAX_REMEMBERED && oldest.done !== true) known.delete(oldest.value);
}

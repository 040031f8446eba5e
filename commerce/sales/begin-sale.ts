import type { SaleId } from '@souk/protocol/ids';
import { canBecome, type SaleStatus, saleTransitions } from '@souk/protocol/states';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Availability } from '../inventory/availability.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockShow } from '../shows/show-repository.ts';
import { isDue } from './due.ts';
import type { EndSale } from './end-sale.ts';
import { findOverdueSales, findSale, lockSale, updateSale } from './sale-repository.ts';
import { poolsOfSale } from './sale-units.ts';
import { entryOfState } from './sale-view.ts';

export interface BeginSaleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly availability: Availability;
  readonly endSale: EndSale;
  readonly clock: Clock;
}

/** Moves a sale on when its instant has come; a sale that is further already is left as it is. */
export type MoveSale = (saleId: SaleId) => Promise<void>;

/** Tells viewers of a scheduled sale: its countdown begins. Its counts are in Redis before the first buyer can come. */
export function createAnnounceSale(deps: BeginSaleDeps): MoveSale {
  return async (saleId) => {
    const sale = await findSale(deps.db.orm, saleId);
    if (sale === undefined || sale.status !== 'scheduled') return;
    const now = deps.clock.now();
    // A sale whose start has come is not announced any more, it begins.
    if (!isDue(sale.announceAt, now) || sale.startsAt <= now) return;
    await moveOn(deps, sale, 'announced');
  };
}

/** Lets a sale run when its start has come; one whose show is not on air then ends as `show-not-live`. */
export function createBeginSale(deps: BeginSaleDeps): MoveSale {
  return async (saleId) => {
    const sale = await findSale(deps.db.orm, saleId);
    if (sale === undefined || !canBecome(saleTransitions, sale.status, 'running')) return;
    if (!isDue(sale.startsAt, deps.clock.now())) return;
    if (!(await moveOn(deps, sale, 'running'))) await deps.endSale(saleId, 'show-not-live');
  };
}

/** False when the sale cannot run because its show is not on air. */
async function moveOn(
  deps: BeginSaleDeps,
  { id, showId, merchantId, variantId }: SaleRow,
  status: Exclude<SaleStatus, 'ended'>,
): Promise<boolean> {
  const { db, outbox, availability, endSale, clock } = deps;
  // The sale before it may still wait for its job; only one of a variant can be in front of viewers.
  for (const overdue of await findOverdueSales(db.orm, showId, variantId, clock.now()))
    if (overdue.id !== id) await endSale(overdue.id, 'time-up');
  const moved = await inTransaction(db, async (tx) => {
    const show = await lockShow(tx, showId);
    const sale = await lockSale(tx, id);
    if (sale === undefined || !canBecome(saleTransitions, sale.status, status)) return 'done';
    if (status === 'running' && show.status !== 'live') return 'show-not-live';
    const changed = await updateSale(tx, sale, { status }, clock.now());
    const entry = entryOfState(changed);
    if (entry !== undefined) await outbox.publish(tx, { kind: 'timeline', showId, entry });
    return changed;
  });
  if (moved === 'show-not-live') return false;
  if (moved !== 'done') await availability.refreshOrLater(merchantId, poolsOfSale(moved));
  return true;
}

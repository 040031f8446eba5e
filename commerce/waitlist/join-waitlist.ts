import type { WaitlistEntry } from '@souk/protocol/http/sales';
import { createId, type SaleId, type ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldScriptAnswer } from '../inventory/hold-scripts.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';
import { assertMayBuy } from '../inventory/take-hold.ts';
import { prepareOffer } from './offer-units.ts';
import { findActiveEntry, insertEntry } from './waitlist-repository.ts';
import { listWaits } from './waitlist-view.ts';

export interface JoinWaitlistDeps {
  readonly db: Database;
  readonly facts: ShopFacts;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
}

export type JoinWaitlist = (caller: Caller, showId: ShowId, saleId: SaleId) => Promise<WaitlistEntry>;

/** A sale that Redis has lost is loaded, and the question asked again, this often. */
const MAX_LOADS = 3;

/**
 * Lets a buyer wait for a unit of a sale that is sold out; who waits already keeps the place. Throws AppError
 * SHOW_NOT_FOUND, SHOW_NOT_LIVE, SHOW_ENDED, GUESTS_NOT_ALLOWED, BANNED, SALE_NOT_FOUND, PRODUCT_NOT_IN_LINEUP, SALE_NOT_OPEN,
 * BUYER_LIMIT_REACHED, NOT_SOLD_OUT, WAITLIST_FULL.
 */
export function createJoinWaitlist(deps: JoinWaitlistDeps): JoinWaitlist {
  const { db, facts, holds, clock } = deps;
  return async (caller, showId, saleId) => {
    assertMayBuy(await facts.getShow(showId), caller);
    await facts.assertNotBanned(showId, caller.userId);
    const sale = await facts.getSale(saleId);
    if (sale.showId !== showId) throw new AppError('SALE_NOT_FOUND');
    await prepareOffer(facts, sale);
    if ((await findActiveEntry(db.orm, saleId, caller.userId)) === undefined) {
      // Counted in Redis first: from then on nobody who does not wait comes before this buyer.
      await countIn(deps, caller, sale);
      const countOut = () => holds.waitLess(sale.merchantId, saleId, 'less', 1);
      const isNew = await writeDown(deps, caller, sale).catch(async (error: unknown) => {
        await countOut();
        throw error;
      });
      if (!isNew) await countOut();
    }
    const [entry] = await listWaits(db.orm, caller.userId, clock.now(), saleId);
    if (entry === undefined) throw new AppError('UNAVAILABLE', { detail: 'the wait is not to be found' });
    return entry;
  };
}

async function countIn(
  { holds, availability }: JoinWaitlistDeps,
  { userId }: Caller,
  { id: saleId, merchantId }: SaleRow,
): Promise<void> {
  for (let loads = 0; ; loads += 1) {
    const { code, left } = await holds.waitMore(merchantId, saleId, userId, limits.waitlistEntries);
    availability.changed(merchantId, left);
    if (code === 'OK') return;
    if (code !== 'NOT_LOADED' || loads === MAX_LOADS) throw refusal(code);
    await availability.refresh(merchantId, { variantIds: [], saleIds: [saleId] });
  }
}

function refusal(code: Exclude<HoldScriptAnswer<'wait-more'>['code'], 'OK'>): AppError {
  return code === 'NOT_LOADED'
    ? new AppError('UNAVAILABLE', { detail: `wait: ${code}` })
    : new AppError(code);
}

/** False when this buyer waits already. */
async function writeDown(
  { db, clock }: JoinWaitlistDeps,
  { userId: buyerId }: Caller,
  { id: saleId, showId }: SaleRow,
): Promise<boolean> {
  const now = clock.now();
  const written = await insertEntry(db.orm, {
    id: createId('waitlistEntry'),
    saleId,
    showId,
    buyerId,
    status: 'waiting',
    // The hold of the offer is named beforehand: who dies between the hold and its row is found again.
    holdId: createId('hold'),
    offerExpiresAt: null,
    joinedAt: now,
    updatedAt: now,
  });
  return written !== undefined;
}

import type { HoldId, MerchantId } from '@souk/protocol/ids';
import { inTransaction } from '../db/database.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import { takeLoaded } from '../inventory/take-hold.ts';
import { ignoreUnavailable, type OfferDeps, prepareOffer } from './offer-units.ts';
import { endOffers, findClaimedHolds, listOffered, type WaitlistRow } from './waitlist-repository.ts';
import { toldOfEnd } from './waitlist-view.ts';

/** Offers that are looked at in one turn. */
const TURN_LIMIT = 1_000;
/** A lost hold with less than this left is not taken again. */
const WORTH_TAKING_MS = 1_000;

interface Offer {
  readonly entry: WaitlistRow;
  readonly sale: SaleRow;
}

/**
 * Writes down what became of offers: accepted when the hold went into an order, passed when it was released or has run
 * out. A hold that Redis has lost is taken again for the time that was promised.
 */
export function createResolveOffers(deps: OfferDeps): () => Promise<void> {
  return async () => {
    const offers = await listOffered(deps.db.orm, TURN_LIMIT);
    const statuses = await readStatuses(deps, offers);
    const over = offers.filter(({ entry }) => !isStanding(statuses.get(nameOf(entry))));
    const claimed = await findClaimedHolds(
      deps.db.orm,
      over.map(({ entry }) => nameOf(entry)),
    );
    const isAccepted = ({ entry }: Offer): boolean => claimed.has(nameOf(entry));
    await end(deps, over.filter(isAccepted), 'accepted');
    const passed: Offer[] = [];
    for (const offer of over.filter((one) => !isAccepted(one))) {
      const isLost = !statuses.has(nameOf(offer.entry));
      if (!(isLost && (await takeAgain(deps, offer)))) passed.push(offer);
    }
    await end(deps, passed, 'passed');
  };
}

function nameOf({ holdId, id }: WaitlistRow): HoldId {
  if (holdId === null) throw new Error(`${id} was offered without a hold`);
  return holdId;
}

const isStanding = (status: string | undefined): boolean => status === 'active' || status === 'claiming';

async function readStatuses({ holds }: OfferDeps, offers: readonly Offer[]) {
  const byMerchant = new Map<MerchantId, HoldId[]>();
  for (const { entry, sale } of offers) {
    const ofMerchant = byMerchant.get(sale.merchantId) ?? [];
    ofMerchant.push(nameOf(entry));
    byMerchant.set(sale.merchantId, ofMerchant);
  }
  const found = await Promise.all([...byMerchant].map(([id, holdIds]) => holds.statuses(id, holdIds)));
  return new Map(found.flatMap((statuses) => [...statuses]));
}

/** True when the buyer has the unit again. */
async function takeAgain(deps: OfferDeps, { entry, sale }: Offer): Promise<boolean> {
  const windowMs = (entry.offerExpiresAt ?? 0) - deps.clock.now();
  if (windowMs < WORTH_TAKING_MS) return false;
  const goods = await prepareOffer(deps.facts, sale).catch(ignoreUnavailable);
  if (goods === undefined) return false;
  const view = { ...goods, id: nameOf(entry) };
  // Redis has counted this buyer among those who wait when it was filled again, see `countEntitled`.
  const { code } = await takeLoaded(deps, { view, buyerId: entry.buyerId, windowMs, isOffer: true });
  return code === 'OK';
}

async function end(
  { db, outbox, clock }: OfferDeps,
  offers: readonly Offer[],
  status: 'accepted' | 'passed',
): Promise<void> {
  if (offers.length === 0) return;
  const now = clock.now();
  await inTransaction(db, async (tx) => {
    const seqs = offers.map(({ entry }) => entry.seq);
    const ended = await endOffers(tx, seqs, status, now);
    await outbox.publish(tx, ...ended.map((entry) => toldOfEnd(entry, now)));
  });
}

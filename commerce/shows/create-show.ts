import { createId, type MerchantId, type ProductId, type ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { getMerchant } from '../accounts/merchant-repository.ts';
import { holdCatalog } from '../catalog/catalog-lock.ts';
import { type Database, inTransaction } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import { lockMerchantRules } from '../moderation/ban-repository.ts';
import { readModeration } from '../moderation/read-moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { getLineupCards } from './set-lineup.ts';
import { insertShow, replaceLineup } from './show-repository.ts';

export interface NewShow {
  readonly merchantId: MerchantId;
  readonly title: string;
  readonly productIds: readonly ProductId[];
  /** As the house does it when left out. */
  readonly isRecorded?: boolean;
}

export type CreateShow = (host: Pick<Caller, 'userId' | 'name'>, show: NewShow) => Promise<ShowId>;

/** Makes draft shows. Throws AppError NOT_FOUND for an unknown merchant, PRODUCT_NOT_FOUND for a foreign product. */
export function createCreateShow(deps: {
  db: Database;
  outbox: Outbox;
  clock: Clock;
  /** Whether a new show is recorded when nobody says otherwise. */
  recordShows: boolean;
}): CreateShow {
  const { db, outbox, clock, recordShows } = deps;
  return (host, { merchantId, title, productIds, isRecorded = recordShows }) =>
    inTransaction(db, async (tx) => {
      await holdCatalog(tx, merchantId);
      const merchant = await getMerchant(tx, merchantId);
      await lockMerchantRules(tx, merchantId);
      const now = clock.now();
      const showId = createId('show');
      const products = await getLineupCards(tx, merchantId, productIds);
      await insertShow(tx, {
        id: showId,
        merchantId,
        hostId: host.userId,
        title,
        isRecorded,
        createdAt: now,
      });
      await replaceLineup(
        tx,
        showId,
        products.map((product) => product.id),
      );
      const { name: merchantName, currency, policy } = merchant;
      const facts = {
        title,
        merchantId,
        merchantName,
        hostId: host.userId,
        hostName: host.name,
        currency,
        policy,
      };
      const rules = await readModeration(tx, showId, now);
      await outbox.publish(
        tx,
        { kind: 'timeline', showId, entry: createEntry('show:created', now, facts) },
        { kind: 'timeline', showId, entry: createEntry('lineup:changed', now, { products }) },
        ...rules.map((entry) => ({ kind: 'timeline', showId, entry }) as const),
      );
      return showId;
    });
}

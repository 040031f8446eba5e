import type { ProductCard } from '@souk/protocol/catalog';
import { type MerchantId, type ShowId, showIdSchema } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { z } from 'zod';
import { findUserByEmail } from '../accounts/user-repository.ts';
import { listProductIds } from '../catalog/list-products.ts';
import { readProductCards } from '../catalog/product-repository.ts';
import type { Database } from '../db/database.ts';
import { findSetting, saveSetting } from '../db/settings.ts';
import type { ModeratorRoster } from '../moderation/moderator-roster.ts';
import type { CreateShow } from '../shows/create-show.ts';
import type { ShowLifecycle } from '../shows/show-lifecycle.ts';
import { findLineup, getShowCard } from '../shows/show-repository.ts';
import { DEMO_HOST_EMAIL, DEMO_MODERATOR_EMAIL } from './demo-accounts.ts';

/** What the demo picture is made of: the show, and its products in the order of the line-up. */
export interface DemoShowView {
  readonly showId: ShowId;
  readonly products: readonly {
    readonly title: string;
    /** The least of its variants' prices. */
    readonly priceMinor: number;
    readonly currency: string;
    readonly pictureUrl: string;
  }[];
}

export const DEMO_SHOW_TITLE = 'Lumen & Co live: the demo show';
const SHOW_SETTING = 'demo-show';
const showSettingSchema = z.object({ showId: showIdSchema });

export interface DemoShow {
  /** The live demo show; a new one is put on air when there is none. */
  ensure(merchantId: MerchantId): Promise<ShowId>;
  /** Ends the demo show of an earlier start, if it is still on air. */
  retire(): Promise<void>;
  findView(): Promise<DemoShowView | undefined>;
  products(showId: ShowId): Promise<ProductCard[]>;
}

export function createDemoShow(deps: {
  db: Database;
  createShow: CreateShow;
  lifecycle: ShowLifecycle;
  roster: ModeratorRoster;
}): DemoShow {
  const { db, createShow, lifecycle, roster } = deps;
  const { orm } = db;
  const findLive = async (): Promise<ShowId | undefined> => {
    const setting = await findSetting(orm, SHOW_SETTING, showSettingSchema);
    if (setting === undefined) return undefined;
    const { status } = await getShowCard(orm, setting.showId);
    return status === 'live' ? setting.showId : undefined;
  };
  const products = async (showId: ShowId): Promise<ProductCard[]> =>
    readProductCards(orm, await findLineup(orm, showId));
  return {
    async ensure(merchantId) {
      const live = await findLive();
      if (live !== undefined) return live;
      const host = await findUserByEmail(orm, DEMO_HOST_EMAIL);
      if (host === undefined) throw new Error('the demo host is missing: seed the demo shop first');
      const { items: productIds } = await listProductIds(orm, merchantId, { limit: limits.lineupProducts });
      const caller = { userId: host.id, name: host.name };
      const show = { merchantId, title: DEMO_SHOW_TITLE, productIds, isRecorded: false };
      const showId = await createShow(caller, show);
      await roster.invite(showId, DEMO_MODERATOR_EMAIL, host.id);
      await lifecycle.goLive(showId);
      await saveSetting(orm, SHOW_SETTING, { showId });
      return showId;
    },
    async retire() {
      const live = await findLive();
      if (live !== undefined) await lifecycle.end(live, { reason: 'host-gone' });
    },
    async findView() {
      const showId = await findLive();
      return showId === undefined
        ? undefined
        : { showId, products: (await products(showId)).map(toPictured) };
    },
    products,
  };
}

function toPictured({
  title,
  currency,
  pictureUrl,
  variants,
}: ProductCard): DemoShowView['products'][number] {
  return {
    title,
    currency,
    pictureUrl,
    priceMinor: Math.min(...variants.map((variant) => variant.priceMinor)),
  };
}

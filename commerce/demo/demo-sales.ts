import type { ProductCard, VariantCard } from '@souk/protocol/catalog';
import type { ShowId } from '@souk/protocol/ids';
import { findUserByEmail } from '../accounts/user-repository.ts';
import type { Executor } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import { DEMO_HOST_EMAIL } from './demo-accounts.ts';

export interface DemoSales {
  /** Starts a flash sale on one variant of the product, restocked before when it runs low. */
  start(showId: ShowId, product: ProductCard): Promise<void>;
}

const SALE_UNITS = 8;
const SALE_SECONDS = 75;
/** Over before the next product comes. */
const COUNTDOWN_SECONDS = 8;
const PER_BUYER_LIMIT = 2;
const LOW_STOCK_UNITS = 15;
const RESTOCK_UNITS = 40;
/** Three quarters of the ordinary price. */
const salePriceOf = (priceMinor: number): number => Math.max(1, Math.round((priceMinor * 3) / 400) * 100);

/** Goes through the handlers of the API, as the host's page would. */
export function createDemoSales(deps: {
  orm: Executor;
  handlers: HandlersOf<'sale:start' | 'stock:adjust'>;
}): DemoSales {
  const { orm, handlers } = deps;
  return {
    async start(showId, product) {
      const variant = product.variants[0];
      const caller = await findHost(orm);
      if (variant === undefined || caller === undefined) return;
      await restock(handlers, caller, product, variant);
      await handlers['sale:start']({
        params: { showId },
        query: undefined,
        body: {
          variantId: variant.id,
          units: SALE_UNITS,
          priceMinor: salePriceOf(variant.priceMinor),
          perBuyerLimit: PER_BUYER_LIMIT,
          seconds: SALE_SECONDS,
          countdownSeconds: COUNTDOWN_SECONDS,
        },
        caller,
        idempotencyKey: undefined,
        session: undefined,
      });
    },
  };
}

async function restock(
  handlers: HandlersOf<'stock:adjust'>,
  caller: Caller,
  { merchantId }: ProductCard,
  { id: variantId, available, contents }: VariantCard,
): Promise<void> {
  // A bundle has no stock of its own.
  if (available >= LOW_STOCK_UNITS || contents !== undefined) return;
  await handlers['stock:adjust']({
    params: { merchantId, variantId },
    query: undefined,
    body: { delta: RESTOCK_UNITS, reason: 'demo show' },
    caller,
    idempotencyKey: undefined,
    session: undefined,
  });
}

async function findHost(orm: Executor): Promise<Caller | undefined> {
  const user = await findUserByEmail(orm, DEMO_HOST_EMAIL);
  return user === undefined ? undefined : { userId: user.id, name: user.name, grants: [], isGuest: false };
}

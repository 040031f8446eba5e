import type { ProductCard } from '@souk/protocol/catalog';
import type { MerchantId } from '@souk/protocol/ids';
import { isExpected } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Companion } from '../service.ts';
import type { Pins } from '../shows/pin-product.ts';
import type { DemoCoupons } from './demo-coupons.ts';
import type { DemoSales } from './demo-sales.ts';
import type { DemoShow } from './demo-show.ts';

/** Each product is in the picture, and pinned, for this long. The picture reckons with the same number. */
export const DEMO_PRODUCT_MS = 12_000;
/** A flash sale begins with every tenth product. */
const TURNS_PER_SALE = 10;
/** Of those ten turns, the one with which a coupon is pinned, and the one with which it goes. */
const COUPON_TURN = 3;
const NO_COUPON_TURN = 9;

export interface DemoDirectorDeps {
  readonly prepare: () => Promise<MerchantId>;
  readonly demoShow: DemoShow;
  readonly pins: Pins;
  readonly sales: DemoSales;
  readonly coupons: DemoCoupons;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Runs the demo show: keeps it on air, pins the product that the picture shows (both follow the wall clock),
 * shows a coupon and starts a flash sale now and then, through the same use cases as a host.
 */
export function createDemoDirector(deps: DemoDirectorDeps): Companion {
  const { prepare, demoShow, pins, sales, coupons, clock, logger } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  const playTurn = async (merchantId: MerchantId): Promise<void> => {
    const turn = Math.floor(clock.now() / DEMO_PRODUCT_MS);
    const showId = await demoShow.ensure(merchantId);
    const products = await demoShow.products(showId);
    const product = productOfTurn(products, turn);
    if (product === undefined) return;
    await pins.set(showId, { productId: product.id, at: turn * DEMO_PRODUCT_MS });
    if (turn % TURNS_PER_SALE === 0) await sales.start(showId, product);
    if (turn % TURNS_PER_SALE === COUPON_TURN) await coupons.pin(showId, merchantId);
    if (turn % TURNS_PER_SALE === NO_COUPON_TURN) await coupons.unpin(showId);
  };
  // A turn that fails (somebody has ended the show, the stock is gone) must not end the demo.
  const tryTurn = (merchantId: MerchantId): Promise<void> =>
    playTurn(merchantId).catch((err: unknown) => {
      logger[isExpected(err) ? 'info' : 'warn']({ event: 'demo-turn-failed', err });
    });
  const schedule = (merchantId: MerchantId): void => {
    if (stopped) return;
    const waitMs = DEMO_PRODUCT_MS - (clock.now() % DEMO_PRODUCT_MS);
    timer = setTimeout(() => {
      running = tryTurn(merchantId).finally(() => schedule(merchantId));
    }, waitMs);
  };
  return {
    async start() {
      const merchantId = await prepare();
      await coupons.ensure(merchantId);
      await tryTurn(merchantId);
      schedule(merchantId);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** The product that is shown in that turn: all in their order, again and again. */
export function productOfTurn(products: readonly ProductCard[], turn: number): ProductCard | undefined {
  return products[turn % products.length];
}

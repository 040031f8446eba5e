import type { MerchantId, SaleId, VariantId } from '@souk/protocol/ids';
import type { Random } from '@souk/protocol/testing/random';
import { logInMerchant } from '../scenarios/acts/log-in-merchant.ts';
import { openShow } from '../scenarios/acts/open-show.ts';
import type { Wares } from './crowd.ts';
import { createHonestApi } from './honest-api.ts';
import type { ChaosHouse } from './house.ts';

/** The show of a run, and those who run it. */
export interface Shop {
  /** Fills the shelves and starts flash sales on two variants. */
  open(random: Random, size: ShopSize): Promise<Wares>;
  /** Stops the sales, whatever else is under way. */
  stopSales(wares: Wares, signal: AbortSignal): Promise<void>;
}

export interface ShopSize {
  /** In all sales together. */
  readonly units: number;
  /** At the ordinary price, of each variant. */
  readonly shelf: number;
  readonly saleSeconds: number;
}

const SALES = 2;
const VARIANTS = 5;
const PRICE_MINOR = 1_000;
const PER_BUYER = 1;

/** Puts a show on air. */
export async function openShop(house: ChaosHouse, random: Random): Promise<Shop> {
  const merchant = await logInMerchant(house);
  const { showId, host, lineup } = await openShow(house);
  const merchantId = lineup[0]?.merchantId;
  if (merchantId === undefined) throw new Error('the demo shop is empty');
  const variantIds = random
    .shuffle(lineup.flatMap(({ variants }) => variants.map(({ id }) => id)))
    .slice(0, VARIANTS);
  let accessToken = '';
  const fill = (variantId: VariantId, wanted: number) => fillShelf(merchant, merchantId, variantId, wanted);
  return {
    async open(turn, { units, shelf, saleSeconds }) {
      await merchant.renew();
      ({ accessToken } = await host.renew());
      const perSale = Math.ceil(units / SALES);
      for (const variantId of variantIds) await fill(variantId, shelf + perSale);
      const sales: { saleId: SaleId; variantId: VariantId }[] = [];
      for (const variantId of turn.shuffle(variantIds).slice(0, SALES)) {
        const { sale } = await host.call('sale:start', {
          params: { showId },
          body: {
            variantId,
            units: perSale,
            priceMinor: PRICE_MINOR,
            perBuyerLimit: PER_BUYER,
            seconds: saleSeconds,
          },
        });
        sales.push({ saleId: sale.id, variantId });
      }
      return { showId, sales, variantIds };
    },
    async stopSales({ sales }, signal) {
      const api = createHonestApi({
        urls: house.commerceUrls,
        accessToken,
        random,
        signal,
        onInternal: () => undefined,
      });
      for (const { saleId } of sales) await api.answer('sale:stop', { params: { showId, saleId }, body: {} });
    },
  };
}

/** Brings what can be sold of a variant to that many units. */
async function fillShelf(
  merchant: Awaited<ReturnType<typeof logInMerchant>>,
  merchantId: MerchantId,
  variantId: VariantId,
  wanted: number,
): Promise<void> {
  const { stock } = await merchant.call('stock:list', { params: { merchantId }, query: {} });
  const row = stock.find((candidate) => candidate.variantId === variantId);
  if (row === undefined) throw new Error(`${variantId} has no stock`);
  const delta = wanted - row.available;
  if (delta === 0) return;
  await merchant.call('stock:adjust', {
    params: { merchantId, variantId },
    body: { delta, reason: 'chaos' },
  });
}

import { couponCodeSchema } from '@souk/protocol/coupon';
import { type MerchantId, merchantIdSchema } from '@souk/protocol/ids';
import { z } from 'zod';
import { createStore, useStore } from 'zustand';

const keptSchema = z.object({ merchantId: merchantIdSchema, code: couponCodeSchema });
/** A code that this tab wants to use at a shop's checkout. */
export type KeptCoupon = z.infer<typeof keptSchema>;

const STORAGE_KEY = 'souk.coupon';

const store = createStore<{ kept: KeptCoupon | null }>(() => ({ kept: loadCoupon() }));

/** What was kept in this tab; null when nothing was, or what is stored has another shape. */
export function loadCoupon(
  storage: Pick<Storage, 'getItem'> | undefined = globalThis.sessionStorage,
): KeptCoupon | null {
  const stored = storage?.getItem(STORAGE_KEY) ?? null;
  if (stored === null) return null;
  const kept = keptSchema.safeParse(JSON.parse(stored));
  return kept.success ? kept.data : null;
}

/** Keeps a code for the checkout at a shop, instead of the one before. */
export function keepCoupon(kept: KeptCoupon): void {
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
  store.setState({ kept });
}

export function dropCoupon(): void {
  sessionStorage.removeItem(STORAGE_KEY);
  store.setState({ kept: null });
}

/** The code that is kept for this shop. */
export function useKeptCoupon(merchantId: MerchantId | undefined): string | undefined {
  const kept = useStore(store, (state) => state.kept);
  return kept !== null && kept.merchantId === merchantId ? kept.code : undefined;
}

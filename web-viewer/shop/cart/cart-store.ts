import type { ErrorCode } from '@souk/protocol/error-codes';
import type { OrderId } from '@souk/protocol/ids';
import { createStore, useStore } from 'zustand';

/** What the shop's sheet shows over the running picture. */
export type CartView =
  | { readonly kind: 'closed' }
  | { readonly kind: 'cart' }
  | { readonly kind: 'checkout' }
  | { readonly kind: 'order'; readonly orderId: OrderId }
  | { readonly kind: 'products' };

interface CartState {
  readonly view: CartView;
  /** Something that happened to what was held, said until the next step. */
  readonly notice: ErrorCode | null;
}

const store = createStore<CartState>(() => ({ view: { kind: 'closed' }, notice: null }));

/** Goes to a view of the sheet; what was said before is settled then. */
export function showCart(view: CartView): void {
  store.setState({ view, notice: null });
}

export function setCartNotice(notice: ErrorCode | null): void {
  store.setState({ notice });
}

export function useCartView(): CartView {
  return useStore(store, (state) => state.view);
}

export function useCartNotice(): ErrorCode | null {
  return useStore(store, (state) => state.notice);
}

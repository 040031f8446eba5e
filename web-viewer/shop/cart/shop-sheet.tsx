import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../api/show-feed.ts';
import { ErrorNotice } from '../../ui/error-message.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CheckoutForm } from '../checkout/checkout-form.tsx';
import { OrderProgress } from '../order/order-progress.tsx';
import { CartPanel } from './cart-panel.tsx';
import { type CartView, setCartNotice, showCart, useCartNotice, useCartView } from './cart-store.ts';
import { HoldTimer } from './hold-timer.tsx';
import type { Cart } from './use-holds.ts';

export interface ShopSheetProps {
  feed: ShowFeed;
  cart: Cart;
  /** The line-up, for pages that have no column of their own for it. */
  products: ReactNode;
}

/** Cart, checkout, order and line-up in one sheet over the running picture. */
export function ShopSheet({ feed, cart, products }: ShopSheetProps) {
  const { t } = useTranslation();
  const current = useCartView();
  const [view, setView] = useState(current);
  // While the sheet slides out it still shows what it showed.
  if (current.kind !== 'closed' && current !== view) setView(current);
  const notice = useCartNotice();
  const isClosed = current.kind === 'closed';
  useEffect(() => {
    if (notice === null || !isClosed) return;
    showToast(t(`errors.${notice}`), { tone: 'danger' });
    setCartNotice(null);
  }, [notice, isClosed, t]);
  const titles = {
    closed: '',
    cart: t('shop.cart'),
    checkout: t('shop.checkout'),
    order: t('shop.orderPlaced'),
    products: t('watch.products'),
  } as const satisfies Record<CartView['kind'], string>;
  const firstToExpire = cart.holds.find((hold) => hold.expiresAt === cart.expiresAt);
  const showsHold = view.kind === 'cart' || view.kind === 'checkout';
  return (
    <Sheet
      open={!isClosed}
      onOpenChange={(open) => !open && showCart({ kind: 'closed' })}
      title={titles[view.kind]}
      // Over the products: picture, buy card and chat stay in use while somebody pays.
      side="start"
      lead={
        view.kind === 'checkout' && (
          <IconButton
            label={t('shop.toCart')}
            icon={<ChevronLeft className="size-5 rtl:-scale-x-100" />}
            onClick={() => showCart({ kind: 'cart' })}
            className="-ms-3"
          />
        )
      }
    >
      {showsHold && (notice !== null || firstToExpire !== undefined) && (
        <div className="flex flex-col gap-2 px-5 pb-2">
          {notice !== null && <ErrorNotice code={notice} />}
          {firstToExpire !== undefined && <HoldTimer hold={firstToExpire} withNote={view.kind === 'cart'} />}
        </div>
      )}
      <ShopView view={view} feed={feed} cart={cart} products={products} />
    </Sheet>
  );
}

function ShopView({ view, feed, cart, products }: ShopSheetProps & { view: CartView }) {
  switch (view.kind) {
    case 'closed':
      return null;
    case 'cart':
      return <CartPanel cart={cart} />;
    case 'checkout':
      return <CheckoutForm cart={cart} />;
    case 'order':
      return <OrderProgress key={view.orderId} orderId={view.orderId} feed={feed} />;
    case 'products':
      return products;
  }
}

import { ShoppingBag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { showCart } from '../../shop/cart/cart-store.ts';
import { type Cart, holdSpanMs } from '../../shop/cart/use-holds.ts';
import { HoldRing } from '../../ui/hold-ring.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

/** The way to the cart; a ring runs down around it while something is held. */
export function CartButton({ cart, variant }: { cart: Cart; variant: 'soft' | 'glass' }) {
  const { t } = useTranslation();
  const first = cart.holds.find((hold) => hold.expiresAt === cart.expiresAt);
  const button = (
    <IconButton
      variant={variant}
      data-testid="open-cart"
      label={t('shop.cartWith', { count: cart.itemCount })}
      icon={<ShoppingBag className="size-5" />}
      onClick={() => showCart({ kind: 'cart' })}
    />
  );
  if (first === undefined) return button;
  return (
    <HoldRing expiresAt={first.expiresAt} totalMs={holdSpanMs(first)} className="size-12">
      {button}
      <span className="figures absolute -end-0.5 -top-0.5 grid size-5 place-items-center rounded-full bg-accent text-xs font-bold text-on-accent">
        {cart.itemCount}
      </span>
    </HoldRing>
  );
}

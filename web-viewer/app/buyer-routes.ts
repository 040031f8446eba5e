import type { RouteObject } from 'react-router';

/** The buyers' pages that stand in the common frame; each is a chunk of its own. */
export const buyerRoutes: RouteObject[] = [
  {
    path: '/orders',
    lazy: async () => ({ Component: (await import('../pages/orders/orders-page.tsx')).OrdersPage }),
  },
  {
    path: '/orders/:orderId',
    lazy: async () => ({ Component: (await import('../pages/orders/order-page.tsx')).OrderPage }),
  },
  {
    path: '/products/:productId',
    lazy: async () => ({ Component: (await import('../pages/product/product-page.tsx')).ProductPage }),
  },
  {
    path: '/shop/:merchantId',
    lazy: async () => ({ Component: (await import('../pages/shop/shop-page.tsx')).ShopPage }),
  },
];

/** A receipt stands alone on its page. */
export const receiptRoute: RouteObject = {
  path: '/orders/:orderId/receipt',
  lazy: async () => ({ Component: (await import('../pages/orders/receipt-page.tsx')).ReceiptPage }),
};

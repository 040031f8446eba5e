import type { RouteObject } from 'react-router';

/** The desk and its tabs; each tab is a chunk of its own. */
export const deskRoutes: RouteObject = {
  path: '/desk',
  lazy: async () => ({ Component: (await import('./desk-page.tsx')).DeskPage }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./desk-start.tsx')).DeskStart }) },
    {
      path: 'products',
      lazy: async () => ({ Component: (await import('./products/products-tab.tsx')).ProductsTab }),
    },
    {
      path: 'products/new',
      lazy: async () => ({ Component: (await import('./products/new-product-page.tsx')).NewProductPage }),
    },
    {
      path: 'products/import',
      lazy: async () => ({ Component: (await import('./products/import-page.tsx')).ImportPage }),
    },
    {
      path: 'products/:productId',
      lazy: async () => ({ Component: (await import('./products/product-page.tsx')).DeskProductPage }),
    },
    { path: 'stock', lazy: async () => ({ Component: (await import('./stock/stock-tab.tsx')).StockTab }) },
    {
      path: 'coupons',
      lazy: async () => ({ Component: (await import('./coupons/coupons-tab.tsx')).CouponsTab }),
    },
    {
      path: 'orders',
      lazy: async () => ({ Component: (await import('./orders/orders-tab.tsx')).OrdersTab }),
    },
    {
      path: 'payments',
      lazy: async () => ({ Component: (await import('./payments/payments-tab.tsx')).PaymentsTab }),
    },
    {
      path: 'community',
      lazy: async () => ({ Component: (await import('./community/community-tab.tsx')).CommunityTab }),
    },
    {
      path: 'settings',
      lazy: async () => ({ Component: (await import('./settings/settings-tab.tsx')).SettingsTab }),
    },
  ],
};

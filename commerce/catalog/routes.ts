import type { MerchantId, ProductId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Executor } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { ArchiveProduct } from './archive-product.ts';
import { getDeskProduct, listDeskProducts } from './desk-products.ts';
import { listProductCards } from './list-products.ts';
import { createGetProductPage } from './product-page.ts';
import type { ProductPictures } from './product-pictures.ts';
import type { SaveProduct } from './save-product.ts';
import { createGetShopPage } from './shop-page.ts';

export interface CatalogRoutesDeps {
  readonly orm: Executor;
  readonly clock: Clock;
  readonly saveProduct: SaveProduct;
  readonly archiveProduct: ArchiveProduct;
  readonly pictures: ProductPictures;
}

export type CatalogNames =
  | 'product:list'
  | 'product:get'
  | 'product:create'
  | 'product:update'
  | 'product:archive'
  | 'shop:get'
  | 'desk:products'
  | 'desk:product'
  | 'picture:add'
  | 'picture:arrange';

/** Handlers of products and their pictures. Those that change a product answer with it as it is then. */
export function createCatalogRoutes(deps: CatalogRoutesDeps): HandlersOf<CatalogNames> {
  const { orm, saveProduct, archiveProduct, pictures } = deps;
  const getProductPage = createGetProductPage(orm);
  const getShopPage = createGetShopPage(deps);
  const answer = async (merchantId: MerchantId, productId: ProductId) => ({
    product: await getDeskProduct(orm, merchantId, productId),
  });
  return {
    'product:list': async ({ params, query }) => {
      const { items, nextCursor } = await listProductCards(orm, params.merchantId, query);
      return { products: [...items], nextCursor };
    },
    'product:get': ({ params }) => getProductPage(params.productId),
    'shop:get': ({ params, query }) => getShopPage(params.merchantId, query),
    'desk:products': async ({ params, query: { archived, ...wish } }) => {
      const isArchived = archived === 'yes';
      const { items, nextCursor } = await listDeskProducts(orm, params.merchantId, { ...wish, isArchived });
      return { products: [...items], nextCursor };
    },
    'desk:product': ({ params }) => answer(params.merchantId, params.productId),
    'product:create': async ({ params: { merchantId }, body }) =>
      answer(merchantId, await saveProduct.create(merchantId, body)),
    'product:update': async ({ params: { merchantId, productId }, body }) => {
      await saveProduct.update(merchantId, productId, body);
      return answer(merchantId, productId);
    },
    'product:archive': async ({ params: { merchantId, productId }, body }) => {
      await archiveProduct(merchantId, productId, body.isArchived);
      return answer(merchantId, productId);
    },
    'picture:add': async ({ params: { merchantId, productId }, body }) => {
      await pictures.add(merchantId, productId, body.dataBase64);
      return answer(merchantId, productId);
    },
    'picture:arrange': async ({ params: { merchantId, productId }, body }) => {
      await pictures.arrange(merchantId, productId, body.pictureIds);
      return answer(merchantId, productId);
    },
  };
}

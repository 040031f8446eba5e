import type { ProductCard } from '@souk/protocol/catalog';
import type { MerchantId, ProductId } from '@souk/protocol/ids';
import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { products } from '../db/schema/catalog.ts';
import { containing, type Page, readCursor, toPage } from './keyset.ts';
import { createReadProductCards, readProductCards } from './product-repository.ts';

export interface PageWish {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Found in the title, or in the SKU of a variant. */
  readonly search?: string | undefined;
  readonly isArchived?: boolean;
}

/** A page of a merchant's product cards, in the merchant's order. Throws AppError INVALID_INPUT for a strange cursor. */
export async function listProductCards(
  db: Executor,
  merchantId: MerchantId,
  wish: PageWish,
): Promise<Page<ProductCard>> {
  const { items, nextCursor } = await listProductIds(db, merchantId, wish);
  return { items: await readProductCards(db, items), nextCursor };
}

/** The first row of a shop stands after this one. */
const BEFORE_ALL = [-(2 ** 31), ''] as const;

/** Reads a page of what is for sale in a shop, by statements that are prepared once. */
export function createListShopProducts(
  orm: Executor,
): (merchantId: MerchantId, wish: Pick<PageWish, 'cursor' | 'limit'>) => Promise<Page<ProductCard>> {
  const readCards = createReadProductCards(orm);
  const { position, id, merchantId: ofMerchant } = products;
  const query = orm
    .select({ id, position })
    .from(products)
    .where(
      and(
        eq(ofMerchant, sql.placeholder('merchantId')),
        isNull(products.archivedAt),
        sql`(${position}, ${id}) > (${sql.placeholder('position')}::int, ${sql.placeholder('id')}::text)`,
      ),
    )
    .orderBy(asc(position), asc(id))
    .limit(sql.placeholder('rows'))
    .prepare('list-shop-products');
  return async (merchantId, { cursor, limit }) => {
    const [afterPosition, afterId] = cursor === undefined ? BEFORE_ALL : readCursor(cursor, CURSOR_SHAPE);
    const key = { merchantId, position: afterPosition, id: afterId, rows: limit + 1 };
    const { items, nextCursor } = toPage(await query.execute(key), limit, keyOf);
    return { items: await readCards(items.map((item) => item.id)), nextCursor };
  };
}

const CURSOR_SHAPE = ['number', 'string'] as const;
const keyOf = ({ position, id }: { readonly position: number; readonly id: ProductId }) =>
  [position, id] as const;

/** The ids alone. */
export async function listProductIds(
  db: Executor,
  merchantId: MerchantId,
  { cursor, limit, search = '', isArchived = false }: PageWish,
): Promise<Page<ProductId>> {
  const rows = await db
    .select({ id: products.id, position: products.position })
    .from(products)
    .where(
      and(
        eq(products.merchantId, merchantId),
        isArchived ? isNotNull(products.archivedAt) : isNull(products.archivedAt),
        cursor === undefined ? undefined : after(cursor),
        search === '' ? undefined : matches(search),
      ),
    )
    .orderBy(asc(products.position), asc(products.id))
    .limit(limit + 1);
  const { items, nextCursor } = toPage(rows, limit, keyOf);
  return { items: items.map(({ id }) => id), nextCursor };
}

function after(cursor: string): SQL {
  const [position, id] = readCursor(cursor, CURSOR_SHAPE);
  return sql`(${products.position}, ${products.id}) > (${position}::int, ${id}::text)`;
}

function matches(search: string): SQL {
  return sql`("products"."title" ilike ${containing(search)} or exists (
    select 1 from variants found
    where found.product_id = "products"."id" and found.archived_at is null and found.sku ilike ${containing(search)}))`;
}

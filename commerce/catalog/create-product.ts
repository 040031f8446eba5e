import { createId, type MerchantId, type ProductId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import type { Tx } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';
import { moveStock } from '../inventory/move-stock.ts';
import { addFirstPictures, type Picture } from './picture-store.ts';

export interface NewVariant {
  readonly sku: string;
  readonly label: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly priceMinor: number;
  readonly weightGrams: number;
  /** Units to begin with; received through the ledger. */
  readonly onHand: number;
}

export interface NewProduct {
  readonly merchantId: MerchantId;
  readonly title: string;
  readonly description: string;
  readonly currency: Currency;
  /** Order in the merchant's catalogue, from 0. */
  readonly position: number;
  readonly variants: readonly NewVariant[];
  /** The first one is the cover. */
  readonly pictures?: readonly Picture[];
}

/** Adds a product with its variants and their first stock, for seeds. Gives back its id. Fails on a SKU that the merchant has already. */
export async function createProduct(tx: Tx, product: NewProduct, now: number): Promise<ProductId> {
  const { variants: newVariants, pictures = [], ...fields } = product;
  const id = createId('product');
  await tx.insert(products).values({ ...fields, id, createdAt: now });
  await addFirstPictures(tx, id, pictures, now);
  const rows = newVariants.map(({ onHand, ...variant }, position) => ({
    row: { ...variant, id: createId('variant'), productId: id, merchantId: product.merchantId, position },
    onHand,
  }));
  await tx.insert(variants).values(rows.map(({ row }) => row));
  await tx.insert(stock).values(rows.map(({ row }) => ({ variantId: row.id, updatedAt: now })));
  const received = rows.filter(({ onHand }) => onHand > 0);
  await moveStock(
    tx,
    'receive',
    received.map(({ row, onHand }) => ({ variantId: row.id, quantity: onHand, reason: 'first stock' })),
    { now },
  );
  return id;
}

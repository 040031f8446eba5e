import type { MerchantId } from '@souk/protocol/ids';
import { minorUnitDigits } from '@souk/protocol/money';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';
import { partsColumn } from './bundle-parts.ts';
import { csvColumns, escapeItem } from './csv/csv-cells.ts';
import { writeAmount } from './csv/money-text.ts';
import { writeCsv } from './csv/write-csv.ts';

/**
 * Everything that is for sale, with its stock, in the form that the import takes. The description stands in the first row of
 * a product only, so that it is changed in one place.
 */
export async function exportCatalog(
  db: Executor,
  merchantId: MerchantId,
): Promise<{ fileName: string; csv: string }> {
  const rows = await readRows(db, merchantId);
  const records = rows.map(({ product, variant, onHand, parts }, at) => {
    const isFirst = rows[at - 1]?.product.id !== product.id;
    return [
      variant.sku,
      product.title,
      isFirst ? product.description : '',
      writeOptions(variant.options),
      variant.label,
      writeAmount(variant.priceMinor, minorUnitDigits(product.currency)),
      variant.weightGrams,
      variant.sizeMm?.length ?? '',
      variant.sizeMm?.width ?? '',
      variant.sizeMm?.height ?? '',
      parts === null ? (onHand ?? 0) : '',
      (parts ?? []).map(({ sku, quantity }) => `${escapeItem(sku)}*${quantity}`).join(';'),
    ];
  });
  return { fileName: 'catalogue.csv', csv: writeCsv(csvColumns, records) };
}

const writeOptions = (options: Readonly<Record<string, string>>): string =>
  Object.entries(options)
    .map(([name, value]) => `${escapeItem(name)}=${escapeItem(value)}`)
    .join(';');

async function readRows(db: Executor, merchantId: MerchantId) {
  return db
    .select({
      product: {
        id: products.id,
        title: products.title,
        description: products.description,
        currency: products.currency,
      },
      variant: {
        sku: variants.sku,
        options: variants.options,
        label: variants.label,
        priceMinor: variants.priceMinor,
        weightGrams: variants.weightGrams,
        sizeMm: variants.sizeMm,
      },
      onHand: stock.onHand,
      parts: partsColumn,
    })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .leftJoin(stock, eq(stock.variantId, variants.id))
    .where(and(eq(products.merchantId, merchantId), isNull(products.archivedAt), isNull(variants.archivedAt)))
    .orderBy(asc(products.position), asc(products.id), asc(variants.position), asc(variants.id));
}

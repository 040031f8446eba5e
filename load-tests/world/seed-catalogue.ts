import { createId, type PictureId, type ProductId, type VariantId } from '@souk/protocol/ids';
import { Pool } from 'pg';

export interface SeededVariant {
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly pictureId: PictureId;
}

/** The demo shop's own products stand before these. */
const FIRST_POSITION = 1_000;

const statement = `
  WITH shop AS (SELECT id, currency FROM merchants ORDER BY created_at LIMIT 1),
  cover AS (SELECT content_type, bytes FROM pictures ORDER BY position LIMIT 1),
  wanted AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $5::text[])
      WITH ORDINALITY AS w(product_id, variant_id, movement_id, picture_id, n)
  ), product AS (
    INSERT INTO products (id, merchant_id, title, description, currency, cover_picture_id, position, created_at)
    SELECT product_id, shop.id, 'Load test product ' || n, 'Made to see how a large catalogue behaves.', shop.currency,
      picture_id, ${FIRST_POSITION} + n, now()
    FROM wanted, shop
  ), picture AS (
    INSERT INTO pictures (id, product_id, content_type, bytes, position, created_at)
    SELECT picture_id, product_id, content_type, bytes, 0, now() FROM wanted, cover
  ), variant AS (
    INSERT INTO variants (id, product_id, merchant_id, sku, label, price_minor, weight_grams, position)
    SELECT variant_id, product_id, shop.id, 'LOAD-' || n, 'One size', 1900, 250, 0 FROM wanted, shop
  ), shelf AS (
    INSERT INTO stock (variant_id, on_hand, updated_at) SELECT variant_id, $4, now() FROM wanted
  )
  INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, allocated_delta, reason, at)
  SELECT movement_id, variant_id, 'receive', $4, 0, 0, 'first stock', now() FROM wanted`;

/**
 * Adds that many products with one variant each to the demo shop, `unitsEach` on the shelf, by one statement: over
 * the desk it would take longer than the run itself. The ledger is kept.
 */
export async function seedCatalogue(
  databaseUrl: string,
  { products, unitsEach }: { readonly products: number; readonly unitsEach: number },
): Promise<SeededVariant[]> {
  const seeded = Array.from({ length: products }, () => ({
    productId: createId('product'),
    variantId: createId('variant'),
    pictureId: createId('picture'),
  }));
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    await pool.query(statement, [
      seeded.map(({ productId }) => productId),
      seeded.map(({ variantId }) => variantId),
      seeded.map(() => createId('movement')),
      unitsEach,
      seeded.map(({ pictureId }) => pictureId),
    ]);
    await pool.query('ANALYZE products, variants, stock, pictures');
  } finally {
    await pool.end();
  }
  return seeded;
}

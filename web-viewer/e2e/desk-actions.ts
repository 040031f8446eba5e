import type { Locator, Page } from 'playwright-core';

/** A picture of one pixel, as a file that is dropped on a product. */
export function pictureFile(name: string): { name: string; mimeType: string; buffer: Buffer } {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return { name, mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') };
}

export interface VariantWish {
  readonly sku: string;
  readonly options: readonly string[];
  readonly price: string;
}

/** Fills the row of one variant; `options` in the order of the product's options. */
export async function fillVariant(row: Locator, wish: VariantWish): Promise<void> {
  await row.getByTestId('variant-sku').fill(wish.sku);
  for (const [place, value] of wish.options.entries())
    await row.getByTestId('variant-option').nth(place).fill(value);
  await row.getByTestId('variant-price').fill(wish.price);
}

/** Adds a part to the bundle of a variant, found by its SKU. */
export async function addPart(row: Locator, sku: string, quantity: number): Promise<void> {
  const open = row.getByTestId('make-bundle');
  if (await open.isVisible()) await open.click();
  await row.getByTestId('part-search').fill(sku);
  await row.getByTestId('part-found').filter({ hasText: sku }).first().click();
  await row
    .getByTestId('bundle-part')
    .filter({ hasText: sku })
    .getByTestId('part-quantity')
    .fill(String(quantity));
}

/** Saves the product in the editor, and waits until it is. */
export async function saveProduct(page: Page): Promise<void> {
  await page.getByTestId('save-product').click();
  await page.waitForURL('**/desk/products/prd_*');
  await page
    .locator('[data-testid="product-editor"]:not([inert]) [data-testid="save-product"]:disabled')
    .waitFor();
}

/** Opens a variant at the desk's stock, by its SKU. */
export async function openStock(page: Page, sku: string): Promise<Locator> {
  await page.goto(`/desk/stock?q=${encodeURIComponent(sku)}`);
  await page.getByTestId('stock-row').filter({ hasText: sku }).click();
  const drawer = page.getByTestId('stock-drawer');
  await drawer.waitFor();
  return drawer;
}

/** Takes units in, or sets the count right by more or less. */
export async function changeStock(
  drawer: Locator,
  way: 'receive' | 'adjust',
  units: number,
  reason: string,
): Promise<void> {
  await drawer.getByTestId(`choose-${way}`).click();
  await drawer.getByTestId('stock-units').fill(String(units));
  await drawer.getByTestId('stock-reason').fill(reason);
  await drawer.getByTestId('stock-submit').click();
}

import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { addPart, changeStock, fillVariant, openStock, pictureFile, saveProduct } from './desk-actions.ts';
import { expectCount, expectNoComplaints, expectSoon, expectText } from './expectations.ts';
import { goOnAir, startSale } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { invite, logIn, type Person } from './people.ts';
import { createWorld, type World } from './world.ts';

describe('the desk of a shop, and the sales of its show', () => {
  let world: World;
  let database: Database;
  let merchant: Person;
  let host: Person;
  let viewer: Person;

  beforeAll(async () => {
    world = await createWorld();
    const { browser, house } = world;
    database = openDatabase(house.databaseUrl);
    merchant = await invite(browser, house.origin, 'desktop');
    host = await invite(browser, house.origin, 'desktop');
    viewer = await invite(browser, house.origin, 'desktop');
    await logIn(merchant, 'merchant@souk.local');
  });

  afterAll(async () => {
    await database?.close();
    await world?.close();
  });

  afterEach((context) => keepEvidence(context, { merchant, host, viewer }));

  it('adds a product with two pictures and options, and says at the field what is wrong first', async () => {
    const { page } = merchant;
    await page.goto('/desk');
    await page.getByTestId('new-product').click();
    await page.getByTestId('product-title').fill('Harbour Scarf');
    await page.getByTestId('add-option').click();
    await page.getByTestId('option-name').fill('Colour');
    const rows = page.getByTestId('variant');
    await fillVariant(rows.nth(0), { sku: 'JKT-1', options: ['Navy'], price: '0' });
    await page.getByTestId('save-product').click();
    await expectText(rows.nth(0), /price above zero/);

    await page.getByTestId('add-variant').click();
    await fillVariant(rows.nth(0), { sku: 'JKT-1', options: ['Navy'], price: '39.90' });
    await fillVariant(rows.nth(1), { sku: 'HBS-2', options: ['Sand'], price: '42.50' });
    await page.getByTestId('picture-input').setInputFiles([pictureFile('a.png'), pictureFile('b.png')]);
    await expectCount(page.getByTestId('picture'), 2);
    await page.getByTestId('save-product').click();
    await page.locator('[data-testid="error-message"][data-code="SKU_TAKEN"]').waitFor();
    await rows.nth(0).getByTestId('variant-sku').fill('HBS-1');
    await saveProduct(page);
    const saved = await database.getRow<{ title: string; variants: string; pictures: number }>(
      `SELECT products.title,
              (SELECT string_agg(sku || ' ' || label || ' ' || price_minor, ', ' ORDER BY sku)
                 FROM variants WHERE product_id = products.id) AS variants,
              (SELECT count(*)::int FROM pictures WHERE product_id = products.id) AS pictures
         FROM products WHERE title = 'Harbour Scarf'`,
    );
    expect(saved).toEqual({
      title: 'Harbour Scarf',
      variants: 'HBS-1 Navy 3990, HBS-2 Sand 4250',
      pictures: 2,
    });
  });

  it('asks before a page with changes is left', async () => {
    const { page } = merchant;
    await page.getByTestId('product-title').fill('Harbour Scarf, long');
    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await page.getByTestId('keep-editing').click();
    await expectSoon(() => page.getByTestId('product-title').inputValue(), 'Harbour Scarf, long');
    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await page.getByTestId('discard').click();
    await page.waitForURL('**/desk/stock');
  });

  it('receives and adjusts stock, and keeps all of it in the ledger', async () => {
    const drawer = await openStock(merchant.page, 'HBS-1');
    await changeStock(drawer, 'receive', 20, 'delivery note 4711');
    await expectText(drawer.getByTestId('figure-available'), /^20$/);
    await changeStock(drawer, 'adjust', -2, 'two were torn');
    await expectText(drawer.getByTestId('figure-available'), /^18$/);
    const newest = drawer.getByTestId('movement').first();
    await expectText(newest, /Adjusted.*two were torn.*18 available/s);
    await expectText(drawer.locator('[data-kind="receive"]'), /Received.*delivery note 4711/s);
  });

  it('makes a bundle that sells what is there of its parts', async () => {
    const { page } = merchant;
    await page.goto('/desk/products/new');
    await page.getByTestId('product-title').fill('Harbour set');
    const row = page.getByTestId('variant').first();
    await fillVariant(row, { sku: 'HBS-SET', options: [], price: '99' });
    await addPart(row, 'HBS-1', 2);
    await addPart(row, 'MUG-1', 1);
    await saveProduct(page);
    await page.goto('/desk/products?q=Harbour');
    await expectText(page.getByTestId('product-row').filter({ hasText: 'Harbour set' }), /9 available/);
  });

  it('checks a CSV without writing anything, then takes in the rows that are fine', async () => {
    const { page } = merchant;
    await page.goto('/desk/products');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
    const exported = await readFile(await download.path(), 'utf8');
    const [head = '', ...rows] = exported.replace(/^\uFEFF/, '').split(/\r?\n/);
    const mug = rows.find((row) => row.includes('MUG-1')) ?? '';
    const csv = [head, mug.replaceAll('MUG-1', 'MUG-9'), mug.replaceAll('24.00', 'cheap')].join('\r\n');

    await page.getByTestId('import-link').click();
    await page
      .getByTestId('import-file')
      .setInputFiles({ name: 'mugs.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await expectText(page.getByTestId('import-outcome'), /1 row fine, 1 with problems/);
    await expectCount(page.getByTestId('import-problem'), 1);
    const found = () =>
      database.getRow<{ count: number }>(`SELECT count(*)::int AS count FROM variants WHERE sku = 'MUG-9'`);
    expect(await found()).toEqual({ count: 0 });
    await page.getByTestId('import-for-real').click();
    await page.locator('[data-testid="import-state"][data-dry-run="false"][data-status="done"]').waitFor();
    await expectText(page.getByTestId('import-created'), /^1$/);
    await expectText(page.getByTestId('import-failed'), /^1$/);
    expect(await found()).toEqual({ count: 1 });
  });

  it('makes a coupon, and refuses its code a second time', async () => {
    const { page } = merchant;
    await page.goto('/desk/coupons');
    await page.getByTestId('new-coupon').first().click();
    await page.getByTestId('coupon-code').fill('harbour15');
    await page.getByTestId('coupon-percent').fill('15');
    await page.getByTestId('coupon-max').fill('100');
    await page.getByTestId('save-coupon').click();
    const row = page.getByTestId('coupon-row').filter({ hasText: 'HARBOUR15' });
    await expectText(row, /15.*Active.*Used 0 of 100/s);
    await page.getByTestId('new-coupon').first().click();
    await page.getByTestId('coupon-code').fill('HARBOUR15');
    await page.getByTestId('save-coupon').click();
    await expectText(page.getByTestId('coupon-form'), /Another coupon has this code/);
    await page.keyboard.press('Escape');
  });

  it('lets the host pin the coupon, and take it off', async () => {
    await logIn(host, 'host@souk.local');
    const showId = await goOnAir(host.page, 'Harbour evening');
    await viewer.page.goto(`/watch/${showId}`);
    await host.page.getByTestId('pin-coupon').click();
    await host.page.getByTestId('coupon-choice').filter({ hasText: 'HARBOUR15' }).click();
    await expectText(host.page.getByTestId('studio-coupon'), /HARBOUR15/);
    await viewer.page.getByText('HARBOUR15').first().waitFor();
    await host.page.getByTestId('unpin-coupon').click();
    await expectCount(host.page.getByTestId('studio-coupon'), 0);
  });

  it('plans a sale, and takes it back', async () => {
    const { page } = host;
    await page.getByTestId('sale-more').click();
    const tomorrow = new Date(Date.now() + 86_400_000);
    await page.getByTestId('sale-starts-at').fill(`${tomorrow.toISOString().slice(0, 10)}T20:15`);
    await startSale(page, { variant: '', price: '9.90', units: 3, seconds: 60, limit: 1 });
    const planned = page.locator('[data-testid="studio-sale"][data-phase="scheduled"]');
    await planned.waitFor();
    await planned.getByTestId('sale-stop').click();
    await expectCount(page.getByTestId('studio-sale'), 0);
    await page.getByTestId('sale-more').click();
  });

  it('counts down to a sale, then extends and restocks it', async () => {
    const { page } = host;
    await page.getByTestId('sale-countdown').selectOption('10');
    await startSale(page, { variant: '', price: '9.90', units: 3, seconds: 600, limit: 1 });
    const sale = page.getByTestId('studio-sale');
    await page.locator('[data-testid="studio-sale"][data-phase="announced"]').waitFor();
    await page.locator('[data-testid="studio-sale"][data-phase="running"]').waitFor();
    await expectText(sale.getByTestId('studio-sale-left'), /3 of 3/);
    await sale.getByTestId('sale-extend').click();
    await page.getByTestId('extend-300').click();
    await expectText(sale.getByTestId('studio-sale-time'), /^1[45]:\d\d$/);
    await sale.getByTestId('sale-restock').click();
    await sale.getByTestId('restock-units').fill('4');
    await sale.getByTestId('restock-submit').click();
    await expectText(sale.getByTestId('studio-sale-left'), /7 of 7/);
    const row = await database.getRow<{ units: number; status: string }>(
      `SELECT units, status FROM sales WHERE status = 'running' ORDER BY starts_at DESC LIMIT 1`,
    );
    expect(row).toEqual({ units: 7, status: 'running' });
    await sale.getByTestId('sale-stop').click();
    await expectCount(sale, 0);
  });

  it('shows in the ledger what the sale had set aside and gave back', async () => {
    const drawer = await openStock(merchant.page, 'JKT-1');
    await expectText(drawer.locator('[data-kind="allocate"]').first(), /Set aside for a sale/);
    await expectText(drawer.locator('[data-kind="deallocate"]').first(), /Given back by a sale/);
    await expectText(drawer.getByTestId('figure-allocated'), /^0$/);
  });

  it('takes a product out of the shop and brings it back, but not what a bundle is made of', async () => {
    const { page } = merchant;
    const open = async (title: string): Promise<void> => {
      await page.goto('/desk/products?q=Harbour');
      await page.getByTestId('product-row').filter({ hasText: title }).click();
    };
    const isArchived = async (): Promise<boolean> => {
      const sql = `SELECT archived_at IS NOT NULL AS archived FROM products WHERE title = 'Harbour set'`;
      return (await database.getRow<{ archived: boolean }>(sql)).archived;
    };
    await open('Harbour Scarf');
    await page.getByTestId('archive').click();
    await page.locator('[data-testid="error-message"][data-code="INVALID_BUNDLE"]').waitFor();
    await page.getByText('HBS-SET').waitFor();
    await open('Harbour set');
    await page.getByTestId('archive').click();
    await expectSoon(isArchived, true);
    await page.getByTestId('archive').filter({ hasText: 'Bring back' }).click();
    await expectSoon(isArchived, false);
  });

  it('has given no page a reason to complain', () => {
    expectNoComplaints([merchant, host, viewer]);
  });
});

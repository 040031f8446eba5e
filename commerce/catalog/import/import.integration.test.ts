import type { CatalogImport } from '@souk/protocol/http/catalog-imports';
import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestCatalog, variantOf } from '../../testing/test-catalog.ts';
import { startTestTrade, type TestTrade } from '../../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const { params, create, archive, receive, goLive } = createTestCatalog(() => house);
const refusal = (code: string) => ({ ok: false, error: { code } });

const hand = async (csv: string, isDryRun = false): Promise<CatalogImport> =>
  (await house.merchant.get('catalog:import', { params: params(), body: { csv, isDryRun } })).import;
const at = ({ id }: CatalogImport) => ({ ...params(), importId: id });
const look = async (one: CatalogImport) =>
  (await house.merchant.get('import:get', { params: at(one) })).import;
/** Hands a file in, and works it off as a worker would. */
const run = async (csv: string, isDryRun = false): Promise<CatalogImport> => {
  const one = await hand(csv, isDryRun);
  await house.trade.jobs.runCatalogImport({ importId: one.id });
  return look(one);
};
const exportAll = async () => (await house.merchant.get('catalog:export', { params: params() })).csv;
const find = async (search: string) =>
  (await house.merchant.get('desk:products', { params: params(), query: { search } })).products;
const movements = async (sku: string) => {
  const { stock } = await house.merchant.get('stock:list', { params: params(), query: { search: sku } });
  const variantId = stock[0]?.variantId ?? createId('variant');
  return (await house.merchant.get('stock:movements', { params: { ...params(), variantId } })).movements;
};

describe('an import', () => {
  it('adds products with their variants and stock, and bundles above their parts', async () => {
    const csv = [
      'sku;product;description;options;price;weight_g;length_mm;width_mm;height_mm;on_hand;parts',
      'IMP-SET;Rainy day set;;;99,00;;;;;;IMP-J-M*1;IMP-S*2'.replace(
        'IMP-J-M*1;IMP-S*2',
        '"IMP-J-M*1;IMP-S*2"',
      ),
      'IMP-J-S;Import jacket;Stays dry.;Colour=Green;59,00;420;300;200;40;5;',
      '"IMP-J-M";Import jacket;;"Colour=Green;Size=M";59,00;420;;;;7;',
      'IMP-S;Import scarf;;;19,50;210;;;;9;',
    ].join('\r\n');
    const done = await run(csv);
    expect(done).toMatchObject({ status: 'done', rows: 4, done: 4, created: 4, failed: 0, problems: [] });
    const [jacket] = await find('Import jacket');
    expect(jacket).toMatchObject({ title: 'Import jacket', description: 'Stays dry.' });
    expect(jacket?.variants).toMatchObject([
      { sku: 'IMP-J-S', label: 'Green', priceMinor: 5_900, weightGrams: 420, available: 5 },
      { sku: 'IMP-J-M', label: 'Green / M', sizeMm: null, available: 7 },
    ]);
    const [set] = await find('Rainy day set');
    expect(set?.variants[0]).toMatchObject({ priceMinor: 9_900, available: 4 });
    expect(await movements('IMP-J-M')).toMatchObject([
      { kind: 'adjust', onHandDelta: 7, actorName: 'merchant', reason: 'import' },
    ]);
  });

  it('of what was exported changes nothing', async () => {
    await create({
      title: '=Danger; "quoted"',
      description: '+1\nline two',
      variants: [
        { options: { 'a;b': 'c=d', e: 'f*g' }, sizeMm: { length: 1, width: 2, height: 3 }, sku: '-SKU;*=1' },
        { label: 'Own label', priceMinor: 5 },
      ],
    });
    const csv = await exportAll();
    expect(csv).toContain("'=Danger");
    const done = await run(csv);
    expect(done).toMatchObject({ status: 'done', created: 0, updated: 0, failed: 0, unchanged: done.rows });
    expect(done.rows).toBeGreaterThan(5);
  });

  it('changes what it names, leaves empty cells, sets stock and tells the show', async () => {
    const product = await create({
      title: 'Import lamp',
      description: 'Old.',
      variants: [{ sku: 'IMP-LAMP' }],
    });
    const variantId = variantOf(product).id;
    await receive(variantId, 12);
    const showId = await goLive(product);
    const done = await run('sku,product,description,price,on_hand\nIMP-LAMP,Import lamp II,,45.5,3\n');
    expect(done).toMatchObject({ updated: 1, failed: 0 });
    const [after] = await find('Import lamp II');
    expect(after).toMatchObject({ description: 'Old.', variants: [{ priceMinor: 4_550, available: 3 }] });
    expect((await movements('IMP-LAMP')).map(({ kind, onHandDelta }) => [kind, onHandDelta])).toEqual([
      ['adjust', -9],
      ['receive', 12],
    ]);
    const entries = await house.entriesOf(showId);
    expect(entries.at(-1)).toMatchObject({
      type: 'lineup:changed',
      data: { products: [{ title: 'Import lamp II' }] },
    });
    expect(await house.stockOf(variantId)).toMatchObject({ onHand: 3 });
  });

  it('brings archived products back', async () => {
    const product = await create({ title: 'Import ghost', variants: [{ sku: 'IMP-GHOST' }] });
    await archive(product, true);
    expect(await run('sku,price\nIMP-GHOST,1\n')).toMatchObject({ updated: 1 });
    expect(await find('Import ghost')).toMatchObject([{ isArchived: false }]);
  });

  it('says of each row what is wrong with it, and does the others', async () => {
    const product = await create({ title: 'Import sold', variants: [{ sku: 'IMP-SOLD' }] });
    await receive(variantOf(product).id, 5);
    const showId = await goLive(product);
    await house.startSale(showId, variantOf(product).id, { units: 4 });
    const two = await create({
      title: 'Import two',
      variants: [{ sku: 'IMP-TWO-1' }, { sku: 'IMP-TWO-2' }],
    });
    const rows = [
      ['IMP-OK', 'Import fine', '5', '1', ''],
      ['IMP-NO-PRODUCT', '', '5', '', ''],
      ['IMP-NO-PRICE', 'Import fine', '', '', ''],
      ['IMP-OK', 'Import fine', '5', '', ''],
      ['IMP-PARTS', 'Import fine', '5', '', 'NOWHERE*2'],
      ['IMP-SELF', 'Import fine', '5', '', 'IMP-SELF'],
      ['IMP-STOCKED', 'Import fine', '5', '3', 'IMP-OK'],
      ['IMP-SOLD', '', '', '3', ''],
      ['', 'Import fine', '5', '', ''],
      ['IMP-TWO-1', 'Import two a', '', '', ''],
      ['IMP-TWO-2', 'Import two b', '', '', ''],
      ['IMP-BAD', 'Import fine', 'cheap', '-3', ''],
    ];
    const csv = ['sku,product,price,on_hand,parts', ...rows.map((cells) => cells.join(','))].join('\n');
    const dry = await run(csv, true);
    expect(await find('Import fine')).toEqual([]);
    const done = await run(csv);
    expect(done).toMatchObject({ created: 1, updated: 0, failed: 11, done: 12 });
    expect(done.problems).toEqual(dry.problems);
    expect(done.problems.map(({ row, column }) => [row, column])).toEqual([
      [3, 'product'],
      [4, 'price'],
      [5, 'sku'],
      [6, 'parts'],
      [7, 'parts'],
      [8, 'on_hand'],
      [9, 'on_hand'],
      [10, 'sku'],
      [11, 'product'],
      [12, 'product'],
      [13, 'price'],
      [13, 'on_hand'],
    ]);
    expect(done.problems[6]).toMatchObject({ code: 'stock-promised', params: { units: 4 } });
    const report = (await house.merchant.get('import:report', { params: at(done) })).csv;
    expect(report).toContain('2,IMP-OK,created,,,\r\n');
    expect(report).toContain('12,IMP-TWO-2,failed,product,');
    expect((await find('Import two'))[0]?.title).toBe(two.title);
  });

  it('on trial writes nothing, and knows what its own rows would have added', async () => {
    const csv = [
      'sku,product,price,on_hand,parts',
      'DRY-SET,Dry set,9,,DRY-1*2',
      ...Array.from({ length: 300 }, (_, n) => `DRY-${n},Dry ${n},1,2,`),
      'DRY-SET-2,Dry set,9,,DRY-SET',
      ...Array.from({ length: 51 }, (_, n) => `DRY-MANY-${n},Dry many,1,,`),
    ].join('\n');
    const before = await exportAll();
    const dry = await run(csv, true);
    expect(dry).toMatchObject({ isDryRun: true, created: 351, failed: 2 });
    expect(dry.problems.map(({ sku }) => sku).sort()).toEqual(['DRY-MANY-50', 'DRY-SET-2']);
    expect(await exportAll()).toBe(before);
  });

  it('that was killed goes on with the rows that are left, and does none twice', async () => {
    const rows = Array.from({ length: 1_000 }, (_, n) => `KILL-${n},Killed ${n},1,4`);
    const one = await hand(`sku,product,price,on_hand\n${rows.join('\n')}`);
    const abort = new AbortController();
    const work = house.trade.jobs.runCatalogImport({ importId: one.id }, abort.signal);
    abort.abort();
    await work;
    const { done, status } = await look(one);
    expect([status, done > 0 && done < 1_000]).toEqual(['running', true]);
    expect(await house.merchant.send('import:dismiss', { params: at(one) })).toMatchObject(
      refusal('INVALID_TRANSITION'),
    );
    await Promise.all([1, 2, 3].map(() => house.trade.jobs.runCatalogImport({ importId: one.id })));
    expect(await look(one)).toMatchObject({ status: 'done', done: 1_000, created: 1_000, failed: 0 });
    const { rows: sums } = await house.commerce.foundation.db.pool.query(
      `SELECT sum(on_hand)::int AS units, count(*)::int AS skus FROM stock JOIN variants ON variants.id = variant_id
       WHERE sku LIKE 'KILL-%'`,
    );
    expect(sums).toEqual([{ units: 4_000, skus: 1_000 }]);
    await house.merchant.get('import:dismiss', { params: at(one) });
    expect(await house.merchant.send('import:get', { params: at(one) })).toMatchObject(
      refusal('IMPORT_NOT_FOUND'),
    );
  });

  it('whose job is lost is found by the sweep', async () => {
    const one = await hand('sku,product,price\nSWEPT,Swept,1\n');
    const { pool } = house.commerce.foundation.db;
    await pool.query(`UPDATE catalog_imports SET created_at = now() - interval '1 hour' WHERE id = $1`, [
      one.id,
    ]);
    await house.trade.jobs.sweepHolds();
    await house.trade.jobs.sweepHolds();
    expect(await look(one)).toMatchObject({ status: 'done', created: 1 });
  });

  it('takes 10,000 rows', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, n) =>
        `BIG-${n},Big product ${Math.floor(n / 4)},"Text, of ${n}",Size=${n % 4},${n + 1}.50,${n % 500},3`,
    );
    const csv = `sku,product,description,options,price,weight_g,on_hand\n${rows.join('\n')}`;
    const startedAt = performance.now();
    const one = await hand(csv);
    const takenMs = performance.now() - startedAt;
    await house.trade.jobs.runCatalogImport({ importId: one.id });
    const doneMs = performance.now() - startedAt;
    expect(await look(one)).toMatchObject({ status: 'done', created: 10_000, failed: 0 });
    house.commerce.foundation.logger.info({ event: 'import-measured', takenMs, doneMs });
    const exported = await exportAll();
    expect(exported.split('\r\n').length).toBeGreaterThan(10_000);
  }, 120_000);

  it.each([
    ['nothing that it knows', 'nonsense'],
    ['no rows', 'sku,price\n'],
    ['unknown columns', 'sku,cost\nA,1'],
    ['a quotation mark too many', 'sku,price\n"A,1'],
    ['a null character', 'sku,product,price\nA,B\0,1'],
  ])('is refused with %s', async (_name, csv) => {
    const answer = await house.merchant.send('catalog:import', {
      params: params(),
      body: { csv, isDryRun: false },
    });
    expect(answer).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('that can never be worked off ends as failed, and holds up no other one', async () => {
    const broken = await hand('sku,product,price\nBROKEN,Broken,1\n');
    const fine = await hand('sku,product,price\nFINE,Fine,1\n');
    const { pool } = house.commerce.foundation.db;
    await pool.query(`UPDATE catalog_import_rows SET fields = 'null' WHERE import_id = $1`, [broken.id]);
    const age = (minutes: number) =>
      pool.query('UPDATE catalog_imports SET created_at = now() - make_interval(mins => $1)', [minutes]);
    await age(30);
    for (const _turn of [1, 2]) await house.trade.jobs.sweepHolds();
    expect(await look(broken)).toMatchObject({ status: 'queued', finishedAt: null });
    expect(await look(fine)).toMatchObject({ status: 'done', created: 1 });
    await age(90);
    await house.trade.jobs.sweepHolds();
    expect(await look(broken)).toMatchObject({ status: 'failed', finishedAt: expect.any(Number) });
    await house.merchant.get('import:dismiss', { params: at(broken) });
  });

  it('is only for the shop’s own people', async () => {
    const body = { csv: 'sku\nA', isDryRun: false };
    expect(await house.host.send('catalog:import', { params: params(), body })).toMatchObject(
      refusal('FORBIDDEN'),
    );
    const one = await hand('sku,product,price\nOWN,Own,1\n');
    const guest = await house.guest();
    expect(await guest.send('import:report', { params: at(one) })).toMatchObject(refusal('FORBIDDEN'));
    const stranger = { ...params(), importId: createId('catalogImport') };
    expect(await house.merchant.send('import:get', { params: stranger })).toMatchObject(
      refusal('IMPORT_NOT_FOUND'),
    );
  });
});

import { BEGINNING } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { systemClock } from '@souk/runtime/clock';
import { signServiceToken } from '@souk/runtime/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCouponPins } from '../coupons/pin-coupon.ts';
import { createTestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { DEMO_PASSWORD, demoAccounts } from './demo-accounts.ts';
import { createDemoCoupons } from './demo-coupons.ts';
import { DEMO_PRODUCT_MS } from './demo-director.ts';
import { DEMO_SHOW_TITLE, type DemoShowView } from './demo-show.ts';
import { seedDemo } from './seed-demo.ts';

let commerce: TestCommerce;
beforeAll(async () => {
  commerce = await startTestCommerce({ env: { SOUK_DEMO: '1' } });
});
afterAll(() => commerce.stop());

const askDemoShow = async (): Promise<DemoShowView> => {
  const secret = 'service-secret-of-the-tests-0123456789';
  const token = await signServiceToken({ secret, service: 'media-server', clock: systemClock });
  const headers = { authorization: `Bearer ${token}` };
  return (await commerce.http.inject({ url: '/internal/demo-show', headers })).json().data;
};

describe('demo shop', () => {
  it('is seeded once, with accounts that can log in', async () => {
    await seedDemo(commerce.foundation.db, systemClock);
    const { rows } = await commerce.foundation.db.pool.query('SELECT name FROM merchants');
    expect(rows).toEqual([{ name: 'Lumen & Co' }]);
    for (const { email, name } of demoAccounts)
      expect(await createTestClient(commerce.http).login(email, DEMO_PASSWORD)).toMatchObject({ name });
  });

  it('sells at least eight products, each with a picture of its own and stock', async () => {
    const { products } = await askDemoShow();
    expect(products.length).toBeGreaterThanOrEqual(8);
    const pictures = await Promise.all(products.map((product) => commerce.http.inject(product.pictureUrl)));
    expect(pictures.every((picture) => picture.headers['content-type'] === 'image/svg+xml')).toBe(true);
    expect(new Set(pictures.map((picture) => picture.body)).size).toBe(products.length);
    const { rows } = await commerce.foundation.db.pool.query(
      'SELECT min(on_hand) AS least FROM stock WHERE variant_id NOT IN (SELECT bundle_id FROM variant_parts)',
    );
    expect(rows[0].least).toBeGreaterThan(0);
  });

  it('sells a bundle, as many as its parts make', async () => {
    const { showId } = await askDemoShow();
    const guest = createTestClient(commerce.http);
    await guest.renew();
    const { lineup } = await guest.get('show:get', { params: { showId } });
    const bundle = lineup.find(({ variants }) => variants[0]?.contents !== undefined);
    expect(bundle?.variants).toMatchObject([
      { contents: ['2 × Tide Stoneware Mug · Teal', '1 × Ember Soy Candle · Fig & cedar'], available: 60 },
    ]);
  });
});

describe('demo coupons', () => {
  it('are there once, one of each kind, and the first can be pinned and taken off', async () => {
    const { db, outbox, clock } = commerce.foundation;
    const merchantId = await seedDemo(db, systemClock);
    const couponPins = createCouponPins({ db, outbox, clock });
    const demoCoupons = createDemoCoupons({ orm: db.orm, couponPins, clock });
    await demoCoupons.ensure(merchantId);
    const { rows } = await db.pool.query(
      `SELECT benefit->>'kind' AS kind FROM coupons ORDER BY created_at, kind`,
    );
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['amount', 'free-shipping', 'percent']);
    const { showId } = await askDemoShow();
    const pinned = async () => {
      await commerce.foundation.relay.drain();
      const entries = await commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 100 });
      return foldShow(entries).pinnedCoupon;
    };
    await demoCoupons.pin(showId, merchantId);
    expect(await pinned()).toMatchObject({ code: 'WELCOME10' });
    await demoCoupons.unpin(showId);
    expect(await pinned()).toBeNull();
  });
});

describe('demo show', () => {
  it('is on air as soon as commerce has started, and pins the product of this turn', async () => {
    const { showId, products } = await askDemoShow();
    const { shows } = await createTestClient(commerce.http).get('show:list', { query: {} });
    expect(shows).toMatchObject([{ id: showId, title: DEMO_SHOW_TITLE, status: 'live' }]);
    await commerce.foundation.relay.drain();
    const entries = await commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 100 });
    const pin = entries.findLast((entry) => entry.type === 'product:pinned');
    const turn = Math.floor((pin?.at ?? 0) / DEMO_PRODUCT_MS);
    const state = foldShow(entries);
    expect(state.lineup[turn % products.length]?.id).toBe(state.pinnedProductId);
  });

  it('can be moderated with the demo account', async () => {
    const { showId } = await askDemoShow();
    const moderator = createTestClient(commerce.http);
    await moderator.login('moderator@souk.local', DEMO_PASSWORD);
    const { myRoles } = await moderator.get('show:get', { params: { showId } });
    expect(myRoles).toContain('moderator');
  });

  it('is never recorded', async () => {
    const { showId } = await askDemoShow();
    const guest = createTestClient(commerce.http);
    await guest.renew();
    expect((await guest.get('show:get', { params: { showId } })).isRecorded).toBe(false);
  });
});

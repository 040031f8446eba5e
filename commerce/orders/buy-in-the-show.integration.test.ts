import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isTrackingNumber } from '../fulfilment/offline-carrier.ts';
import {
  cards,
  pay,
  place,
  startTestTrade,
  type TestTrade,
  take,
  tryTake,
  untilOrder,
} from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

describe('an order', () => {
  it('goes from a hold to a paid and dispatched order, and its buyer is told each step', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId);
    const before = await house.stockOf(variantId);
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId, saleId });
    expect((await buyer.get('hold:list')).holds.map(({ id }) => id)).toEqual([hold.id]);
    const order = await place(buyer, [hold]);
    expect(order).toMatchObject({
      status: 'pending_payment',
      totals: { itemsMinor: 1_900, totalMinor: 2_390, taxMinor: 382 },
    });
    expect((await buyer.get('hold:list')).holds).toEqual([]);
    expect(await pay(buyer, order, cards.pays)).toMatchObject({ ok: true, data: { status: 'processing' } });
    const sent = await untilOrder(buyer, order, 'dispatched');
    expect(sent.payment).toMatchObject({ status: 'succeeded', handle: null });
    expect(isTrackingNumber(sent.shipment?.trackingNumber ?? '')).toBe(true);
    expect(await house.stockOf(variantId)).toMatchObject({
      onHand: before.onHand - 1,
      reserved: 0,
      allocated: 9,
    });
    const told = (await house.entriesOf(showId)).filter(({ type }) => type === 'order:changed');
    expect(told.map(({ data }) => 'status' in data && data.status)).toEqual([
      'pending_payment',
      'paid',
      'allocated',
      'dispatched',
    ]);
  });

  it('keeps its unit when a card is declined, is paid with another, and tells its buyer of both', async () => {
    const { showId, otherVariantId } = await house.goLive();
    const saleId = await house.startSale(showId, otherVariantId, { units: 1 });
    const buyer = await house.guest();
    const order = await place(buyer, [await take(buyer, showId, { variantId: otherVariantId, saleId })]);
    expect(await pay(buyer, order, cards.declined)).toMatchObject({
      ok: true,
      data: { status: 'requires_confirmation', declineCode: 'card_declined' },
    });
    const typesTold = async () => (await house.entriesOf(showId)).map(({ type }) => type);
    await vi.waitFor(async () => expect(await typesTold()).toContain('payment:declined'), {
      timeout: 10_000,
    });
    const { order: open } = await buyer.get('order:get', { params: { orderId: order.id } });
    expect(open).toMatchObject({ status: 'pending_payment', payment: { status: 'requires_confirmation' } });
    const other = await house.guest();
    expect(await tryTake(other, showId, { variantId: otherVariantId, saleId })).toBe('SOLD_OUT');
    expect(await pay(buyer, open, cards.pays)).toMatchObject({ ok: true, data: { status: 'processing' } });
    await untilOrder(buyer, order, 'dispatched');
  });
});

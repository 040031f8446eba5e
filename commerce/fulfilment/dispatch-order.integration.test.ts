import type { OrderId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { shipments } from '../db/schema/orders.ts';
import type { TestClient } from '../testing/test-client.ts';
import { orderAnew, payUntil, startTestTrade, type TestTrade } from '../testing/test-trade.ts';
import { createDispatchOrder } from './dispatch-order.ts';

let house: TestTrade;
beforeAll(async () => {
  // The house's own job gets stuck after the units were taken off the shelf.
  house = await startTestTrade({ CARRIER_FAIL: 'create' });
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const buy = async (): Promise<{ buyer: TestClient; orderId: OrderId }> => {
  const purchase = await orderAnew(house);
  await payUntil(purchase, 'allocated');
  return { buyer: purchase.buyer, orderId: purchase.order.id };
};

describe('the dispatch of an order that is cancelled meanwhile', () => {
  it('calls the parcel off, and tries that again until the carrier has heard', async () => {
    const { buyer, orderId } = await buy();
    const carrier = {
      name: 'Test Parcel',
      createShipment: vi.fn(async () => {
        await buyer.send('order:cancel', { params: { orderId } });
        return { trackingNumber: 'SK1' };
      }),
      cancelShipment: vi.fn(async () => undefined),
    };
    carrier.cancelShipment.mockRejectedValueOnce(new AppError('CARRIER_UNAVAILABLE'));
    const dispatch = createDispatchOrder({ ...house.commerce.foundation, carrier });
    await expect(dispatch(orderId)).rejects.toMatchObject({ code: 'CARRIER_UNAVAILABLE' });
    await dispatch(orderId);
    expect(carrier.cancelShipment).toHaveBeenCalledTimes(2);
    await dispatch(orderId);
    expect(carrier.cancelShipment).toHaveBeenCalledTimes(2);
  });

  it('leaves a parcel alone that is on its way, though its order was refunded', async () => {
    const { orderId } = await buy();
    const carrier = {
      name: 'Test Parcel',
      createShipment: vi.fn(async () => ({ trackingNumber: 'SK2' })),
      cancelShipment: vi.fn(async () => undefined),
    };
    const dispatch = createDispatchOrder({ ...house.commerce.foundation, carrier });
    await dispatch(orderId);
    const params = { merchantId: house.shop.merchantId, orderId };
    const headers = { 'idempotency-key': 'refund-after-dispatch' };
    await house.merchant.get('order:refund', { params, body: {} }, { headers });
    await dispatch(orderId);
    expect(carrier.cancelShipment).not.toHaveBeenCalled();
    const { orm } = house.commerce.foundation.db;
    const rows = await orm.select().from(shipments).where(eq(shipments.orderId, orderId));
    expect(rows).toMatchObject([{ status: 'dispatched', trackingNumber: 'SK2' }]);
  });
});

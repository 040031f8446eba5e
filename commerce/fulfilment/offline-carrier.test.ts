import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { testAddress } from '../testing/test-address.ts';
import {
  createCarrierFaults,
  createOfflineCarrier,
  createTrackingNumber,
  isTrackingNumber,
} from './offline-carrier.ts';

describe('the offline carrier', () => {
  it('gives each shipment one tracking number with a check digit', async () => {
    const carrier = createOfflineCarrier({ faults: new Set() });
    const parcel = { shipmentId: createId('shipment'), address: testAddress, weightGrams: 500 };
    const { trackingNumber } = await carrier.createShipment(parcel);
    expect(await carrier.createShipment(parcel)).toEqual({ trackingNumber });
    expect(trackingNumber).toBe(createTrackingNumber(parcel.shipmentId));
    expect(isTrackingNumber(trackingNumber)).toBe(true);
    const digit = trackingNumber.at(-1) === '0' ? '1' : '0';
    expect(isTrackingNumber(trackingNumber.slice(0, -1) + digit)).toBe(false);
  });

  it('fails on request', async () => {
    const carrier = createOfflineCarrier({ faults: createCarrierFaults(['create']) });
    const parcel = { shipmentId: createId('shipment'), address: testAddress, weightGrams: 500 };
    await expect(carrier.createShipment(parcel)).rejects.toMatchObject({ code: 'CARRIER_UNAVAILABLE' });
    expect(() => createCarrierFaults(['fly'])).toThrow(/no operation fly/);
  });
});

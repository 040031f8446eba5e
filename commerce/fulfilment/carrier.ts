import type { Address } from '@souk/protocol/http/buying';
import type { ShipmentId } from '@souk/protocol/ids';

export interface Parcel {
  /** Ours; also the idempotency key: the same id makes the same shipment. */
  readonly shipmentId: ShipmentId;
  readonly address: Address;
  readonly weightGrams: number;
}

/** The port to whoever brings parcels. */
export interface Carrier {
  readonly name: string;
  /** Takes a parcel on; gives back its tracking number. Throws AppError CARRIER_UNAVAILABLE; trying again is safe. */
  createShipment(parcel: Parcel): Promise<{ readonly trackingNumber: string }>;
  /** Calls a parcel off that was not picked up. Throws AppError CARRIER_UNAVAILABLE. */
  cancelShipment(trackingNumber: string): Promise<void>;
}

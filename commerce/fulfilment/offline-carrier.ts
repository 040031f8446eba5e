import { createHash } from 'node:crypto';
import { AppError } from '@souk/runtime/app-error';
import { hasValidCheckDigit } from '../payments/sandbox/test-cards.ts';
import type { Carrier } from './carrier.ts';

export const carrierOperations = ['create', 'cancel'] as const;
export type CarrierOperation = (typeof carrierOperations)[number];
/** Operations that fail at present. Whoever holds the set may change it at any time. */
export type CarrierFaults = Set<CarrierOperation>;

/** Throws RangeError for a word that is no operation. */
export function createCarrierFaults(words: readonly string[]): CarrierFaults {
  return new Set(
    words.map((word) => {
      const operation = carrierOperations.find((name) => name === word);
      if (operation === undefined) throw new RangeError(`CARRIER_FAIL: there is no operation ${word}`);
      return operation;
    }),
  );
}

/** A carrier without a network: parcels stay where they are, tracking numbers look and check like real ones. */
export function createOfflineCarrier({ faults }: { readonly faults: CarrierFaults }): Carrier {
  const assertFaultFree = (operation: CarrierOperation): void => {
    if (faults.has(operation))
      throw new AppError('CARRIER_UNAVAILABLE', { detail: `${operation} fails on request` });
  };
  return {
    name: 'Offline Parcel',
    async createShipment({ shipmentId }) {
      assertFaultFree('create');
      return { trackingNumber: createTrackingNumber(shipmentId) };
    },
    async cancelShipment() {
      assertFaultFree('cancel');
    },
  };
}

const PREFIX = 'SK';

/** `SK`, 16 digits made from the shipment's id, and a check digit (Luhn, as on cards). */
export function createTrackingNumber(shipmentId: string): string {
  const hash = createHash('sha256').update(shipmentId).digest();
  const body = (hash.readBigUInt64BE(0) % 10n ** 16n).toString().padStart(16, '0');
  const checkDigit = [...'0123456789'].find((digit) => hasValidCheckDigit(body + digit));
  return `${PREFIX}${body}${checkDigit}`;
}

/** True when the check digit of a tracking number fits. */
export function isTrackingNumber(text: string): boolean {
  return /^SK\d{17}$/.test(text) && hasValidCheckDigit(text.slice(PREFIX.length));
}

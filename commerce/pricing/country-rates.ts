import { currencySchema, type Money } from '@souk/protocol/money';

/**
 * Standard rates of value added tax, percent, as of January 2026.
 * Source: https://taxation-customs.ec.europa.eu/taxation/vat_en
 */
const euVatPercent: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 21,
  BG: 20,
  CY: 19,
  CZ: 21,
  DE: 19,
  DK: 25,
  EE: 24,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GR: 24,
  HR: 25,
  HU: 27,
  IE: 23,
  IT: 22,
  LT: 21,
  LU: 17,
  LV: 21,
  MT: 18,
  NL: 21,
  PL: 23,
  PT: 23,
  RO: 21,
  SE: 25,
  SI: 22,
  SK: 23,
};

/** Where shops of this house ship from. */
export const SHOP_COUNTRY = 'DE';

const eur = currencySchema.parse('EUR');
/** Flat prices of one parcel. */
const parcels = {
  home: { amountMinor: 490, currency: eur },
  union: { amountMinor: 990, currency: eur },
  world: { amountMinor: 1_990, currency: eur },
} as const satisfies Record<string, Money>;

/** The tax contained in a price for a buyer there; none on exports, whose duties the buyer's country takes. */
export function vatPercentOf(country: string): number {
  return euVatPercent[country] ?? 0;
}

/** True where goods arrive without duties. */
export function isInUnion(country: string): boolean {
  return country in euVatPercent;
}

/** What a parcel to that country costs. */
export function parcelPriceOf(country: string): Money {
  if (country === SHOP_COUNTRY) return parcels.home;
  return isInUnion(country) ? parcels.union : parcels.world;
}

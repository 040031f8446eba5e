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

/** Flat prices of one parcel, in major units of the shop's currency. */
const shippingMajor = { home: 4.9, union: 9.9, world: 19.9 } as const;
const HOME = 'DE';

/** The tax contained in a price for a buyer there; none on exports, whose duties the buyer's country takes. */
export function vatPercentOf(country: string): number {
  return euVatPercent[country] ?? 0;
}

/** What a parcel to that country costs, in major units of the shop's currency. */
export function shippingMajorOf(country: string): number {
  if (country === HOME) return shippingMajor.home;
  return country in euVatPercent ? shippingMajor.union : shippingMajor.world;
}

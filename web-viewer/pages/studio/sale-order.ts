import { readLocalTime } from '../staff/local-time.ts';
import { parseAmountMinor } from './parse-amount.ts';

/** A flash sale as it is typed; empty bounds are no bounds. */
export interface SaleFields {
  readonly price: string;
  readonly units: string;
  readonly seconds: string;
  readonly perBuyerLimit: string;
  readonly countdown: string;
  readonly totalLimit: string;
  /** Empty: as soon as the countdown is over. */
  readonly startsAt: string;
}

/** A flash sale in the shape that the server takes, without what it is of. */
export interface SaleOrder {
  readonly priceMinor: number;
  readonly units: number;
  readonly seconds: number;
  readonly perBuyerLimit: number;
  readonly countdownSeconds: number;
  readonly totalLimit?: number;
  readonly startsAt?: number;
}

/**
 * Reads what is typed; `digits` are those of the currency. Undefined when a field cannot be read. Whether the numbers
 * can be had is for the server to say.
 */
export function readSale(fields: SaleFields, digits: number): SaleOrder | undefined {
  const startsAt = readLocalTime(fields.startsAt);
  const totalLimit = fields.totalLimit.trim() === '' ? null : Number(fields.totalLimit);
  const order = {
    priceMinor: parseAmountMinor(fields.price, digits) ?? Number.NaN,
    units: wholeOf(fields.units),
    seconds: wholeOf(fields.seconds),
    perBuyerLimit: wholeOf(fields.perBuyerLimit),
    countdownSeconds: fields.countdown.trim() === '' ? 0 : wholeOf(fields.countdown),
    ...(totalLimit === null ? {} : { totalLimit }),
    ...(startsAt === null ? {} : { startsAt }),
  };
  return Object.values(order).every(Number.isSafeInteger) ? order : undefined;
}

function wholeOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

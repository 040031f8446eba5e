import type { Currency } from '@souk/protocol/money';
import { isInUnion } from './country-rates.ts';

/** Goods that cross a border. */
export interface Consignment {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** What the buyer pays for the goods, without the shipping. */
  readonly valueMinor: number;
  readonly currency: Currency;
}

/** What the buyer's country takes on imports, as far as it is paid with the order. */
export interface DutyTable {
  /** In minor units of the consignment's currency; 0 when the carrier collects the duties, or there are none. */
  dutiesOf(consignment: Consignment): Promise<number>;
}

/**
 * The same share of the value everywhere outside of the Union, in tenths of a percent, rounded half up. 0: the carrier
 * collects all duties.
 */
export function createFlatDutyTable({ perMille }: { readonly perMille: number }): DutyTable {
  return {
    async dutiesOf({ country, valueMinor }) {
      if (isInUnion(country)) return 0;
      return Number((BigInt(valueMinor) * BigInt(perMille) * 2n + 1_000n) / 2_000n);
    },
  };
}

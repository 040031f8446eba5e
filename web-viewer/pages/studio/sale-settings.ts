import { limits } from '@souk/protocol/limits';
import { z } from 'zod';

const settingsSchema = z.object({
  units: z.int().min(1).max(limits.saleUnits),
  seconds: z.int().min(limits.saleSecondsMin).max(limits.saleSecondsMax),
  perBuyerLimit: z.int().min(1).max(limits.lineQuantity),
  countdownSeconds: z.int().min(0).max(limits.countdownSecondsMax).default(0),
  /** Sale price as a share of the ordinary one, so that it carries over to another product. */
  priceShare: z.number().positive().max(1),
});
/** What a host set at the last sale, for the next one. */
export type SaleSettings = z.infer<typeof settingsSchema>;

export const firstSaleSettings: SaleSettings = {
  units: 10,
  seconds: 60,
  perBuyerLimit: 1,
  countdownSeconds: 0,
  priceShare: 0.7,
};

const STORAGE_KEY = 'souk.sale-settings';

/** The last settings on this device, or ours when there are none that fit. */
export function loadSaleSettings(storage: Pick<Storage, 'getItem'> = localStorage): SaleSettings {
  const text = storage.getItem(STORAGE_KEY);
  if (text === null) return firstSaleSettings;
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch {
    // Written by an older page: not worth telling anybody.
    return firstSaleSettings;
  }
}

export function saveSaleSettings(
  settings: SaleSettings,
  storage: Pick<Storage, 'setItem'> = localStorage,
): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(settings));
}

/** The price that these settings suggest for a variant, in minor units; never zero. */
export function suggestedPriceMinor(settings: SaleSettings, ordinaryMinor: number): number {
  return Math.max(1, Math.round(ordinaryMinor * settings.priceShare));
}

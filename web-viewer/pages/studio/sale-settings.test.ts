import { describe, expect, it } from 'vitest';
import {
  firstSaleSettings,
  loadSaleSettings,
  saveSaleSettings,
  suggestedPriceMinor,
} from './sale-settings.ts';

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
}

describe('the settings of the last sale', () => {
  it('are there again for the next one', () => {
    const storage = memory();
    const settings = { units: 25, seconds: 90, perBuyerLimit: 2, countdownSeconds: 30, priceShare: 0.5 };
    saveSaleSettings(settings, storage);
    expect(loadSaleSettings(storage)).toEqual(settings);
  });

  it('give way to ours when they cannot be read', () => {
    const storage = memory();
    storage.setItem('souk.sale-settings', '{"units":0}');
    expect(loadSaleSettings(storage)).toEqual(firstSaleSettings);
  });

  it('suggest a price for any product, and never zero', () => {
    expect(suggestedPriceMinor(firstSaleSettings, 5_900)).toBe(4_130);
    expect(suggestedPriceMinor(firstSaleSettings, 1)).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { readSale, type SaleFields } from './sale-order.ts';

const fields = (change: Partial<SaleFields> = {}): SaleFields => ({
  price: '39,90',
  units: '10',
  seconds: '60',
  perBuyerLimit: '1',
  countdown: '',
  totalLimit: '',
  startsAt: '',
  ...change,
});

describe('the form of a sale', () => {
  it('leaves out the bounds that are empty', () => {
    expect(readSale(fields(), 2)).toEqual({
      priceMinor: 3_990,
      units: 10,
      seconds: 60,
      perBuyerLimit: 1,
      countdownSeconds: 0,
    });
  });

  it('reads countdown, total limit and the local time of the start', () => {
    const read = readSale(fields({ countdown: '30', totalLimit: '8', startsAt: '2026-11-30T20:15' }), 2);
    expect(read).toMatchObject({
      countdownSeconds: 30,
      totalLimit: 8,
      startsAt: new Date(2026, 10, 30, 20, 15).getTime(),
    });
  });

  it('hands on what only the server can judge', () => {
    expect(readSale(fields({ price: '0', units: '99999' }), 2)).toMatchObject({
      priceMinor: 0,
      units: 99_999,
    });
  });

  it.each([
    { price: 'much' },
    { units: '' },
    { units: '1.5' },
    { seconds: 'long' },
    { countdown: 'soon' },
    { totalLimit: 'x' },
    { startsAt: 'x' },
  ])('cannot be read with %j', (change) => {
    expect(readSale(fields(change), 2)).toBeUndefined();
  });
});
